boot many -c 2 -a "quiet prog=labtest args=\"many $NONCE\""
powered_off
expect "^many: $((NONCE + 1)) $((2 * (NONCE + 2))) $((4 * (NONCE + 3))) \
$((8 * (NONCE + 4)))\$" 'fifteen processes, each with its own memory'
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

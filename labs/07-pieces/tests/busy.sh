boot busy -c 2 -b 150 -a "quiet prog=labtest args=\"busy $NONCE\""
powered_off
expect "^busy: $((NONCE % 100 + 400)) rounds\$" 'nobody waits for ever'
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

boot ring -b 200 -c 4 -a "quiet prog=labtest args=\"ring $NONCE\""
powered_off
expect "^ring: $((NONCE + 20 * 66)), 220 times\$" 'twelve processes, 240 messages'
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

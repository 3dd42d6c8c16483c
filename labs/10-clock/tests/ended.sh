boot ended -c 4 -b 300 -a "quiet prog=labtest args=\"ended $NONCE\""
powered_off
expect "^ended: $(((NONCE % 5 + 8) * 3)), and $NONCE goes on\$" 'all have ended'
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

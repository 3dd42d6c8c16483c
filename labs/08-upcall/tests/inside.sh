boot inside -b 150 -a "quiet prog=labtest args=\"inside $NONCE\""
powered_off
expect "^inside: written $((NONCE * 6 + 5))\$" 'the instruction is done in the end'
expect '^inside: 0 wrong$' 'the handler has noticed nothing'
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

boot asleep -b 200 -a "quiet prog=labtest args=\"asleep $NONCE\""
powered_off
expect '^asleep: yes, 0 times awake, state 1$' \
	'it does not run, and nobody but its child wakes it'
expect "^asleep: 1 has come, $((NONCE % 200))\$" 'its child does'
expect "^asleep: 1 $((NONCE % 200 + 1))\$" 'and it goes on'
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

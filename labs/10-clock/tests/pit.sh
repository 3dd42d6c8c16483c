boot pit -c 2 -b 150 -a "quiet noapic prog=labtest args=\"turns $NONCE\""
powered_off
record '^clock: the PIT, 100 times a second' 'the clock is the PIT'
expect "^turns: $((NONCE % 4 + 3)) others, from (-1|0) to [01] more than $((
	NONCE % 7 + 8))\$" 'as many turns for each'
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

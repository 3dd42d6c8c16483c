boot back -b 150 -a "quiet prog=labtest args=\"back $NONCE\""
powered_off
expect "^back: written $((NONCE * 6 + 5))\$" 'the instruction is done in the end'
expect "^back: esi $(printf %08x $((0xFFFFFFFF - NONCE)))\$" \
	'what the handler changes in the frame is changed'
expect '^back: 0 wrong$' 'and the rest is as it was'
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

n=$((NONCE % 50 + 40))
typed typed "$(printf %0${n}d $NONCE)\n" -c 2 -b 150 \
	-a "quiet prog=labtest args=\"typed $NONCE\""
powered_off
expect "typed: $NONCE, $n characters to the end of the line\$" \
	'nothing was lost'
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

n=$((NONCE % 5 + 3))
boot family -c 4 -b 150 -a "quiet prog=labtest args=\"family $NONCE\""
powered_off
refuse 'user panic' 'nobody fails'
record '^@end env=00001000 how="exit"$' 'the first one ends'
expect "^family: $((n * (2 * NONCE + n))) of $((2 * n))\$" \
	'everybody has added its share'
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

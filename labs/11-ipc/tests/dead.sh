boot dead -b 200 -a "quiet prog=labtest args=\"dead $NONCE\""
powered_off
for n in 0 2; do
	expect "^dead: $((NONCE + n)): -3\$" 'who waits for a dead one is told'
done
grep '^dead: got' "$last.console" > "$last.said"
for n in 11 13; do
	echo "dead: got $((NONCE + n))"
done > "$last.want"
same "$last.want" "$last.said" 'those that are left get through, in order'
refuse "^dead: ($((NONCE + 1))|$((NONCE + 10))|$((NONCE + 12))):" \
	'the dead say nothing'
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

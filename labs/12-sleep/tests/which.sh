boot which -b 200 -c 2 -a "quiet prog=labtest args=\"which $NONCE\""
powered_off
n=$((4 + NONCE % 4))
one=$((NONCE / 4 % n))
expect "^which: $one of $n ended with $((NONCE % 100 + one))\$" \
	'the one that was waited for'
i=1
while [ $i -lt $n ]; do
	echo "which: then 1 $((NONCE % 100 + (one + i) % n))"
	i=$((i + 1))
done > "$last.want"
grep '^which: then' "$last.console" > "$last.said"
same "$last.want" "$last.said" 'then the others, as they ended'
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

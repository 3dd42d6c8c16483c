boot order -b 200 -a "quiet prog=labtest args=\"order $NONCE\""
powered_off
refuse 'in place' 'each in its place'
n=$((3 + NONCE % 6)) sum=0 results=0 i=0
while [ $i -lt $n ]; do
	sum=$((sum + (NONCE + i * i) * (i + 1)))
	results=$((results + 500 + i))
	i=$((i + 1))
done
for round in 0 1; do
	expect "^order: round $round, $n senders, $sum\$" "round $round"
done
[ "$(grep -c "^order: results $results\$" "$last.console")" = 2 ]
verdict $? 'all who sent got 0' "twice: order: results $results"
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

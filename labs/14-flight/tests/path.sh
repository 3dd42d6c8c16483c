. lab/flown
flown path 3 -b 150
node 1
expect "^path: $((NONCE + 1)), 5 moves, every step once\$" \
	'it goes on where it was, wherever it is'
[ "$(sed -n 's/^@\(away\|home\) env=02001001 \(node=[0-9]\) .*/\1 \2/p' \
	"$last.record" | tr '\n' ',')" = \
	'away node=2,away node=3,away node=2,away node=3,home node=3,' ]
verdict $? 'two, three, two, three, and home only then'
for n in 2 3; do
	node $n
	[ "$(grep -c '^@guest env=02001001 node=1 ' "$last.record")" = 2 ]
	verdict $? 'it was there twice'
	# 9 is RELEASE; one that is sent again has the same number
	[ "$(awk -v n=$n '$2 == 1 && $3 == n && $5 == 9 { print $6 }' \
		"$all.frames" | sort -u | wc -l)" = 2 ]
	verdict $? 'and is told twice that it is not there any more'
done
all_back 1 2 3

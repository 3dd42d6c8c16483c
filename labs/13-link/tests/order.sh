n=$((380 + NONCE % 40))
cluster order 2 -m 16 -b 120 -a "test=wire messages=$n" \
	-F "dup=90 loss=8 seed=$NONCE"
for node in 1 2; do
	node $node
	powered_off
	refuse panic 'nobody panics'
	record "^@wire node=$((3 - node)) got=$n wrong=0 " \
		"the $n of the other"
	record '^@wire .* repeated=[1-9][0-9]+ early=[1-9]' \
		'many came again, and some before their turn'
	again=$(sed -n 's/^@wire .* again=\([0-9]*\).*/\1/p' "$last.record")
	[ "${again:-$n}" -lt $((n / 2)) ]
	verdict $? 'what has come before its turn need not come again' \
		"less than $((n / 2)) sent again, not ${again:-none}"
	record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' \
		'all comes back'
done

n=$((60 + NONCE % 40))
cluster order 2 -m 16 -b 60 -a "test=wire messages=$n" \
	-F "dup=20 reorder=20 delay=5 seed=$NONCE"
for node in 1 2; do
	node $node
	powered_off
	refuse panic 'nobody panics'
	record "^@wire node=$((3 - node)) got=$n wrong=0 " \
		"the $n of the other"
	record '^@wire .* repeated=[1-9][0-9]* early=[1-9]' \
		'some came again, and some before their turn'
	record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' \
		'all comes back'
done

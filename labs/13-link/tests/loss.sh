n=$((40 + NONCE % 40))
cluster loss 2 -m 16 -b 130 -a "test=wire messages=$n" \
	-F "loss=20 damage=5 seed=$NONCE"
for node in 1 2; do
	node $node
	powered_off
	refuse panic 'nobody panics'
	record "^@wire node=$((3 - node)) got=$n wrong=0 " \
		"the $n of the other"
	record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' \
		'all comes back'
done
node all
frames 'DATA .* lost' 'the wire loses'
record ' again=[1-9]' 'what is lost is sent again'

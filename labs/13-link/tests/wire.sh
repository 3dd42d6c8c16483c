n=$((60 + NONCE % 60))
cluster wire 2 -m 16 -b 60 -a "test=wire messages=$n"
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
for from in 1 2; do
	[ "$(awk -v from=$from '$2 == from && $4 == "DATA" && !s[$6]++ { n++ }
		END { print n + 0 }' "$all.frames")" = "$n" ]
	verdict $? "$n numbers go over the wire from node $from"
done

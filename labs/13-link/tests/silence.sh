n=$((60 + NONCE % 40))
k=$((20 + NONCE % 17))
cluster silence 2 -m 16 -b 80 -a "test=wire messages=$n" \
	-F "cut=2@1#$k:1200 seed=$NONCE"
for node in 1 2; do
	node $node
	powered_off
	record "^@wire node=$((3 - node)) got=$n wrong=0 " \
		"the $n of the other, in spite of all"
done
node all
frames 'cut node 2' 'node 2 is cut off'
# In 1.2 seconds: after 0.1, 0.2, 0.4 and 0.8 more, and only the oldest
awk '$4 == "DATA" && / cut/ { times[$2 " " $6]++ }
	END {
		for (i in times) {
			if (times[i] > 5)
				bad = 1
			again += times[i] > 1
		}
		exit bad || again < 1 || again > 2
	}' "$all.frames"
verdict $? 'only the oldest goes again, and each time it waits longer' \
	'of each node, one message more than once, at most five times'

n=$((100 + NONCE % 60))
cluster window 2 -m 16 -b 60 -a "test=wire messages=$n"
node 1
powered_off
record "^@wire node=2 got=$n wrong=0 " "the $n of the other"
node all
# A message goes out only if the other end has said that it has all but seven
# of those before it.
for from in 1 2; do
	awk -v from=$from -v n="$n" '
	$4 == "DATA" && $2 == from {
		ahead = $6 - acked
		if (ahead > most)
			most = ahead
		seen += $6 == seen
	}
	($4 == "DATA" || $4 == "ACK") && $3 == from && $7 > acked {
		acked = $7
	}
	END {
		print "from node " from ": " seen " messages, at most " \
			most + 1 " at once"
	}' "$all.frames"
done > "$all.said"
for from in 1 2; do
	echo "from node $from: $n messages, at most 8 at once"
done > "$all.want"
same "$all.want" "$all.said" 'eight on their way, and no more'

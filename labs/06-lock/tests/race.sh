# The emulator runs a few instructions of each in turn, so that it depends on
# how many they are whether they meet: two machines.
for n in $((NONCE % 3 + 4)) 8; do
	boot race-$n -c $n -b 300 -a 'test=race'
	powered_off
	expect "^race: under a lock: $((n * 20000)) of $((n * 20000))\$" \
		"$n processors, no addition is lost"
done

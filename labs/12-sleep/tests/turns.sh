boot turns -b 200 -c 2 -a "quiet prog=labtest args=\"turns $NONCE\""
powered_off
n=$((3 + NONCE % 5)) sum=0 i=0
while [ $i -lt $n ]; do
	x=$NONCE step=0
	while [ $step -lt 40 ]; do
		x=$(((x * 3 + i) % 4294967296)) step=$((step + 1))
	done
	sum=$(((sum + x) % 4294967296)) i=$((i + 1))
done
expect "^turns: $n processes, $sum\$" 'each has had its turns, and lost nothing'
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

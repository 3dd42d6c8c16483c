n=$((NONCE % 5 + 2))
boot turns -m 16 -b 200 -a "quiet prog=labtest args=\"turns $NONCE\" copies=$n"
powered_off
turn=0
while [ $turn -le 3 ]; do
	i=0
	while [ $i -lt $n ]; do
		printf 'turn %d of %08x: %d\n' $turn $((0x1000 + i)) \
			$((NONCE + turn * 100 + i))
		i=$((i + 1))
	done
	turn=$((turn + 1))
done > "$last.want"
grep '^turn ' "$last.console" > "$last.lines"
same "$last.want" "$last.lines" "$n processes, each in its turn"
record '^@idle pages=([0-9]+) of \1 envs=1024 of 1024$' 'all comes back'

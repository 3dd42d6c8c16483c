n=$((NONCE % 2 + 3))		# with two, one call too few is not seen
boot all -c $n -m 16 -b 300 \
	-a "quiet prog=labtest args=\"all $NONCE\" copies=$((n * 4)) repeat=2"
powered_off
[ "$(grep -c "^all: 0000[12]0[0-9a-f]* $NONCE CPU [0-9]\$" \
	"$last.console")" = $((n * 8)) ]
verdict $? "$((n * 8)) processes end"
cpus=$(sed -n 's/^all: 00002.* CPU \([0-9]\)$/\1/p' "$last.console" |
	sort -u | wc -l)
[ "$cpus" = $n ]
verdict $? "those of the second time, on all of the $n processors"
record '^@idle pages=([0-9]+) of \1 envs=1024 of 1024$' 'all comes back'

n=$((NONCE % 10 + 6))
boot copies -c 4 -b 150 \
	-a "quiet prog=labtest args=\"nested $NONCE\" copies=4"
powered_off
line="^nested: $n deep, sum $((n * NONCE + n * (n - 1) / 2)), 0 wrong\$"
[ "$(grep -ac "$line" "$last.console")" = 4 ]
verdict $? 'four say the same' "$line"
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

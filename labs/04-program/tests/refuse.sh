boot refuse -b 300 -a "test=refuse nonce=$NONCE"
powered_off
cases=88888888880000
n=$((NONCE % 14))
expect "^refuse: $(echo "$cases$cases" | cut -c $((n + 1))-$((n + 14)))\$" \
	'ten are refused, four are not'

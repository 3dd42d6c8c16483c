n=$((NONCE % 900 + 10))
boot take -a "lab=take nonce=$NONCE"
powered_off
expect "^take: $n fewer, $n fewer in the list\$" 'pages leave the list'
expect "^take: sum $((n * NONCE + n * (n - 1) / 2))\$" 'each of them is one'
expect "^take: the last one first: 1, as it was: $((NONCE + n - 1))\$" \
	'the last one that came back is given first, as it was'
expect '^take: then none, 0 are free$' 'until there are no more'

boot zero -a "lab=zero nonce=$NONCE"
powered_off
expect "^zero: 0 bytes dirty; another flag, byte $((NONCE % 255 + 1))\$" \
	'zeros if they are asked for'

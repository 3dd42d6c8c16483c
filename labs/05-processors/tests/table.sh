boot table -b 150 -a "test=table nonce=$NONCE"
powered_off
expect "$(awk -v n="$NONCE" 'BEGIN {
	k = n % 11 + 2
	boot = int(n / 11) % k
	for (i = 0; i < k; i++) {
		id = (n + 13 * i) % 251
		if (i == boot)
			first = id
		else if ((n + i) % 4 != 0 && ++others < 8)
			ids = ids " " id
	}
	if (others > 7)
		others = 7
	printf "^table: %d at %08x: %d%s$", others + 1, 3758096384 + n * 4096,
		first, ids
}')" 'the boot processor first, the disabled ones not at all'

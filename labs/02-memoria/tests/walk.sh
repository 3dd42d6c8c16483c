page=$((0x10000 + NONCE * 3))
boot walk -a "lab=walk nonce=$NONCE"
powered_off
expect "^walk: directory $((page / 1024)), entry $((page % 1024)), bits 7\$" \
	'the entry of an address, in a new table'
expect "^walk: its neighbour, entry $((page % 1024 ^ 1))\$" \
	'the next one is in the same table'
expect "^walk: again, $(printf %x $((NONCE << 12 | 1))), 0 pages more\$" \
	'what is written there stays there'
expect '^walk: above ULIM, bits 3$' 'what is only the kernel'\''s'

boot none -a "lab=none nonce=$NONCE"
powered_off
expect "^none: 1 1 1 1, and in $(((0x40000 + NONCE) / 1024)): 0\$" \
	'no entry in a page of 4 MB, no table without memory'

boot pointers -m 16 -b 300 \
	-a "quiet prog=labtest args=\"pointers $NONCE\" repeat=3"
powered_off
expect "^pointers: $((NONCE % 50 + 2)) -14 -14 -14 0\$" \
	'a good one, three bad ones and none'
refuse '^pointers: still there' 'a bad pointer ends who gives it'
record "assertion failure for va $(printf %08x \
	$((0x30000000 + NONCE)))\$" 'the kernel says which'
record '^@end env=00003000 how="bad pointer"$' 'three die of it'
record '^@idle pages=([0-9]+) of \1 envs=1024 of 1024$' 'all comes back'

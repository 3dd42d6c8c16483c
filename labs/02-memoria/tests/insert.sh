pdx=$(((0x30000 + NONCE) / 1024))
boot insert -a "lab=insert nonce=$NONCE"
powered_off
expect "^insert: 0, at $((NONCE % 4096)) of the page, rights 2\$" \
	'mapped where it was asked for'
expect "^insert: 2 pages gone, for the two tables of $pdx and $((pdx + 1))\$" \
	'and all pages but the tables come back'

boot again -a "lab=again nonce=$NONCE"
powered_off
expect "^again: 0 0 -12, entry 0 of $(printf %x $((NONCE % 1024)))\$" \
	'a page in its own place; no memory, no change'

boot list -m $((NONCE % 40 + 16)) -a 'lab=list'
powered_off
free=$(sed -n 's/^memory: [0-9]* pages, \([0-9]*\) free$/\1/p' "$last.console")
expect "^list: $free of $free, sound\$" 'all that is free is in the list'

boot twice -a "lab=twice nonce=$NONCE"
powered_off
expect "page_free: page $((2048 + NONCE % 1000)) is free already\$" \
	'a page does not come back twice'
refuse '^list: ' 'and nothing goes on'

boot held -a "lab=held nonce=$NONCE"
powered_off
expect "page_free: page 0 has $((NONCE / 2)) references, $((NONCE % 2 + \
1)) writable\$" 'a page that somebody has does not come back'
refuse '^list: ' 'and nothing goes on'

boot apart -a "quiet prog=labtest args=\"apart $NONCE\""
powered_off
refuse '^apart: page' 'no page of the parent changed by itself'
expect "^apart: $NONCE $((NONCE + 10)) $((NONCE * 2))\$" \
	'each has its own data and its own stack'

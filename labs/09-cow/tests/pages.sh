boot pages -a "quiet prog=labtest args=\"pages $NONCE\""
powered_off
expect "^in common: $((64 - NONCE % 62 - 1))\$" \
	'pages that nobody wrote are one page'
expect '^in common at the end: 0$' 'without a child they are the parent'\''s'

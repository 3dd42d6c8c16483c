boot checks -b 150 -a "quiet prog=labtest args=\"checks $NONCE\""
powered_off
expect "^checks: at another address $((NONCE * 7))\$" 'a page has two addresses'
expect "^checks: $NONCE: 200 of 200 are right\$" \
	'good requests are granted, and bad ones are not'
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

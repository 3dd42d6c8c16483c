boot shared -a "quiet prog=labtest args=\"shared $NONCE\""
powered_off
expect "^shared: $((NONCE * 5))\$" "what the child wrote is the parent's too"

boot child -a "quiet prog=labtest args=\"child $NONCE\""
powered_off
expect "^child: $NONCE $((NONCE * 2)) $((NONCE * 3))\$" \
	"the child sees its parent's data and stack"
expect '^child: it is itself$' "thisenv is the child's own"
expect "^parent: $((NONCE * 2))\$" 'the parent keeps its data'

boot child -b 150 -a "quiet prog=labtest args=\"child $NONCE\""
powered_off
expect "^child: $NONCE $((NONCE + 3)) $((NONCE * 3))\$" \
	"the child has its parent's data and stack, as they were"
expect '^child: it is itself$' "thisenv is the child's own"
expect "^parent: $NONCE $((NONCE * 3)) 0\$" 'the parent keeps its own'
expect "^parent: told $((NONCE * 5))\$" 'they can share a page'
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

boot unmap -c 4 -b 150 -a "quiet prog=labtest args=\"unmap $NONCE\""
powered_off
expect '^unmap: written after it was taken away: 0 times$' 'nobody writes there'
refuse 'has noticed nothing' 'the child cannot go on'
record "user fault va $(printf %08x $((0x30000000 + NONCE * 4096 % 0x8000000))) " \
	'the child finds that it has no page'
expect "^unmap: $NONCE, the parent goes on\$" 'the parent goes on'
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

boot bad -b 150 -a "quiet prog=labtest args=\"bad $NONCE\""
powered_off
refuse '^bad: [0-9] goes on' 'nobody writes there'
record "user fault va $(printf %08x $((0x40000000 + NONCE * 4))) " \
	'without a handler it dies of the fault'
[ "$(grep -ac 'assertion failure for va eebfffcc$' "$last.record")" = 2 ]
verdict $? 'two have no stack that the kernel may write'
[ "$(grep -ac 'assertion failure for va eebfefd4$' "$last.record")" = 2 ]
verdict $? 'two fault until their stack is full'
expect "^bad: $NONCE, the parent goes on\$" 'and nobody else dies'
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

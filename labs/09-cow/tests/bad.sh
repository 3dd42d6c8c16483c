boot bad -a "quiet prog=labtest args=\"bad $NONCE\""
powered_off
refuse '^bad: written' 'nobody writes where there is nothing'
expect "user panic in labtest at lib/fork.c:.*$(printf %x \
	$((0x30000000 + NONCE * 4)))" 'the handler refuses, and says where'
expect "^bad: $NONCE, the parent goes on\$" 'the parent goes on'

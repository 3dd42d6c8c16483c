boot page -b 200 -a "quiet prog=labtest args=\"page $NONCE\""
powered_off
expect '^page: not wanted, perm 0$' 'nobody gets a page that it did not ask for'
expect '^page: not sent, perm 0$' 'nor one that was not sent'
expect '^page: 0 wrong$' 'what may not be sent is refused, and it still waits'
expect "^page: $((NONCE * 5)) $NONCE perm 7\$" 'the page and the number'
expect "^page: answer $((NONCE * 2))\$" 'it is one page, of both'
expect "^page: another $((NONCE + 7)) perm 5\$" 'one page in place of another'
refuse '^page: written' 'to be read only'
expect "^page: at the end $((NONCE + 7))\$" 'and nobody wrote there'
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

m=$((NONCE % 48 + 16))
boot boot -m $m
powered_off
expect "^memory: $((m * 256 - 16)) pages, " 'the memory of this machine'
expect "^check: kernel map, $((m * 256 - 16)) pages, [0-9]+ of them read-only\$" \
	'all of it is mapped'
expect '^check: pages mapped, counted and unmapped$' 'page_insert'
expect '^check: device registers at 0xef8' 'every check'

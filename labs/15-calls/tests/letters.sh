. lab/tests/flown
flown letters 2 -b 150
node 1
expect '^letters: it waits at node 2$' 'it waits far away'
expect "^letters: $((NONCE + 1)) and $((NONCE * 3)), from my parent: 1 1\$" \
	'a message that finds it away, and one that finds it at home'
all_back 1 2

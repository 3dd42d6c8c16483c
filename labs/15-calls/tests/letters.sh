. lab/flown
flown letters 2 -b 200
node 1
expect '^letters: it waits at node 2$' 'it waits far away'
expect "^letters: $((NONCE + 1)) and $((NONCE * 3)), 0 not from my parent\$" \
	'a message that finds it away, and one that finds it at home'
expect '^letters: 0 of 4 waited for another$' 'each call has its own end'
all_back 1 2

. lab/flown
flown stay 2 -b 150
node 1
expect '^stay: alone: 0$' 'alone it may go'
expect '^stay: with copies to be made: 0$' 'copy on write is no reason'
expect '^stay: the same, the child: 0$' 'for neither of the two'
expect "^stay: $((NONCE * 5)), error -[0-9]+\$" \
	'who shares a page cannot leave, and it stays one page'
expect '^stay: both write: 1$' 'two that write are a reason'
expect '^stay: the other one writes: 1$' 'so is one that writes'
expect '^stay: nobody writes: 0$' 'a page that nobody writes is none'
expect '^stay: alone again: 0$' 'nor is one that was shared'
record '^@stay env=02002001 reasons=00000001$' 'it is told why'
all_back 1 2

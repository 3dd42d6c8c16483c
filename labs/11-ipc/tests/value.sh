boot value -b 200 -a "quiet prog=labtest args=\"value $NONCE\""
powered_off
expect '^value: before -16$' 'who does not wait gets nothing'
expect '^value: sent 0$' 'who waits does'
expect '^value: again -16$' 'once'
expect "^value: $((NONCE * 3)) perm 0 from the child\$" \
	'the answer, and whose it is'
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

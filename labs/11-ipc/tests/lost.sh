boot lost -b 200 -a "quiet prog=labtest args=\"lost $NONCE\""
powered_off
expect "^lost: got $((NONCE + 2)) perm 0 from the third\$" \
	'who can be attended is'
for n in 0 1; do
	expect "^lost: sender $n: -22\$" 'who has no page any more is told'
done
expect '^lost: sender 2: 0$' 'and the one that got through'
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

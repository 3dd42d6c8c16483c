boot killed -b 200 -a "quiet prog=labtest args=\"killed $NONCE\""
powered_off
for how in 0 1 2 3; do
	expect "^killed: $how 1 9\$" "asleep for reason $how, killed"
done
refuse 'goes on$' 'it does not go on in its program'
expect "^killed: the orphan says $((NONCE + 1))\$" 'its child does'
expect '^killed: message 0$' 'one had been woken already'
expect "^killed: $NONCE, and that is all\$" 'who killed them goes on'
[ "$(grep -c '^@end env=.* how="destroyed"$' "$last.record")" = 4 ]
verdict $? 'each leaves its call before it ends' \
	'in the record, four times: how="destroyed"'
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

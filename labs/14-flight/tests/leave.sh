. lab/flown
flown leave 2 -b 100
node 1
many=$((20 + NONCE % 60))
expect "^leave: $many pages are free again\$" 'its pages at home are free'
expect '^leave: 1 move$' 'it has moved once'
expect "^leave: $NONCE, ended with 9\$" 'and can be killed where it is'
pages=$(sed -n 's/^leave: with \([0-9]*\) pages$/\1/p' "$last.console")
record "^@away env=02001001 node=2 pages=${pages:-none}\$" 'it goes away'
node 2
[ "${pages:-0}" -gt "$many" ]
verdict $? 'it has as many pages as it was told to take'
record "^@guest env=02001001 node=1 pages=${pages:-none}\$" \
	'and node 2 gets them all'
all_back 2

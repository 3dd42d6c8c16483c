. lab/flown
flown call 2 -b 100
node 1
uid=$((NONCE % 60000 + 1))
expect "^call: there 0, uid 0 $uid $uid\$" \
	'what it sets there is set, and still is at home'
expect '^call: no child 1, nobody 1$' 'errors come back as they are'
expect "^call: $NONCE, 0 of 100 wrong\$" 'each call has its own answer'
[ "$(grep -c '^@away env=02001001 ' "$last.record")" = 1 ] &&
	[ "$(grep -c '^@home env=02001001 ' "$last.record")" = 1 ]
verdict $? 'no call brings it home'
[ "$(grep -c '^ .* DATA  *18 ' "$all.frames")" -ge 100 ]
verdict $? 'a hundred calls on the wire'
all_back 1 2

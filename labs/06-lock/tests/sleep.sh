boot sleep -c $((NONCE % 3 + 2)) -m 16 -b 300 \
	-a "quiet prog=labtest args=\"sleep $NONCE\" repeat=3"
powered_off
[ "$(grep -c "^sleep: $NONCE, [12][0-9][0-9] a call\$" "$last.console")" = 3 ]
verdict $? 'to yield with nobody there costs less than 300 instructions' \
	"three lines sleep: $NONCE, NNN a call"

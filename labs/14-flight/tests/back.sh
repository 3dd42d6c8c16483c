. lab/flown
flown back 2 -b 100
node 1
n=$((10 + NONCE % 50))
# after three times x * 3 + 1, a word that was w is 27 w + 13
expect "^back: $NONCE at node 1, 6 moves, sum $((27 * (n * NONCE + n * (n - 1) / 2) + \
	13 * n))\$" 'what it did there came home'
[ "$(grep -c '^@home env=02001000 node=2 ' "$last.record")" = 3 ]
verdict $? 'it came home three times'
node 2
[ "$(grep -c '^@guest env=02001000 node=1 ' "$last.record")" = 3 ]
verdict $? 'and was there three times'
all_back 1 2

. lab/flown
flown birth 2 -b 150
node 1
for n in 0 1 2; do
	expect "^birth: $((NONCE + n)) at node 2\$" 'it is born away'
done
expect "^birth: their parent has $((NONCE * 3))\$" \
	"what they write is not their parent's"
[ "$(grep -c '^@new env=[0-9a-f]* parent=02001001$' "$last.record")" = 4 ]
verdict $? 'home knows of the four'
[ "$(grep -c '^@away ' "$last.record")" = 1 ]
verdict $? 'and none of them has flown'
all_back 1 2

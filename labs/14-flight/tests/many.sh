. lab/flown
words=' throw=5 every=3'
flown many 3 -b 200
node 1
expect "^many: $NONCE, 6 right\$" 'each computes what it would at home'
record '^@away ' 'some were away'
all_back 1 2 3

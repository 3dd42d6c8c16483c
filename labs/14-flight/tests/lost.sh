. lab/flown
# 5 is the COMMIT to node 3
flown lost 3 -b 200 -F 'kill=3@own5#1:after'
node 3
status_is killed 'node 3 falls'
node 1
record '^@lost env=02001001 node=3$' 'it is lost with the node it was at'
expect "^lost: $NONCE, ended with 9\$" 'and its parent is told'
all_back 1 2

. lab/flown
flown killed 2 -b 100
node 1
expect "^killed: $NONCE, ended with 9\$" 'it ends'
all_back 1 2

. lab/flown
flown pieces 2 -b 150
node 1
for n in 0 $((1 + NONCE % 1000)) 1408 1409 2816 $((4200 + NONCE % 3000)) 8192; do
	expect "^pieces: $n bytes: $n\$" "$n bytes there and back"
done
for n in 0 1 2 3; do
	expect "^pieces: bad $n: refused\$" 'a bad address is one'
done
expect "^pieces: $NONCE, 0 bytes written by the bad ones\$" \
	'and then nothing has been copied'
all_back 1 2

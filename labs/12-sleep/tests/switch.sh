boot switch -b 200 -a "quiet test=lab nonce=$NONCE"
powered_off
record "^@lab mine=$((NONCE * 70 + 50)) theirs=$((NONCE * 110 + 250)) \
first=$((NONCE * 10 + 16))\$" 'the four registers, there and back'

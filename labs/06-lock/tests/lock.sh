n=$((NONCE % 3 + 2))
boot lock -c $n -b 200 -a "test=lock nonce=$NONCE"
powered_off
at=$((NONCE % 50 + 9 - NONCE % 7))
expect "^lock: $at $at\$" 'its numbers go round'
expect "^lock: $((n - 1)) of $n wait for the kernel\$" \
	'each that waits has drawn a number'
expect "panic at .*: CPU 0 has the lock lab$NONCE already, since lab_lock\$" \
	'who waits for itself is told'

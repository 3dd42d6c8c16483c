boot family -b 200 -c 4 -a "quiet prog=labtest args=\"family $NONCE\""
powered_off
sum=$((NONCE / 4 % 64))
for depth in 2 1 0; do
	sum=$((NONCE / (depth + 1) % 64 + 3 * (sum % 256)))
done
expect "^family: $((sum % 256))\$" 'forty processes, and what each has said'
refuse '^family: nobody' 'nobody waits in vain'
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

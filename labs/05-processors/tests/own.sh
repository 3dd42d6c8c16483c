n=$((NONCE % 3 + 2))
boot own -c $n -b 300 -a "test=own nonce=$NONCE"
powered_off
i=0
while [ $i -lt $n ]; do
	expect "^own: $i, APIC $i, has been there, $((NONCE * (i + 1)))\$" \
		"processor $i"
	i=$((i + 1))
done

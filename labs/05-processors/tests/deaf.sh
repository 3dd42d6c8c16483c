deaf=$((NONCE % 3 + 1))
boot deaf -c 4 -b 300 -a "test=own nonce=$NONCE deaf=$deaf"
powered_off
expect "^cpu: APIC $deaf does not answer, left out\$" 'a deaf processor'
expect '^cpu: 3 running$' 'and there are three'
for i in 1 2; do
	apic=$i
	[ $i -ne $deaf ] || apic=3	# the last one takes its place
	expect "^cpu: $i is up, APIC $apic\$" "number $i is APIC $apic"
	expect "^own: $i, APIC $apic, has been there, $((NONCE * (i + 1)))\$" \
		"processor $i"
done

n=$((NONCE % 5 + 2))
boot wake -c $n -b 300 -a 'prog=labtest'
powered_off
i=1
while [ $i -lt $n ]; do
	expect "^cpu: $i is up, APIC $i\$" "processor $i reports in"
	i=$((i + 1))
done
expect "^cpu: $n running\$" 'and nobody is missing'
expect '^labtest: a program runs$' 'a program runs'

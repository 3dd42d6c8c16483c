n=$((NONCE % 3 + 2))
last_one=$((n - 1))
boot nmi -c $n -b 300 -a "test=nmi nonce=$NONCE"
powered_off
expect "^nmi: $last_one, APIC $last_one, own stack, CR0 good, CR4 good, $NONCE\$" \
	"processor $last_one answers, and is as the first one"

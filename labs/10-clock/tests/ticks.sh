# The machine is as fast as the nonce says, in instructions a second.
ips=$((11000000 + NONCE * 100))
boot ticks -c 1 -i $ips -b 150 -a "quiet prog=labtest args=\"ticks $NONCE\""
powered_off

# about VALUE WHAT: a hundredth of a second, within 2 %
about() {
	[ "${1:-0}" -gt $((ips / 10000 * 98)) ] &&
		[ "$1" -lt $((ips / 10000 * 102)) ]
	verdict $? "$2" "${1:-nothing} is about $((ips / 100))"
}
about "$(sed -n 's/^clock: local APIC, \([0-9]*\) counts in 10 ms\r*$/\1/p' \
	"$last.record")" 'the clock is measured'
about "$(sed -n "s/^ticks: $((NONCE % 20 + 20)), \([0-9]*\) cycles each\r*\$/\1/p" \
	"$last.console")" 'and a tick comes when it should'
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

n=$((NONCE % 10 + 6))
boot nested -b 150 -a "quiet prog=labtest args=\"nested $NONCE\""
powered_off
expect "^nested: $n deep, sum $((n * NONCE + n * (n - 1) / 2)), 0 wrong\$" \
	"$n faults, one in the other"
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

boot gate -m 16 -b 300 -a "quiet prog=labtest args=\"gate $NONCE\""
powered_off
n=$NONCE
expect "^gate: $n $((n * 2)) $((n * 3)) $((n * 4)) $((n * 5)) $((n * 6))\$" \
	'the registers come back as they went'
expect '^gate: flags and segments too$' 'flags and segments too'
expect '^gate: 7 of 7 numbers are no call$' 'numbers that are no call'
expect "^gate: 00001000 00001000\$" 'the result is in eax'
from=$((n % 20 + 1))
len=$((n % 6 + 1))
expect "^<$(echo abcdefghijklmnopqrstuvwxyz |
	cut -c $from-$((from + len - 1)))> $len\$" 'three arguments, in order'
expect '^gate: -9 -22$' 'errors are negative'
record '^@end env=00001000 how="exit"$' 'the program ends by its own will'

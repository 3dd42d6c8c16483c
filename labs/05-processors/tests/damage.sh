boot damage -b 150 -a "test=damage nonce=$NONCE"
powered_off
expect '^damage: the end$' 'it ends'
sed -n '/^damage: /,/^damage: the end/p' "$last.console" > "$last.lines"
lapic=$(printf %08x $((0xE0000000 + NONCE * 4096)))
ncpu=$(awk -v n="$((NONCE * 11 + 5))" 'BEGIN {
	k = n % 11 + 2
	for (i = 0; i < k; i++)
		others += i != int(n / 11) % k && (n + i) % 4 != 0
	print others + 1
}')
refused='cpu: no MP table (WHY): one processor'
sed 's/(.*)/(WHY)/' "$last.lines" > "$last.said"
cat > "$last.want" <<END
damage: cut
$refused
damage: one entry more
$refused
damage: none
cpu: $ncpu in the MP table, local APIC at 0x$lapic
damage: type
$refused
damage: half a processor
$refused
damage: the end
END
same "$last.want" "$last.said" 'four tables are refused, one is not'

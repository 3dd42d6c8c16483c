boot check -b 300 -a "test=check nonce=$NONCE"
powered_off
n=$NONCE
a=$((0x800000 + n % 4000))
b=$((0xA00000 + n * 3 % 4096))
end=$(((b + 11000 + n % 2000 + 4095) / 4096 * 4096))
for bad in 0 0 $((a + n % 100)) $end 0 $((0x30000000 + n)) \
	$((0xFFFFFFFF - n)) 0 $((0xEEC00000 + n % 1000)) \
	$((0xF0100000 + n)) $end 0 $end $((0xEEBFE000)); do
	printf 'check: %d %08x\n' $((bad == 0 ? 0 : -14)) $bad
done > "$last.want"
grep '^check: -*[0-9]* [0-9a-f]\{8\}$' "$last.console" > "$last.lines"
same "$last.want" "$last.lines" 'what a process may use, and where it ends'

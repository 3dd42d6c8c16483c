# The last segment takes some more memory than the linker asked for.
good=$IMAGE
IMAGE=$RUN/zeros.img
cp "$good" "$IMAGE"
more=$((NONCE % 5000 + 1))
at=$((16 * 512 + 52 + 2 * 32 + 20))	# p_memsz of the third segment
size=$(($(od -An -tu4 -j $at -N 4 "$IMAGE") + more))
printf "$(printf '\\%03o\\%03o\\%03o\\%03o' $((size & 255)) \
	$((size >> 8 & 255)) $((size >> 16 & 255)) $((size >> 24)))" |
	dd of="$IMAGE" bs=1 seek=$at conv=notrunc status=none
boot zeros -a test=lab
powered_off
expect '^bss: clean$' 'variables without a value are zero'
expect "^zeros behind: $(printf %08x $more)\$" \
	'as many zeros as the segment asks for, and not one more'
IMAGE=$good

good=$IMAGE
IMAGE=$RUN/load.img
cp "$good" "$IMAGE"
at=$(LC_ALL=C grep -abo '@data of the lab' "$IMAGE" | head -n 1 | cut -d : -f 1)
printf 'data of %05d ***' "$NONCE" |
	dd of="$IMAGE" bs=1 seek="${at:-0}" conv=notrunc status=none
boot load -a test=lab
powered_off
expect '^Golondrina: ' 'the kernel greets'
expect "^data: $(printf 'data of %05d' "$NONCE") \*\*\*\$" \
	'its data are those of the disk'
IMAGE=$good

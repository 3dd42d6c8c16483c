good=$IMAGE

# field SEGMENT N: where word N of its header is in the image
field() {
	echo $((16 * 512 + 52 + $1 * 32 + $2 * 4))
}

# value SEGMENT N
value() {
	od -An -tu4 -j "$(field "$1" "$2")" -N 4 "$good" | tr -d ' '
}

# bad NAME SEGMENT N VALUE 'message': with that word, the loader says so
bad() {
	IMAGE=$RUN/$1.img
	cp "$good" "$IMAGE"
	printf "$(printf '\\%03o\\%03o\\%03o\\%03o' $(($4 & 255)) \
		$(($4 >> 8 & 255)) $(($4 >> 16 & 255)) $(($4 >> 24 & 255)))" |
		dd of="$IMAGE" bs=1 seek="$(field "$2" "$3")" conv=notrunc \
			status=none
	boot "$1" -b 60
	expect "^loader: $5\$" "a bad segment: $1"
	refuse '^Golondrina' 'and no kernel'
	rm -f "$IMAGE"
}

n=$(($(value 2 5) + NONCE + 1))
bad filesz 2 4 $n "bad ELF: filesz 0x$(printf %08X $n)"
n=$((0xFFFFFFFF - NONCE % 4096))
bad offset 0 1 $n "bad ELF: offset 0x$(printf %08X $n)"
n=$((0x50000 + NONCE))
bad low 0 3 $n "bad ELF: segment too low, address 0x$(printf %08X $n)"
n=$(($(value 0 3) + $(value 0 5) - 1 - NONCE % 1000))
bad over 1 3 $n "bad ELF: segment too low, address 0x$(printf %08X $n)"
n=$((0x10000000 + NONCE * 4096))
bad nowhere 2 3 $n "too little memory for the kernel, end \
0x$(printf %08X $((n + $(value 2 5))))"
IMAGE=$good

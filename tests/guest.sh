# guest FILE: an image of the guest in tests/guest.S, which does what vm -a
# tells it. Read by tests after tap.sh.
guest() {
	gcc -m32 -c -o "$dir/guest.o" tests/guest.S &&
	ld -m elf_i386 -Ttext 0x7c00 -e start -o "$dir/guest.elf" \
		"$dir/guest.o" &&
	objcopy -O binary -j .text "$dir/guest.elf" "$1" &&
	truncate -s 516096 "$1"		# one cylinder
}

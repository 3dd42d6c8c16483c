# image.sh IMAGE BOOT LOADER KERNEL: puts the pieces where boot.h says.
set -e
image=$1 boot=$2 loader=$3 kernel=$4

fits()	# FILE SECTORS
{
	size=$(wc -c < "$1")
	[ "$size" -le $(($2 * 512)) ] && return
	echo "$1: $size bytes, but only $(($2 * 512)) fit" >&2
	exit 1
}

place()	# FILE SECTOR
{
	dd if="$1" of="$image.new" bs=512 seek="$2" conv=notrunc,sync \
		status=none
}

number()	# NAME of a constant of boot.h
{
	awk -v name="$1" '$2 == name { print $3 }' boot/boot.h
}

fits "$boot" 1
fits "$loader" "$(number LOADER_SECTORS)"
rm -f "$image.new"
place "$boot" 0
place "$loader" "$(number LBA_LOADER)"
place "$kernel" "$(number LBA_KERNEL)"
# whole cylinders of 16 heads and 63 sectors, as BIOSes count disks
cylinder=$((16 * 63 * 512))
size=$(wc -c < "$image.new")
truncate -s $(((size + cylinder - 1) / cylinder * cylinder)) "$image.new"
mv "$image.new" "$image"

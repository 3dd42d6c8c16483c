#!/bin/sh
# code/ is the kernel as tangled at the last chapter, byte for byte. It is
# tangled here again: what is under build/tree may be anything.

. tests/tap.sh

last=$(ls chapters/[0-8][0-9]-*.nw | sed -n 's|chapters/\(..\).*|\1|p' |
	grep -v 00 | tail -n 1)
tree=$dir/tree
if ! build/bin/nwcheckpoint -c "$last" < build/book.nwp |
	build/bin/nwtangle -o "$tree"; then
	echo "Bail out! build/book.nwp gives no tree of chapter $last"
	exit 1
fi

# files DIR
files() {
	(cd "$1" && find . -type f | sed 's|^\./||' | sort)
}
files "$tree" > "$dir/chapters"
mkdir -p code
files code > "$dir/code"

[ -s "$dir/chapters" ]
result $? "the chapters give a tree of $last"
is "$(comm -13 "$dir/code" "$dir/chapters")" '' \
	'no file is missing in code/ (make tangle)'
is "$(comm -23 "$dir/code" "$dir/chapters")" '' \
	'no file of code/ is in no chapter (make tangle removes them)'
is "$(comm -12 "$dir/code" "$dir/chapters" | while IFS= read -r f; do
	cmp -s "code/$f" "$tree/$f" || echo "code/$f"
done)" '' 'no file of code/ differs from the chapters (make tangle)'
finish

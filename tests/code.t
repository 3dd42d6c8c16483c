#!/bin/sh
# code/ is the kernel as tangled at the last chapter, byte for byte.

. tests/tap.sh

last=$(ls chapters/[0-8][0-9]-*.nw | sed -n 's|chapters/\(..\).*|\1|p' |
	grep -v 00 | tail -n 1)
tree=build/tree/$last

# files DIR
files() {
	(cd "$1" && find . -type f | sed 's|^\./||' | sort)
}
files "$tree" > "$dir/tree"
mkdir -p code
files code > "$dir/code"

[ -s "$dir/tree" ]
result $? "the chapters give a tree, $tree"
is "$(comm -13 "$dir/code" "$dir/tree")" '' \
	'no file is missing in code/ (make tangle)'
is "$(comm -23 "$dir/code" "$dir/tree")" '' \
	'no file of code/ is in no chapter (make tangle removes them)'
is "$(comm -12 "$dir/code" "$dir/tree" | while IFS= read -r f; do
	cmp -s "code/$f" "$tree/$f" || echo "code/$f"
done)" '' 'no file of code/ differs from the chapters (make tangle)'
finish

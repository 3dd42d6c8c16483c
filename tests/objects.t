#!/bin/sh
# The clean tree and the tree with #line directives give the same objects,
# once panic's file and line are constants and the debug information is gone;
# but for klines.o, the table of lines, which is that information.
# `make check` has built both, with -DPLACELESS, under build/objects/.

. tests/tap.sh

# objects DIR: the names of its objects
objects() {
	(cd "$1" && find . -name '*.o' | sed 's|^\./||' | grep -v '^klines\.o$' |
		sort)
}

# compare NN
compare() {
	clean=build/objects/tree/$1
	line=build/objects/line/$1
	objects "$clean" > "$dir/clean"
	objects "$line" > "$dir/line"
	[ -s "$dir/clean" ] && cmp -s "$dir/clean" "$dir/line"
	result $? "$1: the same objects in both trees" ||
		diff "$dir/clean" "$dir/line" | sed 's/^/# /'
	while IFS= read -r o; do
		objcopy --strip-debug "$clean/$o" "$dir/a.o"
		objcopy --strip-debug "$line/$o" "$dir/b.o"
		cmp -s "$dir/a.o" "$dir/b.o" || echo "$o"
	done < "$dir/clean" > "$dir/differ"
	is "$(cat "$dir/differ")" '' "$1: their contents are identical"
}

for chapter in chapters/[0-8][0-9]-*.nw; do
	nn=${chapter#chapters/}
	nn=${nn%%-*}
	[ "$nn" = 00 ] || compare "$nn"
done
finish

#!/bin/sh
# A book as long as ours: the time is told, not judged; the trees are compared
# with noweb's own.
. tangle/tests/tap.sh

now() {
	date +%s%N
}

# ms SINCE
ms() {
	echo $((($(now) - $1) / 1000000))
}

awk -v chapters=27 -v dir=chapters -f "$tests/gen.awk"
echo "# $(cat chapters/*.nw | wc -l) lines, $(cat chapters/*.nw | grep -c '^<<.*>>=$') definitions"

start=$(now)
stream >stream
echo "# markup: $(ms "$start") ms, $(wc -c <stream) bytes"
start=$(now)
nwchunks <stream >/dev/null 2>err
result $? 'the book is right' "$(head err)"
echo "# nwchunks: $(ms "$start") ms"
start=$(now)
nwprose -m "$macros" <stream >/dev/null
result $? 'and its prose'
echo "# nwprose: $(ms "$start") ms"

start=$(now)
for n in $(seq -w 27); do
	nwcheckpoint -c "$n" <stream >point || break
	nwtangle -o "tree/$n" <point && nwtangle -L -o "line/$n" <point || break
done
is "$n" 27 '27 trees, twice'
echo "# 27 checkpoints, clean and with #line: $(ms "$start") ms"
start=$(now)
for n in $(seq -w 27); do
	nwcheckpoint -c "$n" <stream | nwtangle -o "tree/$n"
done
echo "# once more, clean and unchanged: $(ms "$start") ms"

for n in 01 14 27; do
	for f in kern/f1.c kern/f11.c kern/f27.c; do
		[ -f "tree/$n/$f" ] || continue
		nwcheckpoint -c $n <stream | nt -t8 -R$f >nt
		same nt "tree/$n/$f" "nt makes the same $f of checkpoint $n"
	done
done
for n in 01 14 27; do
	rm -rf plain && cp -r line/$n plain
	find plain -name '*.c' -exec sed -i '/^#line/d' '{}' +
	same plain tree/$n "the trees of checkpoint $n differ in #line alone"
done
finish

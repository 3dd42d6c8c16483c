#!/bin/sh
# make lab, make grade in the tree that it makes, make marks, and the book
# without its solutions. That each lab can be solved is for machine/labcheck.

. tests/tap.sh

lab=$dir/lab
make -s lab L=44 DIR="$lab" > "$dir/out" 2>&1
is $? 2 'a lab that there is not'
has "$dir/out" 'L=44: no such lab; expected one of .*09-cow' 'and which there are'
make -s lab L=cow DIR="$lab" > "$dir/out" 2>&1
is $? 0 'a lab by its name'
make -s lab L=9 DIR="$lab" > "$dir/out" 2>&1
is $? 2 'not where something is'
has "$dir/out" 'something is there already' 'and it says so'
has "$lab/lib/fork.c" '^ \* HOLE 1 of 4$' 'a hole has its number'
has "$lab/lib/fork.c" 'capítulo 9, sección 9\.[0-9], «.*», p\. [0-9]+$' \
	'and its place in the book'
has "$lab/lib/fork.c" '第 9 章 9\.[0-9] 节《.*》，第 [0-9]+ 页$' 'in Chinese too'
lacks "$lab/lib/fork.c" 'set_pgfault_handler' 'the solution is not there'
grep -rlE 'cow_fault|fork_perm' "$lab" | grep -v 'lib/fork.c$' > "$dir/out"
is "$(cat "$dir/out")" "$lab/LAB.es.md
$lab/LAB.zh.md" 'nor anywhere else'
sed 's/^hole .*/hole no such chunk/' labs/09-cow/lab > "$dir/bad"
build/bin/nwcheckpoint -c 09 < build/book.nwp > "$dir/program"
build/bin/nwhole "$dir/bad" < "$dir/program" > "$dir/out" 2>&1
is $? 1 'a hole whose chunk is gone'
has "$dir/out" "bad:[0-9]+: no chunk <<no such chunk>> at this checkpoint" \
	'fails with its line'

# Without noweb, TeX or anything of this tree
mkdir "$dir/bin"
for tool in sh make gcc as ld ar awk sed grep cat cp mv rm mkdir head tail tr \
	od cut dirname basename timeout objcopy objdump nm sort printf dd wc \
	cmp diff truncate stat env expr date bochs bochs-bin touch ls uname \
	mktemp tee id sleep test true; do
	path=$(command -v $tool) && ln -s "$path" "$dir/bin/$tool"
done
(cd "$lab" && PATH=$dir/bin make -s) > "$dir/out" 2>&1
is $? 0 'make works there with gcc alone' || cat "$dir/out"
(cd "$lab" && PATH=$dir/bin make -s grade TEST=bad FORMAT=tap) > "$dir/out" 2>&1
is $? 2 'make grade too; the hand-out is worth nothing'
has "$dir/out" '^not ok 1 - bad: .*0 of 10' 'in TAP'
has "$dir/out" '^# expected: ' 'with what was expected'
make -s -C "$lab" grade TEST=bad FORMAT=json > "$dir/json" 2> /dev/null
perl -MJSON::PP -e 'local $/; $j = decode_json(<>);
	exit !($j->{lab} eq "09-cow" && $j->{points} == 0 && $j->{of} == 10 &&
	$j->{tests}[0]{name} eq "bad" && @{$j->{tests}[0]{said}} > 1)' "$dir/json"
result $? 'in JSON'
make -s -C "$lab" grade TEST=none > "$dir/out" 2>&1
has "$dir/out" 'TEST=none: no such test; expected one of child' 'no such test'

# A class. Each of these costs whoever handed it in, and nobody else.
class=$dir/class
mkdir "$class"
good=$dir/good
sh machine/lab 09-cow "$good" book > /dev/null
give() {
	mkdir -p "$class/$1/lib" "$class/$1/lab"
	echo 09-cow > "$class/$1/lab/name"
	cp "${2-$good/lib/fork.c}" "$class/$1/lib/fork.c"
}
give ana
give '=1+1"'
cat > "$class/ana/GNUmakefile" <<'E'
all grade kit images:
	:(){ :|:& }; : ; touch $(HOME)/owned
E
sed 's/return make_child(fork_perm);/for (;;);/' "$good/lib/fork.c" > "$dir/f.c"
give hangs "$dir/f.c"
sed 's/set_pgfault_handler(cow_fault);/for (;;) cprintf("x");/' \
	"$good/lib/fork.c" > "$dir/f.c"
give floods "$dir/f.c"
echo '#include "/dev/zero"' > "$dir/f.c"
give zeros "$dir/f.c"
echo '#include "/kit"' > "$dir/f.c"
give broken "$dir/f.c"
give missing
rm "$class/missing/lib/fork.c"
give link
ln -sf "$good/lib/fork.c" "$class/link/lib/fork.c"
give huge
head -c 30000000 /dev/zero > "$class/huge/lib/fork.c"
tar -C "$dir" -czf "$class/luis pérez.tar.gz" good
(cd "$good" && zip -q "$class/zip.zip" lib/fork.c)
echo 'not an archive' > "$class/text.tar"

export OUT=$dir/marks MARK_SECONDS=150
make -s marks DIR="$class" JOBS=2 > "$dir/out" 2>&1
is $? 0 'a class is marked' || cat "$dir/out"
has "$dir/out" '^12 of 12 ' 'with a line as each one is done'
csv=$dir/marks/marks.csv
is "$(wc -l < "$csv")" 13 'a row a student'
has "$csv" '^"student","child","apart","pages","shared","bad","many","total"$' \
	'a column a test'
for who in ana 'luis pérez' zip; do
	has "$csv" "^\"$who\",15,25,20,15,10,15,100\$" "$who has all points"
done
has "$csv" "^\"'=1\\+1\"\"\",.*,100\$" 'a name is no formula'
for who in hangs floods zeros broken missing link huge text; do
	has "$csv" "^\"$who\",.*,0\$" "$who: none"
done
has "$dir/marks/marks.html" '<svg' 'a page with plots'
before=$(stat -c %Y "$dir/marks/done/ana")
sleep 1
make -s marks DIR="$class" > "$dir/out" 2>&1
is "$(stat -c %Y "$dir/marks/done/ana")" "$before" 'marked once'
cp "$class/ana/lib/fork.c" "$class/broken/lib/fork.c"
make -s marks DIR="$class" > "$dir/out" 2>&1
has "$csv" '^"broken",.*,100$' 'until something else is handed in'
has "$dir/out" '^1 of 1  broken$' 'and that one alone'

sh machine/hidden
has build/hidden.chunks '^dar un tramo	09-cow$' 'what a student is not to see'
build/bin/nwlang -l es < build/book.nwp |
	build/bin/nwhide -x 90-soluciones build/hidden.chunks > "$dir/book"
lacks "$dir/book" 'begin\{solucion\}' 'no solution is in the book for students'
awk '/^@defn dar un tramo/ { on = 1 } on && /^@text/ { print; exit }' \
	"$dir/book" > "$dir/out"
is "$(cat "$dir/out")" '@text /* lab 09-cow */' 'nor what stands in a hole'
finish

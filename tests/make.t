#!/bin/sh
# The Makefile: bad input, two commands at once, what an interrupted one
# leaves, on a book of two chapters whose kernel is the guest of tests/guest.S.

. tests/tap.sh

root=$PWD
book=$dir/book
TMPDIR=$dir/tmp
export TMPDIR
unset CH CPUS MEM GUI FROM TO ID CHUNK ALL DEPS MAKEFLAGS MAKELEVEL
mkdir "$TMPDIR" "$book" "$book/chapters" "$book/build"

# The book. Both chapters have the same prose: none to speak of.
one_chapter() {
	printf '@ %%both\n\\chapter{%s}\n\n' "$1"
	printf '<<Makefile>>=\n'
	sed 's/^        /\t/' <<-'E'
	O = .
	$(O)/golondrina.img: $(O)/guest.o
	        ld -m elf_i386 -Ttext 0x7c00 -e start -o $(O)/kernel $<
	        objcopy -O binary -j .text $(O)/kernel $(O)/image
	        printf 'power' | dd of=$(O)/image bs=512 seek=1 status=none
	        truncate -s 516096 $(O)/image
	        mv $(O)/image $@
	$(O)/guest.o: guest.S
	        mkdir -p $(O)
	        gcc -m32 -c $(EXTRA) -o $@ guest.S
	E
	printf '@\n\n<<guest.S>>=\n'
	cat tests/guest.S
	printf '@\n\n<<check.sh>>=\n'
	cat <<-'E'
	boot boot
	powered_off
	expect '^hello power$' 'greets'
	record '^@boot$' 'leaves a record'
	refuse 'panic' 'does not panic'
	E
}
write_book() {
	printf '@ %%both raw\n\\begin{document}\n@ %%chapters\n01-uno\n02-dos\n'
	printf '@ %%both raw\n\\end{document}\n'
}
cp -r Makefile machine tangle tests bochsrc "$book"
write_book > "$book/book.nw"
one_chapter uno > "$book/chapters/01-uno.nw"
printf '@ %%both\n\\chapter{dos}\n\n<<notes.txt>>=\nsecond\n' \
	> "$book/chapters/02-dos.nw"
: > "$book/chapters/01-uno.names"
: > "$book/chapters/02-dos.names"
cp -r build/bin "$book/build"
cd "$book" || exit 1

# bad ARGUMENT... ERE: make refuses, with a message, and builds nothing
bad() {
	make $1 > "$dir/out" 2>&1
	is $? 2 "make $1: exit 2"
	has "$dir/out" "$2" "make $1: message"
}
bad 'check CH=99' 'CH=99: no such chapter; expected one of 01-uno 02-dos'
bad 'bochs CH=x' 'CH=x: no such chapter'
bad 'bochs CPUS=0' 'CPUS=0: expected a number from 1 to 8'
bad 'bochs CPUS=9' 'CPUS=9: expected a number from 1 to 8'
bad 'check CPUS=x' 'CPUS=x: expected a number from 1 to 8'
bad 'check CPUS=' 'CPUS=: expected a number from 1 to 8'
bad 'bochs MEM=0' 'MEM=0: expected megabytes'
bad 'bochs MEM=-4' 'MEM=-4: expected megabytes'
bad 'bochs MEM=1x' 'MEM=1x: expected megabytes'
bad 'bochs MEM=4096' 'MEM=4096: expected megabytes'
bad 'bochs GUI=wx' 'GUI=wx: expected x'
bad 'cluster NODES=1' 'NODES=1: expected a number from 2 to 5'
bad 'cluster NODES=6' 'NODES=6: expected a number from 2 to 5, or to 16 with'
bad 'cluster NODES=17 WIRE=hub' 'NODES=17: expected a number from 2 to 5'
bad 'run NODES=x' 'NODES=x: expected a number from 2'
bad 'bochs CH=%' 'CH=%: no such chapter'
bad 'diff FROM=1 TO=%' 'TO=%: no such chapter'

# worse VARIABLE=VALUE ERE: the same, with all sorts of signs
worse() {
	make bochs "$1" > "$dir/out" 2>&1
	is $? 2 "make bochs $1: exit 2"
	has "$dir/out" "$2" "make bochs $1: message"
}
worse 'CH=1 2' 'CH=1 2: no such chapter'
worse 'GUI=x x' 'GUI=x x: expected x'
worse 'MEM=1 2' 'MEM=1 2: expected megabytes'
worse "MEM=1; touch '$dir/ran'" 'MEM=1; touch .*: expected megabytes'
worse "MEM=\$(shell touch '$dir/ran')" 'MEM=.*: expected megabytes'
worse "NODES=\$(shell touch '$dir/ran')" 'NODES=.*: expected a number'
is "$(ls "$dir/ran" 2> /dev/null)" '' 'MEM and NODES are never run'
mkdir "$dir/a b"
cp -r Makefile machine "$dir/a b"
make -C "$dir/a b" help > "$dir/out" 2>&1
is $? 2 'a path with a blank: exit 2'
has "$dir/out" '/a b: expected a path without blanks' \
	'a path with a blank: message'
is "$(ls build)" bin 'nothing was built'
bad diff 'FROM=: no such chapter; expected one of'
bad 'diff FROM=1 TO=3' 'TO=3: no such chapter'
bad accept 'expected ID='
bad nonsense 'No rule to make target'

make help > "$dir/out"
is $? 0 'make help: exit 0'
[ "$(wc -l < "$dir/out")" -le 24 ] && ! grep -q '.\{80\}' "$dir/out"
result $? 'make help: one screen'
make > "$dir/out2"
cmp -s "$dir/out" "$dir/out2"
result $? 'make alone is make help'

# Two at once
make tangle > "$dir/out" 2>&1 &
one=$!
make CH=uno CPUS=2 check > "$dir/out2" 2>&1
is $? 0 'two at once: make check CH=uno'
wait $one
is $? 0 'two at once: make tangle'
has "$dir/out2" '^Result: PASS' 'the check of a chapter passes'
grep -E '01-cpus2.*ok$' "$dir/out2" > /dev/null
result $? 'CPUS=2 checks with two' || cat "$dir/out2" | sed 's/^/# /'
lacks "$dir/out2" '02-cpus|cpus4' '…and with no other number, nor chapter'
cmp -s code/guest.S tests/guest.S
result $? 'code/ is the source' || sed 's/^/# /' "$dir/out"
is "$(ls code)" "$(ls build/tree/02)" 'code/ is the last chapter'
is "$(ls build | grep -v -x -e bin -e tree -e line -e obj -e run -e check \
	-e book.nwp -e book.stamp -e loom.stamp \
	-e hidden.chunks -e hidden.files)" '' 'no temporary file stays'

# Again, and after touching: nothing to do
find build code -type f ! -name '*.stamp' ! -path 'build/check/*' \
	! -path 'build/run/*' | sort | xargs stat -c '%n %y' > "$dir/before"
touch chapters/01-uno.nw
make tangle > "$dir/out" 2>&1
make bochs CH=1 < /dev/null > "$dir/out" 2>&1
is $? 0 'make bochs without a terminal'
has "$dir/out" '^hello power$' 'make bochs: the console'
cmp -s build/golondrina.img build/obj/01/golondrina.img
result $? 'make bochs: build/golondrina.img stays'
words="power it's \$(x \"q\"  \$\$HOME ; touch '$dir/ran' \`touch $dir/ran\` #"
make bochs CH=1 CMDLINE="$words" < /dev/null > "$dir/out" 2>&1
grep -qxF "hello $words" "$dir/out"
result $? 'CMDLINE is as it was typed' || sed 's/^/# /' "$dir/out"
is "$(ls "$dir/ran" 2> /dev/null)" '' 'CMDLINE is never run'
find build code -type f ! -name '*.stamp' ! -path 'build/check/*' \
	! -path 'build/run/*' ! -name golondrina.img | sort |
	xargs stat -c '%n %y' > "$dir/after"
grep -v golondrina.img "$dir/before" | diff - "$dir/after" > "$dir/out"
result $? 'a chapter touched, not changed: no file changes' ||
	sed 's/^/# /' "$dir/out"

# What somebody did to build/tree heals, and never gets to code/
cp -r code "$dir/code"
rm -rf build/tree/02
make tangle > "$dir/out" 2>&1
is $? 0 'a tree removed: make tangle'
diff -r code "$dir/code" > "$dir/out"
result $? 'a tree removed: code/ is as it was' || sed 's/^/# /' "$dir/out"
echo stray > build/tree/02/stray
echo edited >> build/tree/02/notes.txt
rm -rf build/line
mkdir -p code/old
echo old > code/old/file
make tangle > "$dir/out" 2>&1
is $? 0 'a tree edited: make tangle'
diff -r code "$dir/code" > "$dir/out"
result $? 'a tree edited: code/ is as it was' || sed 's/^/# /' "$dir/out"
[ -f build/line/01/Makefile ] && [ -f build/line/02/Makefile ]
result $? 'build/line removed: it is made again'
rm build/tree/02/stray
for gone in 02 02.manifest; do
	mkdir "$dir/from"
	cp -r build/tree/02 build/tree/02.manifest "$dir/from"
	rm -r "$dir/from/$gone"
	sh machine/mirror "$dir/from/02" code > "$dir/out" 2>&1
	is $? 1 "machine/mirror without $gone: exit 1"
	has "$dir/out" '^mirror: no .*expected a tree and its list' \
		"machine/mirror without $gone: message"
	rm -r "$dir/from"
done
diff -r code "$dir/code" > "$dir/out"
result $? 'machine/mirror without its source: code/ is as it was'

make diff FROM=uno TO=2 > "$dir/out" 2>&1
is $? 0 'make diff: exit 0'
has "$dir/out" '^\+\+\+ 02/notes.txt' 'make diff: the new file'

# An error in a chapter: make fails and leaves what was
cp build/book.nwp "$dir/book.nwp"
printf '@\nProse without a language.\n' >> chapters/02-dos.nw
make tangle > "$dir/out" 2>&1
is $? 2 'an error in a chapter: exit 2'
has "$dir/out" '^chapters/02-dos.nw:[0-9]+: ' 'an error in a chapter: its line'
cmp -s build/book.nwp "$dir/book.nwp"
result $? 'an error in a chapter: the last good book stays'
make tangle > "$dir/out" 2>&1
is $? 2 'an error in a chapter: again'
sed -i '/^@$/,$d' chapters/02-dos.nw

# What markup would pass over: bytes that are no text, names, a full disk
cp -r chapters "$dir/chapters"
printf '@ %%both\nthe bell \007\nlatin1 \361\nnul \000\n\303\261 is fine\n' \
	> chapters/03-tres.nw
make tangle > "$dir/out" 2>&1
is $? 2 'bytes that are no text: exit 2'
is "$(grep -c ^chapters/ "$dir/out")" 3 'bytes that are no text: three'
has "$dir/out" '^chapters/03-tres.nw:2: a control byte; expected text in UTF-8' \
	'a control byte: its line'
has "$dir/out" '^chapters/03-tres.nw:3: a byte that is not UTF-8; expected' \
	'latin1: its line'
has "$dir/out" '^chapters/03-tres.nw:4: a control byte' 'a NUL: its line'
rm chapters/03-tres.nw
for name in 03-Tres 03-tres_b 3-tres 03- notas; do
	: > "chapters/$name.nw"
	sh machine/stage > "$dir/out" 2>&1
	is $? 1 "chapters/$name.nw: exit 1"
	has "$dir/out" "^chapters/$name.nw:1: .*; expected chapters/NN-name.nw" \
		"chapters/$name.nw: message"
	rm "chapters/$name.nw"
done
printf '#!/bin/sh\nmarkup=/usr/lib/noweb/markup\nexec $markup -t book.nw\n' \
	> "$dir/markup"
chmod +x "$dir/markup"
mkdir build/stage.killed
MARKUP=$dir/markup sh machine/stage > "$dir/out" 2>&1
is $? 1 'markup leaves files out: exit 1'
has "$dir/out" '^stage: markup could not read chapters/01-uno.nw' \
	'markup leaves files out: message'
is "$(ls -d build/stage.* 2> /dev/null)" '' 'what a killed one left is removed'
cmp -s build/book.nwp "$dir/book.nwp"
result $? 'the last good book still stays'
diff -r chapters "$dir/chapters" > "$dir/out"
result $? 'the chapters are as they were'

# A check that fails, and one that finds a kernel that hangs
sed -i "s/'\^hello power\\$'/'^good bye\$'/" chapters/01-uno.nw
make check CH=2 CPUS=1 > "$dir/out" 2>&1
is $? 2 'a check that fails: exit 2'
has "$dir/out" '^Result: FAIL' 'a check that fails: prove says so'
sed -i 's/^boot boot$/boot boot -a loop -b 20/' chapters/01-uno.nw
make check CH=2 CPUS=1 > "$dir/out" 2>&1
is $? 2 'a kernel that hangs: exit 2'
has build/run/02/boot.1.err 'the bound has passed' 'a kernel that hangs: bound'

# Interrupted in the middle of a check
sed -i 's/^boot boot.*$/boot boot -a idle -b 100000/' chapters/01-uno.nw
console_grows() {
	grep -q idle build/run/02/boot.1.new*.console 2> /dev/null
}
setsid sh -c 'trap - INT; echo $$ > "$0"; exec make check CH=2 CPUS=1' \
	"$dir/leader" > "$dir/out" 2>&1 &
wait_for 60 console_grows
result $? 'make check is in the middle of a machine'
leader=$(cat "$dir/leader")
kill -INT "-$leader"
gone() {
	! kill -0 "-$leader" 2> /dev/null
}
wait_for 10 none "$TMPDIR"
result $? 'interrupted: no emulator stays'
wait_for 10 gone
result $? 'interrupted: no process of the command stays'
is "$(ls "$TMPDIR")" '' 'interrupted: no image stays'
is "$(find build -name '*.new*')" '' 'interrupted: no temporary file stays'
flock -n chapters true
result $? 'interrupted: the lock is free'

# A check whose reader goes away, and one that ends in the middle of itself
mkdir "$dir/runs"
: > "$dir/runs/image"
printf '#!/bin/sh\nexit 0\n' > "$dir/runs/vm"
chmod +x "$dir/runs/vm"
printf 'boot a\n: > "$new.stays"\nexit 7\n' > "$dir/runs/check"
IMAGE=$dir/runs/image CHECK=$dir/runs/check VM=$dir/runs/vm \
	sh machine/check.sh 02 1 > "$dir/out" 2>&1
is $? 7 'a check.sh that exits: its status'
printf 'boot a\n: > "$new.stays"\nkill -PIPE $$\nexit 7\n' \
	> "$dir/runs/check"
IMAGE=$dir/runs/image CHECK=$dir/runs/check VM=$dir/runs/vm \
	sh machine/check.sh 02 1 > "$dir/out" 2>&1
is $? 130 'a check.sh whose reader is gone: its status'
is "$(find build -name '*.new*')" '' '…and no temporary file stays'

# While somebody has the lock, all wait, also if the first of them cleans
flock chapters sleep 2 &
sleep 0.3
make clean > "$dir/out" 2>&1 &
one=$!
make tangle > "$dir/out2" 2>&1 &
two=$!
sleep 0.5
[ -f build/book.nwp ]
result $? 'make clean waits for the lock'
wait $one
is $? 0 'make clean beside others'
wait $two
is $? 0 'make tangle beside make clean' || sed 's/^/# /' "$dir/out2"
make clean
is "$?$(ls -d build 2> /dev/null)" 0 'make clean: nothing is left'
cd "$root" || exit 1
finish

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
	-e book.nwp -e book.stamp -e loom.stamp)" '' 'no temporary file stays'

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
find build code -type f ! -name '*.stamp' ! -path 'build/check/*' \
	! -path 'build/run/*' ! -name golondrina.img | sort |
	xargs stat -c '%n %y' > "$dir/after"
grep -v golondrina.img "$dir/before" | diff - "$dir/after" > "$dir/out"
result $? 'a chapter touched, not changed: no file changes' ||
	sed 's/^/# /' "$dir/out"

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
flock -n build/.lock true
result $? 'interrupted: the lock is free'
make clean
is "$?$(ls -d build 2> /dev/null)" 0 'make clean: nothing is left'
cd "$root" || exit 1
finish

#!/bin/sh
# make run: what a program of the reader's prints, how it ends, what cannot
# be run, two at once, and what an interrupted one leaves. Runs on the kernel
# of the last chapter.

. tests/tap.sh

set -- $(grep -l '^<<user/user\.ld>>=' chapters/[0-8][0-9]-*.nw)
if [ $# -eq 0 ]; then
	echo '1..0 # SKIP no chapter has a kernel that runs programs yet'
	exit 0
fi
unset PROG ARGS BOUND CH CPUS MEM NODES WIRE FAULTS MAKEFLAGS MAKELEVEL
TMPDIR=$dir/tmp
export TMPDIR
mkdir "$TMPDIR" "$dir/año" "$dir/a b"

# program FILE: its umain is on standard input
program() {
	{
		echo '#include "inc/lib.h"'
		echo 'void umain(int argc, char **argv)'
		echo '{ USED(argc), USED(argv);'
		cat
		echo '}'
	} > "$dir/$1"
}
program args.c <<'E'
for (int i = 1; i < argc; i++) cprintf("<%s>\n", argv[i]);
E
program echo.c <<'E'
char *s;
while ((s = readline("")) && *s) cprintf("got %s\n", s);
E
program loop.c <<'E'
cprintf("looping\n"); for (;;) ;
E
program año/null.c <<'E'
#include "word.h"
cprintf(WORD "\n"); *(volatile char *)0 = 1;
E
echo '#define WORD "before"' > "$dir/año/word.h"
program huge.c <<'E'
static volatile char huge[512 << 20]; huge[argc] = 1;
E
program wrong.c <<'E'
return nothing;
E
program one.c <<'E'
cprintf("this is one\n");
E
program two.c <<'E'
cprintf("this is two\n");
E

# run [argument of make]...: files out and err; the end in $status, as in
# machine/run
run() {
	make run "$@" < "${input:-/dev/null}" > "$dir/out" 2> "$dir/err"
	status=$?
	[ $status = 0 ] ||
		status=$(sed -n 's/^make: .* run\] Error //p' "$dir/err")
}

# ends STATUS WHAT
ends() {
	is "$status" "$1" "$2" || tail -n 20 "$dir/err" | sed 's/^/# /'
}

run PROG="$dir/args.c" ARGS='uno $dos  =3'
ends 0 'a program that ends: exit 0'
is "$(cat "$dir/out")" '<uno>
<$dos>
<=3>' 'its output, and nothing else; its arguments as they were typed'
has "$dir/err" '^Golondrina' 'what the kernel says is apart'
lacks "$dir/err" '^@' 'without the record'
run PROG="$dir/args.c" CPUS=4
ends 0 'four processors: exit 0'
cp "$dir/one.c" build/run.t.$$.c
run PROG=build/run.t.$$.c
rm -f build/run.t.$$.c
ends 0 'a path from the root: exit 0'
is "$(cat "$dir/out")" 'this is one' 'a path from the root: its output'

{ seq -f 'a line that is longer than the queue of the port: %g' 100; echo; } \
	> "$dir/lines"
input=$dir/lines
run PROG="$dir/echo.c"
input=
ends 0 'standard input: exit 0'
is "$(grep -c '^got a line that is longer .*port: [0-9]*$' "$dir/out")" 100 \
	'standard input: no line is lost'

run PROG="$dir/año/null.c"
ends 1 'a program that is killed: exit 1'
has "$dir/err" '^run: null was killed: Page Fault$' 'killed: why'
is "$(cat "$dir/out")" before 'killed: what it had printed'
run PROG="$dir/loop.c" BOUND=50
ends 3 'a program that does not end: exit 3'
has "$dir/err" '^vm: the bound has passed' 'does not end: said'
is "$(cat "$dir/out")" looping 'does not end: its output'
run PROG="$dir/huge.c"
ends 5 'the kernel panics: exit 5'
has "$dir/err" '^kernel panic at ' 'panic: its message'
run PROG="$dir/wrong.c"
ends 2 'a program with an error: exit 2'
has "$dir/err" "^$dir/wrong.c:4:[0-9]*: error: .*nothing" \
	"an error: gcc's message"
is "$(cat "$dir/out")" '' 'an error: no output'
echo 'int other(void);' > "$dir/empty.c"
run PROG="$dir/empty.c"
ends 2 'a program without umain: exit 2'
has "$dir/err" 'undefined reference to .umain' "without umain: ld's message"

# refused ARGUMENT ERE [ARGUMENT]
refused() {
	run "$1" $3
	ends 2 "$1: exit 2"
	has "$dir/err" "^run: $2" "$1: message"
}
for name in 'a b' 'a$b' ñ 'a"b' "a'b" 'a:b' 'a%b' 'a=b'; do
	cp "$dir/one.c" "$dir/$name.c"
	run PROG="$dir/$name.c"
	ends 2 "a file called $name: exit 2"
	has "$dir/err" '^run: PROG=.*: expected a file name of ASCII letters' \
		"a file called $name: message"
done
cp "$dir/one.c" "$dir/a b"
cp "$dir/one.c" "$dir/kernel.c"
cp "$dir/one.c" "$dir/.c"
long=$(printf '%064d' 0)
cp "$dir/one.c" "$dir/$long.c"
refused PROG= 'expected PROG=file.c'
refused PROG=nowhere.c 'PROG=nowhere.c: no such file'
refused PROG="$dir" '.*: not a file'
refused PROG=README.md '.*which ends in .c'
refused PROG="$dir/.c" '.*which ends in .c'
refused PROG="$dir/a b/one.c" '.*expected folders without spaces'
refused PROG="$dir/kernel.c" ".*kernel is a file of the kernel's"
refused PROG="$dir/$long.c" '.*64 characters; the kernel takes names of 63'
refused ARGS='say "x"' 'ARGS: a double quote' PROG="$dir/one.c"
refused ARGS=año 'ARGS: expected printable ASCII' PROG="$dir/one.c"
fits=$((511 - $(printf 'quiet prog=one args=""' | wc -c)))
run PROG="$dir/one.c" ARGS="$(printf "%0${fits}d" 0)"
ends 0 "$fits characters of arguments: exit 0"
refused ARGS="$(printf "%0$((fits + 1))d" 0)" \
	"ARGS: .* room for $fits characters, not $((fits + 1))" \
	PROG="$dir/one.c"
for bound in 0 x -1 1000000; do
	refused BOUND=$bound "BOUND=$bound: expected millions of ticks" \
		PROG="$dir/one.c"
done
early=$(ls chapters/[0-8][0-9]-*.nw | grep -v chapters/00- | head -n 1)
early=${early#chapters/}
early=${early%%-*}
if [ "chapters/$early" != "${1%%-*}" ]; then
	refused CH=$early "CH=$early: this kernel runs no programs yet" \
		PROG="$dir/one.c"
fi
refused NODES=2 '.*(no chapter has a kernel with a|has no) network' \
	"PROG=$dir/one.c CH=$(basename "${1%%-*}")"

# Two at once, three times
bad=0
for i in 1 2 3; do
	make run PROG="$dir/two.c" < /dev/null > "$dir/out2" 2> /dev/null &
	run PROG="$dir/one.c"
	wait $!
	[ "$?$status$(cat "$dir/out" "$dir/out2")" = '00this is one
this is two' ] || bad=$((bad + 1))
done
is $bad 0 'two at once: each has its own output'

# Interrupted while it runs
loops() {
	grep -q looping "$dir/out"
}
gone() {
	! kill -0 "-$leader" 2> /dev/null
}
for signal in INT TERM HUP; do
	: > "$dir/out"
	setsid env --default-signal=INT \
		sh -c 'echo $$ > "$0"; exec make run "$1"' \
		"$dir/leader" PROG="$dir/loop.c" < /dev/null \
		> "$dir/out" 2> "$dir/err" &
	wait_for 60 loops
	result $? "SIG$signal: the program runs"
	leader=$(cat "$dir/leader")
	case $signal in
	TERM)	kill -TERM "$leader" ;;		# make alone
	*)	kill -$signal "-$leader" ;;	# as a terminal does
	esac
	wait_for 10 gone
	result $? "SIG$signal: no process stays"
	is "$(ls "$TMPDIR")" '' "SIG$signal: no file stays"
done
flock -n chapters true
result $? 'the lock is free'
is "$(ls "$TMPDIR")" '' 'no file stays'
finish

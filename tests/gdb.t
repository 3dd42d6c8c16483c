#!/bin/sh
# make gdb, on the kernels of the first chapter, which has no pages, and of
# the last; and that no machine stays behind.

. tests/tap.sh

unset PROG CH CPUS MEM CMDLINE GDB GDBARGS MAKEFLAGS MAKELEVEL
TMPDIR=$dir/tmp
export TMPDIR
mkdir "$TMPDIR"

# gdb [argument of make]...: with the commands of standard input; file out
gdb() {
	cat > "$dir/commands"
	make gdb GDBARGS="-nx -batch -x '$dir/commands'" "$@" < /dev/null \
		> "$dir/out" 2>&1
	is $? 0 "make gdb $*: exit 0"
}

gdb CH=2 <<'E'
break kernel_main
continue
list kernel_main
backtrace
tbreak cmdline_get
continue
info args
watch com1.present
continue
p/x $cr0
E
has "$dir/out" '^Breakpoint 1, kernel_main \(\) at chapters/01-.*\.nw:[0-9]' \
	'chapter 2: stops at a name, on a line of the chapter'
has "$dir/out" '^[0-9]+	void kernel_main\(void\)$' \
	'chapter 2: list shows the chapter'
has "$dir/out" '^#1 .* at chapters/01-.*\.nw:[0-9]' 'chapter 2: the stack'
has "$dir/out" '^name = 0xf.* "quiet"' 'chapter 2: memory'
has "$dir/out" '^New value = true' 'chapter 2: a watchpoint'
has "$dir/out" '^\$1 = 0x[0-7]' 'chapter 2: all that without pages'

last=$(ls chapters/[0-8][0-9]-*.nw | tail -n 1)
last=${last#chapters/}
last=${last%%-*}
programs=build/tree/$last/user
gdb <<'E'
break kernel_main
continue
list kernel_main
backtrace
E
has "$dir/out" '^Breakpoint 1, kernel_main \(\) at chapters/.*\.nw:[0-9]' \
	'the last chapter: stops at a name'
has "$dir/out" '^[0-9]+	void kernel_main\(void\)$' \
	'the last chapter: list shows a chapter'
has "$dir/out" '^#1 .* at chapters/' 'the last chapter: the stack'
[ -f "build/run/$last/gdb.console" ]
result $? 'the last chapter: the console is a file'
if [ -f "$programs/hello.c" ]; then
	gdb PROG=hello <<-'E'
	break umain
	continue
	backtrace
	list umain
	break cons_putc
	continue
	backtrace
	E
	has "$dir/out" '^Breakpoint 1, umain \(argc=1, .* at chapters/' \
		'a program: stops at umain'
	has "$dir/out" '^#1 .* libmain \(.* at chapters/' 'a program: the stack'
	has "$dir/out" 'cprintf\("hello, world' 'a program: list'
	has "$dir/out" '^#1 .* (put_user|sys_cputs|sys_write) ' \
		'a program: and the kernel below it'
else
	result 0 'a program # SKIP the last chapter has no programs yet'
fi
make gdb PROG=nowhere < /dev/null > "$dir/out" 2>&1
is $? 2 'an unknown program: exit 2'
has "$dir/out" '^gdb: PROG=nowhere: ' 'an unknown program: message'
wait_for 5 none "$TMPDIR"
result $? 'gdb has ended: no machine stays'
is "$(ls "$TMPDIR")" '' 'gdb has ended: no file stays'

# Interrupted while gdb waits for a command, and the machine for gdb
gone() {
	! kill -0 "-$leader" 2> /dev/null
}
at_prompt() {
	grep -q '^ready' "$dir/out"
}
mkfifo "$dir/typed"
exec 3<> "$dir/typed"
for signal in INT TERM HUP; do
	: > "$dir/out"
	setsid env --default-signal=INT sh -c 'echo $$ > "$0"
		exec make gdb GDBARGS="-nx -ex \"echo ready\\n\""' \
		"$dir/leader" < "$dir/typed" 3<&- > "$dir/out" 2>&1 &
	wait_for 60 at_prompt
	result $? "SIG$signal: gdb is ready" || sed 's/^/# /' "$dir/out"
	leader=$(cat "$dir/leader")
	case $signal in
	TERM)	kill -TERM "$leader" ;;		# make alone
	*)	kill -$signal "-$leader" ;;	# as a terminal does
	esac
	wait_for 10 gone
	result $? "SIG$signal: no process stays"
	wait_for 10 none "$TMPDIR"
	result $? "SIG$signal: no machine stays"
	is "$(ls "$TMPDIR")" '' "SIG$signal: no file stays"
done
finish

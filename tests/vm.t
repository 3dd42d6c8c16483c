#!/bin/sh
# machine/vm: how a machine ends, what is kept of it, and that nothing stays
# behind. The guest is a boot sector of its own (tests/guest.S).

. tests/tap.sh
. tests/guest.sh

vm=$PWD/build/bin/vm
TMPDIR=$dir/tmp
export TMPDIR
mkdir "$TMPDIR"
guest "$dir/image" || exit 1

# run WORDS [vm option]...: status in $status, files console, record, err
run() {
	words=$1
	shift
	"$vm" -q -m 32 -o "$dir/console" -r "$dir/record" -a "$words" "$@" \
		"$dir/image" < /dev/null > "$dir/out" 2> "$dir/err"
	status=$?
}

# refused ERE WHAT: the last run was, with a message
refused() {
	is $status 2 "$2: exit 2"
	has "$dir/err" "$1" "$2: message"
}

# The ways to end, in both emulators
for machine in 'bochs 1' 'bochs 4' 'bochs 8' 'qemu 1' 'qemu 4'; do
	set -- $machine
	run power -e "$1" -c "$2" -b 1000
	is $status 0 "$machine: power off"
	is "$(cat "$dir/console")" 'hello power
bye' "$machine: console, without carriage returns"
	is "$(cat "$dir/record")" @boot "$machine: record"
	is "$(cat "$dir/out" "$dir/err")" '' "$machine: -q is quiet"
done
for machine in 'bochs 1' 'bochs 4' 'qemu 2'; do
	set -- $machine
	run triple -e "$1" -c "$2" -b 1000
	is $status 4 "$machine: triple fault"
	has "$dir/err" '^vm: triple fault$' "$machine: triple fault: said"
	has "$dir/err" 'EIP=00007c' "$machine: triple fault: registers"

	for way in loop halt idle write; do
		run $way -e "$1" -c "$2" -b 20
		is $status 3 "$machine: $way: the bound passes"
		has "$dir/err" '^vm: the bound has passed' \
			"$machine: $way: said"
		has "$dir/err" "^(hello $way|12345678)$" \
			"$machine: $way: end of console"
		# an idle guest may be in the BIOS, which its clock wakes
		case $way in
		idle)	where=[0-9a-f]{4} ;;
		*)	where=7c ;;
		esac
		has "$dir/err" "[re]ip(: 00000000_0000|=0000)$where|EIP=0000$where" \
			"$machine: $way: registers"
	done
done
# A guest that Bochs logs a line about at each instruction: mov to %cs, and
# again. There is an end to the log, and with it to the machine.
cp "$dir/image" "$dir/image.good"
printf '\216\370\353\374' | dd of="$dir/image" conv=notrunc status=none
for cpus in 1 4; do
	run power -c $cpus -b 1000000
	is $status 4 "a log without end, $cpus CPUs: exit 4"
	has "$dir/err" '^vm: the emulator died: its log is full$' \
		"a log without end, $cpus CPUs: said"
	has "$dir/err" "can't use this segment register" \
		"a log without end, $cpus CPUs: its tail"
done
is "$(ls "$TMPDIR")" '' 'a log without end: no file stays'
mv "$dir/image.good" "$dir/image"

# A window, where there is an X server to be had
if command -v xvfb-run > /dev/null &&
	[ -e /usr/lib/x86_64-linux-gnu/bochs/plugins/libbx_x_gui.so ]; then
	xvfb-run -a "$vm" -g x -q -m 32 -o "$dir/console" -a power \
		"$dir/image" < /dev/null > "$dir/out" 2> "$dir/err"
	is $? 0 'a window: power off'
fi

run idle -c 8 -b 30
is $status 3 'eight idle CPUs: the bound passes'
ticks=$(sed -n 's/^vm: the bound has passed: \([0-9]*\) ticks/\1/p' "$dir/err")
[ "${ticks:-0}" -ge 30000000 ]
result $? "the bound is in ticks, not in time: $ticks"
has "$dir/err" '^ \| STACK' 'the stack is shown'

# Nothing lost
for machine in bochs qemu; do
	run many -e $machine -c 1 -b 1000
	is $status 0 "$machine: 100,000 characters: power off"
	is "$(grep -c '^12345678$' "$dir/console")" 10000 \
		"$machine: all are in the console"
	is "$(tail -n 1 "$dir/console")" bye "$machine: the last line too"

	printf 'abcq\n' | "$vm" -e $machine -c 1 -b 2000 -w 'hello echo' \
		-a echo "$dir/image" > "$dir/out" 2> "$dir/err"
	is "$(cat "$dir/out")" 'hello echo
abcbye' "$machine: input reaches the guest"
done
# Two prompts in "hello echo", and a third when the guest echoes an o
printf 'x\no\nq\n' | "$vm" -c 1 -b 2000 -w o -a echo "$dir/image" \
	> "$dir/out" 2> "$dir/err"
is "$(tr '\n' ' ' < "$dir/out")" 'hello echo x o bye ' \
	'-w: a line for each prompt'
head -c 5000 /dev/zero | "$vm" -q -c 1 -b 1000 -a some -o "$dir/console" \
	"$dir/image" 2> "$dir/err"
is "$(grep -c '^12345678$' "$dir/console")" 1000 \
	'input that the guest does not read costs no output'

# The bound and the end of the guest close together: one of both, and whole
bad=0
for bound in 4 5 6 7 8 9 10 11 12 13 14 15; do
	run some -c 1 -b $bound
	case $status:$(tail -n 1 "$dir/console") in
	0:bye | 3:*)	;;
	*)		bad="$bound ($status)" ;;
	esac
done
is "$bad" 0 'bounds near the end of the guest: power off or bound, no third'

# What the reader asks for
run power -b 0 -i 5000000
is $status 0 '-b 0 is no bound, -i is taken'
run power -x 'memory: guest=64, host=64'
is $status 0 '-x is taken'
run power -x 'nonsense: yes'
is $status 4 'an emulator that does not start: exit 4'
has "$dir/err" nonsense '…and its message is shown'
run power -c 0
refused "^vm: -c is '0'; expected a number from 1 to 8" '-c 0'
run power -c 9
refused "^vm: -c is '9'; expected" '-c 9'
run power -m x
refused "^vm: -m is 'x'; expected" '-m x'
run power -e vmware
refused "^vm: -e is 'vmware'; expected bochs or qemu" '-e vmware'
run power -f nowhere
refused '^vm: nowhere: .*expected' 'no bochsrc'
run "$(printf '%600s' '')"
refused '^vm: -a: 600 characters; at most 511' 'a long command line'
"$vm" -q "$dir/nothing" 2> "$dir/err"
is $? 2 'no image: exit 2'
has "$dir/err" 'nothing: No such file' 'no image: message'
head -c 1000 /dev/zero > "$dir/odd"
"$vm" -q "$dir/odd" 2> "$dir/err"
is $? 2 'an image of 1,000 bytes: exit 2'
"$vm" 2> "$dir/err"
is $? 2 'no arguments: exit 2'
has "$dir/err" '^usage: vm' 'no arguments: usage'
PATH=/nowhere "$vm" -q "$dir/image" 2> "$dir/err"
is $? 2 'no emulator: exit 2'
has "$dir/err" 'vm: cannot run bochs: No such file' 'no emulator: message'
is "$(od -An -c -j 512 -N 4 "$dir/image" | tr -d ' ')" '\0\0\0\0' \
	'the image is never written'

# A machine that idles, in $pid
begin() {
	: > "$dir/console"
	"$vm" -q -c 1 -o "$dir/console" -a idle "$dir/image" < /dev/null &
	pid=$!
	wait_for 20 grep -q idle "$dir/console"
}

# The screen's port is for one: not even one that is bound and does not listen
# yet, as that of another that starts, is taken.
cat > "$dir/hold" << 'EOF'
use Socket;
socket(my $s, PF_INET, SOCK_STREAM, 0) or die;
setsockopt($s, SOL_SOCKET, SO_REUSEADDR, 1) or die;
for my $port (5900 .. 5949) {
	next unless bind($s, sockaddr_in($port, INADDR_ANY));
	syswrite STDOUT, sprintf("%04X\n", $port);
	sleep 60;
}
die 'no port';
EOF
perl "$dir/hold" > "$dir/port" &
holder=$!
wait_for 20 test -s "$dir/port" && begin
result $? 'a port that another has: it starts'
lacks /proc/net/tcp "^ *[0-9]+: 0{8}:$(cat "$dir/port") 0{8}:0{4} 0A " \
	'a port that another has: it takes the next one'
kill $holder $pid
wait $holder $pid 2> /dev/null
wait_for 5 none "$TMPDIR"
result $? 'a port that another has: no process stays'

# Signals: nothing stays, and the status says which
for signal in INT TERM HUP; do
	begin
	kill -$signal $pid
	wait $pid 2> /dev/null
	is "$(kill -l $?)" $signal "SIG$signal: the status says so"
	is "$(ls "$TMPDIR")" '' "SIG$signal: no file stays"
	wait_for 5 none "$TMPDIR"
	result $? "SIG$signal: no process stays"
done
begin
kill -KILL $pid
wait $pid 2> /dev/null
wait_for 5 none "$TMPDIR"
result $? 'SIGKILL: no process stays'
rm -rf "$TMPDIR"/*

# The one who started it dies: so does the machine
: > "$dir/console"
sh -c '"$1" -q -c 1 -o "$2/console" -a idle "$2/image" < /dev/null &
	wait' sh "$vm" "$dir" &
pid=$!
wait_for 20 grep -q idle "$dir/console"
kill -KILL $pid
wait $pid 2> /dev/null
wait_for 5 none "$TMPDIR"
result $? 'the parent dies: no process stays'
wait_for 5 rmdir "$TMPDIR" 2> /dev/null
result $? 'the parent dies: no file stays'
mkdir -p "$TMPDIR"

# On a terminal: raw while it runs, and as before at the end
terminal() {
	{ wait_for 20 grep -q 'hello echo' "$dir/out"; sleep 0.3
	  printf "$1"; sleep 1; printf "$2"; sleep 1; } |
	script -qec "stty -a > '$dir/before'
		'$vm' -c 1 -a echo '$dir/image'; echo status \$?
		stty -a > '$dir/after'" /dev/null > "$dir/out"
}
: > "$dir/out"
terminal 'ab\001\001c\003' '\001x'
has "$dir/out" '^vm: Ctrl-A x ends' 'terminal: the first line says how to quit'
has "$dir/out" 'status 130' 'terminal: Ctrl-A x: exit 130'
has "$dir/out" "$(printf '^ab\001c\003')" \
	'terminal: control keys go to the guest'
cmp -s "$dir/before" "$dir/after"
result $? 'terminal: restored'
is "$(ls "$TMPDIR")" '' 'no file stays'
finish

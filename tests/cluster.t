#!/bin/sh
# machine/cluster: the consoles of several machines, the wires between them,
# what the hub does wrong when it is told to, how a cluster ends, and that
# nothing stays behind. Most nodes are not machines (tests/node.pl); the
# machines are boot sectors (tests/guest.S), and those of the kernel, if there
# is one that has a network.

. tests/tap.sh
. tests/guest.sh

cluster=$PWD/build/bin/cluster
node=$PWD/tests/node.pl
TMPDIR=$dir/tmp
export TMPDIR
mkdir "$TMPDIR"
guest "$dir/image" || exit 1
unset VM

# run N WORDS [option]...: N machines; status in $status, files out, err and
# those of cluster -o "$dir/run"
run() {
	nodes=$1
	words=$2
	shift 2
	rm -f "$dir"/run.*
	"$cluster" -n "$nodes" -m 32 -a "$words" -o "$dir/run" "$@" \
		"$dir/image" < "${input:-/dev/null}" > "$dir/out" 2> "$dir/err"
	status=$?
}

# fake N WORDS [option]...: the same, of nodes that are no machines
fake() {
	VM=$node run "$@"
}

# heard NODE: the numbers of the frames of data that it got
heard() {
	sed -n "s/^ *$1| from [0-9]* seq \([0-9]*\) .*/\1/p" \
		"$dir/run.console" | tr '\n' ' '
}

clean() {
	is "$(ls "$TMPDIR")" '' "$1: no file stays"
	wait_for 5 none "$dir/image"
	result $? "$1: no machine stays"
}

# Consoles: whole lines, with the number of the node
printf 'one\n2| two\n3|three\n9| nobody\nlast' > "$dir/input"
input=$dir/input
fake 3 text -w hub
input=
is $status 0 'all nodes end with 0: exit 0'
for n in 1 2 3; do
	has "$dir/out" "^$n\\| hello from $n$" "node $n: a line"
done
has "$dir/out" '^[123]\| a piece$' 'a piece of a line is shown when it waited'
has "$dir/out" '^[123]\|  and its end$' '…and its end later'
is "$(grep 'got' "$dir/out" | sort | tr '\n' ' ')" \
	'1| 1 got last 1| 1 got one 2| 2 got two 3| 3 got three ' \
	'input: to node 1, or to that of its number'
cmp -s "$dir/out" "$dir/run.console"
result $? 'the merged console is what was shown'
is "$(cat "$dir/err")" '' 'and nothing more'
fake 2 text -q
is "$(cat "$dir/out" "$dir/err")" '' '-q is quiet'
has "$dir/run.console" '^2\| hello from 2$' '…and the consoles are kept'
fake 2 text -1
is "$(cat "$dir/out")" 'hello from 1
a piece and its end' '-1: the console of node 1, as it is'

# Who gets what
for wire in hub bxhub; do
	fake 3 'data=1,2,7,3 data=3,255,9,2' -w $wire
	is $status 0 "$wire: exit 0"
	is "$(grep -c '^2| from 1 seq . type 7 for me' "$dir/out")" 3 \
		"$wire: frames to node 2"
	lacks "$dir/out" '^3\| from 1' "$wire: …and to nobody else"
	is "$(grep -c '^[12]| from 3 seq . type 9 for all' "$dir/out")" 4 \
		"$wire: frames to all"
	lacks "$dir/out" '^3\| from 3' "$wire: …but who sent them"
done
fake 3 'data=1,30,7,2' -w hub -l "$dir/log"
has "$dir/log" '^ +[0-9]+    1  3 DATA      7          2 .* delivered$' \
	'a frame to nobody known goes to all: log'
fake 16 'data=1,17,7,1' -w hub
is $status 0 'sixteen nodes: exit 0'
has "$dir/out" '^17\| from 1 seq 1 type 7 for me' \
	'sixteen nodes: the last is 17'
lacks "$dir/out" '^15\|' 'sixteen nodes: there is no 15'

# Chance
fake 2 'data=1,2,7,100' -F 'loss=30 seed=7'
first=$(heard 2)
lost=$((100 - $(echo $first | wc -w)))
[ $lost -ge 15 ] && [ $lost -le 45 ]
result $? "loss=30: $lost of 100"
fake 2 'data=1,2,7,100' -F 'loss=30 seed=7'
is "$(heard 2)" "$first" 'the same seed: the same frames'
fake 2 'data=1,2,7,100' -F 'loss=30 seed=8'
[ "$(heard 2)" != "$first" ]
result $? 'another seed: others'
fake 2 'data=1,2,7,5' -F 'loss=100'
is "$(heard 2)" '' 'loss=100: none'
fake 2 'data=1,2,7,3' -F 'dup=100'
is "$(heard 2)" '1 1 2 2 3 3 ' 'dup=100: all twice'
fake 2 'data=1,2,7,50' -F 'reorder=20 seed=3'
[ "$(heard 2)" != "$(seq -s ' ' 50) " ]
result $? 'reorder=20: not in their order'
is "$(echo $(heard 2 | tr ' ' '\n' | sort -n))" "$(seq -s ' ' 50)" \
	'reorder=20: all of them'
fake 2 'data=1,2,7,20' -F 'delay=100' -l "$dir/log"
is "$(heard 2 | wc -w)" 20 'delay=100: all of them'
has "$dir/log" ' DATA .* delayed [0-9]+ ms$' 'delay: log'
has "$dir/log" ' DATA .* late: delivered$' 'delay: log of its end'
fake 2 'data=1,2,7,50' -F 'damage=100' -l "$dir/log"
has "$dir/log" ' DATA .* delivered, damaged at [0-9]+$' 'damage: log'
[ "$(heard 2)" != "$(seq -s ' ' 50) " ]
result $? 'damage=100: bytes change'

# What is meant to go wrong
fake 2 'data=1,2,7,5 data=2,1,7,5' -F 'drop=8#1 drop=7#1'
is "$({ heard 1; heard 2; } | wc -w)" 9 'drop: one frame is lost'
fake 2 'again=2 data=1,2,7,4' -F 'drop=7#3'
is "$(heard 2)" '1 1 2 2 3 4 4 ' \
	'drop: once; frames that are sent again do not count'
fake 2 'data=1,2,7,4' -F 'kill=2@7#3' -l "$dir/log"
is $status 0 'kill: exit 0'
is "$(heard 2)" '1 2 ' 'kill: before the frame'
has "$dir/err" '^cluster: node 2 is killed: frame 3 of type 7 was on its' \
	'kill: said'
has "$dir/run.console" '^cluster: node 2 is killed' 'kill: in the console too'
has "$dir/log" ' DATA      7          3 .* dropped$' 'kill: log'
fake 2 'data=1,2,7,4' -F 'kill=1@7#3:after'
is "$(heard 2)" '1 2 3 ' 'kill after: the sender, when it has sent'
fake 2 'data=1,2,7,200' -F 'kill=2@7#3:50'
[ "$(heard 2 | wc -w)" -ge 3 ] && [ "$(heard 2 | wc -w)" -lt 150 ]
result $? 'kill 50 ms later: the receiver has got it'
fake 3 'data=1,2,7,4' -F 'kill=3@7#1'
is "$(heard 2)" '1 2 3 4 ' 'kill a third one: the frame goes on'
fake 3 'data=1,3,7,4 data=1,2,7,4' -F 'kill=2@own7#3'
is "$(heard 2)/$(heard 3)" '1 2 /1 2 3 4 ' \
	'kill own: those of other nodes do not count'
fake 2 'data=1,2,7,4' -F 'cut=2@7#3:0'
is "$(heard 2)" '1 2 ' 'cut for ever'
fake 2 'data=1,2,7,300' -F 'cut=2@7#3:100'
is "$(heard 2 | sed 's/ .* \(.*\) $/ \1/')" '1 300' \
	'cut for 100 ms: it comes back'
n=$(heard 2 | wc -w)
[ "$n" -gt 10 ] && [ "$n" -lt 290 ]
result $? "cut for 100 ms: $n of 300 frames passed"
printf '# frames\nffffffffffff 010203040506 1234 aabb\n\n' > "$dir/frames"
echo '000000000000 010203040506 1234' >> "$dir/frames"
fake 2 quiet -F "inject=$dir/frames"
is "$(grep -c '| other ffffffffffff0102030405061234aabb$' "$dir/out")" 2 \
	'inject: a frame for all'
has "$dir/out" '^2\| other b0c4200000020102030405061234$' \
	'inject: a frame for each'

# Several machines, several wires
for wire in bxhub hub; do
	run 3 power -w $wire -b 1000
	is $status 0 "machines, $wire: power off"
	is "$(sort "$dir/out")" '1| bye
1| hello power nodes=3
2| bye
2| hello power nodes=3
3| bye
3| hello power nodes=3' "machines, $wire: consoles"
	is "$(cat "$dir/run.2.console")" 'hello power nodes=3
bye' "machines, $wire: a console as it was"
	is "$(cat "$dir/run.3.record")" @boot "machines, $wire: a record"
	clean "machines, $wire"
done
run 2 power -e qemu -b 1000
is $status 0 'QEMU: power off'
if command -v vde_switch > /dev/null; then
	for emulator in bochs qemu; do
		run 2 power -w vde -e $emulator -b 1000
		is $status 0 "machines, vde, $emulator: power off"
		clean "vde, $emulator"
	done
	vde_switch -hub -s "$dir/switch" -d -p "$dir/pid" &&
	run 4 power -k 3-4 -w "vde:$dir/switch" -b 1000
	is $status 0 'a switch that somebody has: power off'
	is "$(cut -c 1-7 "$dir/out" | sort | tr '\n' ' ')" \
		'3| bye 3| hell 4| bye 4| hell ' '-k: some of the nodes'
	kill "$(cat "$dir/pid")"
fi
run 5 power -w bxhub -b 1000
is $status 0 'five machines on bxhub, its most: power off'
run 3 power -w hub -c 4 -b 1000
is $status 0 'three machines of four CPUs: power off'

# The worst of how they end
run 2 triple -b 1000
is $status 4 'triple fault: exit 4'
has "$dir/err" '^2\| vm: triple fault$' 'triple fault: said of each'
run 2 loop -b 20
is $status 3 'the bound passes: exit 3'
fake 3 'status=2,3 status=3,4'
is $status 3 'one node ends with 3: exit 3'
fake 2 'status=2,7'
is $status 4 'one node ends in its own way: exit 4'
fake 3 'status=2,130 stay'
is $status 130 'one node is quit: so are the others: exit 130'

# What cannot be
# refused ERE WHAT [option]...
refused() {
	ere=$1
	what=$2
	shift 2
	"$cluster" "$@" "$dir/image" > /dev/null 2> "$dir/err" < /dev/null
	is $? 2 "$what: exit 2"
	has "$dir/err" "$ere" "$what: message"
}
refused '^cluster: -n: expected how many' 'no -n'
refused "^cluster: -n is '1'; expected a number from 2 to 16" '-n 1' -n 1
refused '^cluster: -n .*bxhub has 2 to 5 ports' '-n 6' -n 6
refused "^cluster: -w is 'x'; expected" '-w x' -n 2 -w x
refused '^cluster: faults .*expected -w hub' 'faults and bxhub' -n 2 \
	-w bxhub -F loss=1
refused '^cluster: -k: expected -w vde' '-k without vde' -n 4 -k 3-4
refused '^cluster: .*nowhere.*expected the folder of a vde_switch' \
	'no switch' -n 2 -w vde:/nowhere
refused '^cluster: -a: 503 characters; at most 502' 'a long command line' \
	-n 2 -a "$(printf '%0503d' 0)"
echo 'ff f' > "$dir/frames"
for fault in "inject=$dir/frames" loss=101 loss= nonsense kill=2 kill=3@7#1 \
	kill=1@7#0 kill=1@7#1:x cut=1@7#1 drop=7 drop=65536#1 inject=/nowhere; do
	refused '^cluster: .*(expected|No such file)' "$fault" -n 2 \
		-F "$fault"
done
PATH=/nowhere "$cluster" -n 2 "$dir/image" 2> "$dir/err"
is $? 2 'no bxhub: exit 2'
has "$dir/err" '^cluster: the wire did not start: bxhub' 'no bxhub: message'
clean 'what cannot be'

# Four at once: each has ports of its own
for i in 1 2 3 4; do
	VM=$node "$cluster" -n 3 -w "$([ $i = 4 ] && echo bxhub || echo hub)" \
		-a "data=1,2,$i,3" "$dir/image" < /dev/null > "$dir/out$i" &
	eval "p$i=\$!"
done
bad=0
for i in 1 2 3 4; do
	eval "wait \$p$i" || bad="$bad status-$i"
	[ "$(grep -c "type $i" "$dir/out$i")" = 3 ] &&
		[ "$(wc -l < "$dir/out$i")" = 3 ] || bad="$bad $i"
done
is "$bad" 0 'four at once: each on a wire of its own'

# Signals: nothing stays, and the status says which
idle() {
	[ "$(grep -c 'idle' "$dir/out")" = 3 ]
}
begin() {
	: > "$dir/out"
	"$cluster" -n 3 -m 32 -w "$1" -a 'idle' "$dir/image" < /dev/null \
		> "$dir/out" 2> "$dir/err" &
	pid=$!
	wait_for 30 idle
	children=$(cat /proc/$pid/task/$pid/children)
}
gone() {
	for p in $children; do
		! kill -0 "$p" 2> /dev/null || return 1
	done
}
no_child() {
	wait_for 5 gone
	result $? "$1: no process stays"
}
for signal in INT TERM HUP; do
	begin bxhub
	kill -$signal $pid
	wait $pid 2> /dev/null
	is "$(kill -l $?)" $signal "SIG$signal: the status says so"
	no_child "SIG$signal"
	clean "SIG$signal"
done
for wire in hub bxhub; do
	begin $wire
	kill -KILL $pid
	wait $pid 2> /dev/null
	no_child "SIGKILL, $wire"
	wait_for 5 none "$dir/image"
	result $? "SIGKILL, $wire: no emulator stays"
	rm -rf "$TMPDIR"/*
done
begin bxhub
kill -KILL ${children%% *}		# the first that was started
wait $pid 2> /dev/null
is $? 2 'the wire goes: exit 2'
has "$dir/err" '^cluster: the wire has gone' 'the wire goes: said'
no_child 'the wire goes'
clean 'the wire goes'

# A pane of tmux for each, and no cluster without a terminal
if command -v tmux > /dev/null; then
	panes() {
		{ sleep "$1"; printf "$2"; sleep 1; printf "$2"; sleep 1; } |
		TERM=xterm script -qec "stty rows 40 cols 100
			'$cluster' -n 2 -m 32 -t -w hub -o '$dir/run' \\
			-a $3 '$dir/image'; echo status \$?" /dev/null \
			> "$dir/out" 2>&1
	}
	panes 6 '\r' power
	has "$dir/out" 'status 0' 'tmux: all nodes power off: exit 0'
	is "$(tail -qn 1 "$dir"/run.[12].console "$dir"/run.[12].status |
		tr '\n' ' ')" 'bye bye 0 0 ' 'tmux: consoles and statuses'
	clean tmux
	panes 6 '\002d' idle
	has "$dir/out" 'status 130' 'tmux: leaving it ends the cluster'
	clean 'tmux, left'
fi
"$cluster" -n 2 -t "$dir/image" < /dev/null 2> "$dir/err"
is $? 2 '-t without a terminal: exit 2'

# The helpers of machine/check.sh
cat > "$dir/check" <<'E'
BOUND=200
cluster three 3 -m 32 -a power
powered_off
expect '^2\| hello power' one
record '^3\| @boot' two
node 2
powered_off
expect '^hello power' three
refuse '\|' four
record '^@boot' five
node all
expect '^3\| bye' six
cluster two 2 -w bxhub -m 32 -a triple
node 1
status_is 4 seven
cluster_typed echo 2 '2| xq\nq\n' -m 32 -a echo -p 'hello echo'
powered_off
node 2
expect '^xbye' eight
E
root=$PWD
(
	cd "$dir" && mkdir build machine && ln -s "$root/bochsrc" . || exit
	IMAGE=$dir/image CHECK=$dir/check VM=$root/build/bin/vm \
		CLUSTER=$cluster sh "$root/machine/check.sh" 99 1
) > "$dir/out"
lacks "$dir/out" '^not ok|^#' 'machine/check.sh: cluster and node'
is "$(tail -n 1 "$dir/out")" 1..11 'machine/check.sh: all of it'
[ -f "$dir/build/run/99/three.1.2.console" ]
result $? 'machine/check.sh: the console of a node stays'

# The kernel's own network
set -- $(grep -l '^<<net/nic\.h>>=' chapters/[0-8][0-9]-*.nw)
if [ $# -gt 0 ]; then
	unset PROG ARGS BOUND CH CPUS MEM NODES WIRE FAULTS
	unset MAKEFLAGS MAKELEVEL
	cat > "$dir/alone.c" <<-'E'
	#include "inc/lib.h"
	void umain(int argc, char **argv)
	{ USED(argc), USED(argv); cprintf("alone\n"); }
	E
	for faults in '' 'loss=10 seed=1'; do
		make run PROG="$dir/alone.c" NODES=3 FAULTS="$faults" \
			< /dev/null > "$dir/out" 2> "$dir/err"
		is $? 0 "make run NODES=3 FAULTS='$faults': exit 0" ||
			tail "$dir/err"
		is "$(cat "$dir/out")" alone 'what the program of node 1 says'
	done
	clean 'make run NODES=3'
fi
finish

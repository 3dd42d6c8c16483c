#!/bin/sh
# make bench: what machine/bench and machine/flights make of what the programs
# print and of the log of the hub, with machines that only pretend.

. tests/tap.sh

set -- $(grep -l '^<<user/benchfar\.c>>=' chapters/[0-8][0-9]-*.nw)
if [ $# -eq 0 ]; then
	echo '1..0 # SKIP no chapter has a kernel whose calls are forwarded yet'
	exit 0
fi
nn=${1#chapters/}
nn=${nn%%-*}

# What any program of the kernel prints
cat > "$dir/lines" <<'E'
null call: 11 instructions
yield: 12 instructions
upcall: 13 instructions
upcall and page: 14 instructions
page over a page: 1415 instructions
fork, 0 dirty: call 16, wait 17 instructions
fork, 256 dirty: call 18, wait 19 instructions
fork, 1024 dirty: call 20, wait 1234567 instructions
fault with its copy: 22 instructions
round trip, value: 23 instructions
round trip, page: 24 instructions
all of it: 100 thousand ticks
at home, getpid: 140 cycles, 0.00 frames, 0 bytes a call
away, getpid (local): 141 cycles, 0.04 frames, 4 bytes a call
without calls: 40000 thousand cycles at home, 40100 away
E
cat > "$dir/flights" <<'E'
forwarded call: 9876 instructions
flight: 0 pages more, 1250 instructions
flight: 16 pages more, 2050 instructions
flight: 64 pages more, 4450 instructions
flight: 256 pages more, 14050 instructions
E

# A log: trips of 5, 21, 69 and 261 pages, a frame that goes again and the
# acknowledgement that it brings, greetings, and 100 calls in a trip.
awk '
function frame(from, kind, type, bytes, what) {
	if (kind == "DATA" && what == "delivered")
		ack[from]++
	printf "%7d %4d %2d %-5s %5s %10d %10d %5d %s\n", ms++, from, 3 - from,
		kind, type, 0, kind == "ACK" ? ack[3 - from] : 0, bytes, what
	if (kind == "DATA" && what == "delivered" && ack[from] % 4 == 0)
		frame(3 - from, "ACK", "-", 0, "delivered")
}
function pages(from, type, n) {
	while (n-- > 0) {
		frame(from, "DATA", type, 1380, "delivered")
		frame(from, "DATA", type, 1380, "delivered")
		frame(from, "DATA", type, 1372, "delivered")
	}
}
function trip(n, calls) {
	frame(1, "DATA", 2, 28, "delivered")
	pages(1, 3, n)
	frame(1, "HELLO", "-", 424, "delivered")
	for (; calls > 0; calls--) {
		frame(2, "DATA", 18, 52, "delivered")
		frame(1, "DATA", 19, 68, "delivered")
	}
	pages(2, 16, n)
}
BEGIN {
	frame(1, "DATA", 1, 100, "delivered")
	trip(5, 100)
	trip(5, 1)
	trip(21, 1)
	frame(2, "DATA", 16, 1380, "delivered, again")
	frame(1, "ACK", "-", 0, "delivered")
	trip(69, 1)
	trip(261, 1)
}' > "$dir/log"

cat > "$dir/vm" <<E
#!/bin/sh
while getopts qc:b:a:o:r: c; do
	[ \$c != o ] || cp '$dir/lines' "\$OPTARG"
done
E
cat > "$dir/cluster" <<E
#!/bin/sh
while getopts qn:c:m:b:w:l:a:o: c; do
	case \$c in
	a)	words=\$OPTARG ;;
	l)	cp '$dir/log' "\$OPTARG" ;;
	o)	prefix=\$OPTARG ;;
	esac
done
echo "\$words" >> '$dir/words'
case \$words in
*prog=flights*)	cp '$dir/flights' "\$prefix.1.console" ;;
*)		cp '$dir/lines' "\$prefix.1.console" ;;
esac
E
cat > "$dir/build" <<'E'
#!/bin/sh
: > "${3#TO=}"
E
chmod +x "$dir/vm" "$dir/cluster" "$dir/build"

# bench CHAPTER: files out and err, and $status
bench() {
	VM=$dir/vm CLUSTER=$dir/cluster BUILD=$dir/build TMPDIR=$dir \
		sh machine/bench "$1" > "$dir/out" 2> "$dir/err"
	status=$?
}

bench "$nn"
is "$status" 0 'it ends well' || sed 's/^/# /' "$dir/err"
has "$dir/out" '^null system call +11 +463 +1,405 +< 200$' 'a row'
has "$dir/out" '^fork.exit.wait, 1024 +1,234,567 ' 'a number with commas'
has "$dir/out" '^ +8 +100 +1.00 ' 'the speed-ups'
is "$(cat "$dir/words")" 'quiet prog=flights args=calls
quiet prog=benchfar' 'two clusters'
has "$dir/out" '^null call at home, instructions +140 ' 'a call at home'
has "$dir/out" '^  away, local +141 +140$' 'a local one'
has "$dir/out" '^  away, forwarded, on both nodes +9,876 ' 'a forwarded one'
has "$dir/out" '^messages a forwarded call +2\.00 +2$' 'its messages'
has "$dir/out" '^  their bytes +200 ' 'its bytes'
has "$dir/out" '^computing away, .* 1\.0025 +< 1\.01$' 'without calls'
has "$dir/out" '^bytes a page, .* 1\.0454 +< 1\.05$' 'bytes a page'
has "$dir/out" '^frames a flight of n pages .* 3\.7[45][0-9] n +R2 1\.00000$' \
	'frames a page: three, and an acknowledgement for every four'
has "$dir/out" '^  its instructions, .* 1,000 \+ 50 n +R2 1\.00000$' \
	'instructions a page'
has "$dir/out" '^1 of [0-9]+ messages were sent again,' 'what went again'

sed -i 2i'flights: what a node was busy has gone back' "$dir/flights"
bench "$nn"
is "$status" 0 'a count that goes back is no end'
has "$dir/out" '^  its instructions, on both nodes +\? ' 'but no figure either'

: > "$dir/log"
bench "$nn"
is "$status" 1 'an empty log is one'
has "$dir/err" '^flights: .*flights\.frames: nothing there$' 'it is told'

rm "$dir/words"
bench 13
is "$status" 0 'a chapter without flights'
lacks "$dir/out" 'flight' 'has no such rows'
[ ! -e "$dir/words" ]
result $? 'and needs no cluster'
finish

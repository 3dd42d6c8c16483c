# The check of one checkpoint, as TAP:	sh machine/check.sh NN CPUS
#
# The chapter's own check.sh (a chunk) is read with these helpers at hand:
#
#	boot NAME [vm option]...
#				run the image until it ends; its console is
#				$RUN/NAME.$CPUS.console, and .record and .err
#				beside it; $status is vm's exit status
#	typed NAME 'lines' [vm option]...
#				the same, and types a line (they end in \n)
#				each time the prompt K> appears
#	cluster NAME NODES [cluster option]...
#				boot so many machines on one Ethernet (see
#				machine/cluster.c), whose wire is the hub that
#				can do wrong unless -w says another. What
#				follows is about all of them, each line with
#				its node's number before it ("2| hello"):
#				$RUN/NAME.$CPUS.console, .record, .err, and
#				.frames, the log of the hub
#	node N			what follows is about node N alone, its lines
#				as they were: $RUN/NAME.$CPUS.N.console and
#				.record; node all: about all again
#	cluster_typed NAME NODES 'lines' [cluster option]...
#				the same, and types lines ("2| help" to node
#				2) as typed does
#	powered_off		the last boot ended by itself
#	status_is N 'what'	…or with this status (see machine/vm.c); that
#				of a node that the faults killed is "killed"
#	expect 'ERE' 'what'	a line of its console matches
#	refuse 'ERE' 'what'	none does
#	record 'ERE' 'what'	a line of its record (COM2) matches
#	frames 'ERE' 'what'	a line of the log of its frames does
#	same FILE FILE 'what'	two files are equal
#
# From the root of the repository, after the image has been built.

LC_ALL=C
export LC_ALL
NN=$1
CPUS=$2
RUN=${RUN-build/run/$NN}
IMAGE=${IMAGE-build/obj/$NN/golondrina.img}
CHECK=${CHECK-build/tree/$NN/check.sh}
VM=${VM-build/bin/vm}
CLUSTER=${CLUSTER-build/bin/cluster}
BOUND=${BOUND:-1000}		# millions of ticks, unless boot is told -b

tests=0
failures=0
name=none
status=none
typed=				# what boot types

# comment FILE: its end, as TAP comments
comment() {
	[ -s "$1" ] || return 0
	echo "# $1:"
	tail -n 60 "$1" | tr -cd '\11\12\40-\176' | awk '{ print "#   " $0 }'
}

# result STATUS WHAT: one line of TAP. Returns STATUS.
result() {
	tests=$((tests + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $tests - $2"
	else
		echo "not ok $tests - $2"
		failures=$((failures + 1))
	fi
	return "$1"
}

# verdict STATUS WHAT [WANTED]: a result about the last boot, which is shown if
# bad
verdict() {
	result "$1" "$name: $2" && return
	[ -z "$3" ] || printf '# expected: %s\n' "$3"
	echo "# vm's exit status: $status"
	comment "$last.err"
	comment "$last.console"
}

boot() {
	name=$1
	shift
	last=$RUN/$name.$CPUS
	new=$last.new$$		# two checks at once do not mix their files
	printf %b "$typed" | "$VM" -q -c "$CPUS" -b "$BOUND" -w 'K> ' \
		-o "$new.console" -r "$new.record" "$@" "$IMAGE" \
		> /dev/null 2> "$new.err"
	status=$?
	for kind in console record err; do
		: >> "$new.$kind"
		mv -f "$new.$kind" "$last.$kind"
	done
}

typed() {
	boot_name=$1
	typed=$2
	shift 2
	boot "$boot_name" "$@"
	typed=
}

cluster() {
	name=$1
	shift
	last=$RUN/$name.$CPUS
	new=$last.new$$
	case " $* " in
	*' -w '*)	;;
	*)	set -- "$@" -w hub -l "$new.frames" ;;
	esac
	printf %b "$typed" | "$CLUSTER" -q -c "$CPUS" -b "$BOUND" -p 'K> ' \
		-o "$new" -n "$@" "$IMAGE" > /dev/null 2> "$new.err"
	status=$?
	keep_cluster
	all=$last
	all_name=$name
	all_status=$status
}

# The files of all nodes take their names, and their records are one more.
keep_cluster() (
	rm -f "$last".[0-9]*.*
	for record in "$new".*.record; do
		[ -f "$record" ] || continue
		n=${record%.record}
		sed "s/^/${n##*.}| /" "$record"
	done > "$new.record"
	for kind in console err frames; do
		: >> "$new.$kind"
	done
	for file in "$new".*; do
		mv -f "$file" "$last${file#"$new"}"
	done
)

cluster_typed() {
	cluster_name=$1
	cluster_nodes=$2
	typed=$3
	shift 3
	cluster "$cluster_name" "$cluster_nodes" "$@"
	typed=
}

node() {
	last=$all
	name=$all_name
	status=$all_status
	[ "$1" != all ] || return 0
	last=$all.$1
	name="$all_name, node $1"
	status=$(cat "$last.status" 2> /dev/null || echo none)
}

status_is() {
	[ "$status" = "$1" ]
	verdict $? "$2" "status $1"
}

powered_off() {
	status_is 0 'the machine powers off'
}

expect() {
	grep -aqE -e "$1" "$last.console"
	verdict $? "$2" "a line that matches $1"
}

refuse() {
	! grep -aqE -e "$1" "$last.console"
	verdict $? "$2" "no line that matches $1"
}

record() {
	grep -aqE -e "$1" "$last.record" || {
		verdict 1 "$2" "in the record, a line that matches $1"
		comment "$last.record"
		return
	}
	verdict 0 "$2"
}

frames() {
	grep -aqE -e "$1" "$all.frames" || {
		verdict 1 "$2" "among the frames, a line that matches $1"
		comment "$all.frames"
		return
	}
	verdict 0 "$2"
}

same() {
	cmp -s "$1" "$2"
	result $? "$3" && return
	diff -au "$1" "$2" | head -n 40 | sed 's/^/#   /'
}

if ! [ -f "$IMAGE" ] || ! [ -f "$CHECK" ]; then
	echo 1..1
	echo "not ok 1 - the image and the check of $NN"
	echo "# no $IMAGE or no $CHECK; expected a chapter to define them"
	exit 1
fi
mkdir -p "$RUN"
rm -f "$RUN/done-$CPUS"
trap 'rm -f "$RUN"/*.new$$.*' EXIT
trap 'exit 130' INT TERM HUP PIPE
. "$CHECK"
echo "1..$tests"
if [ "$tests" -eq 0 ]; then
	echo "# $CHECK tests nothing"
	exit 1
fi
[ "$failures" -eq 0 ] || exit 1
: > "$RUN/done-$CPUS"

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
#	powered_off		the last boot ended by itself
#	status_is N 'what'	…or with this status (see machine/vm.c)
#	expect 'ERE' 'what'	a line of its console matches
#	refuse 'ERE' 'what'	none does
#	record 'ERE' 'what'	a line of its record (COM2) matches
#	same FILE FILE 'what'	two files are equal
#
# From the root of the repository, after the image has been built.

LC_ALL=C
export LC_ALL
NN=$1
CPUS=$2
RUN=build/run/$NN
IMAGE=${IMAGE-build/obj/$NN/golondrina.img}
CHECK=${CHECK-build/tree/$NN/check.sh}
VM=${VM-build/bin/vm}
BOUND=1000			# millions of ticks, unless boot is told -b

tests=0
failures=0
name=none
status=none
typed=				# what boot types

# comment FILE: its end, as TAP comments
comment() {
	[ -s "$1" ] || return 0
	echo "# $1:"
	tail -n 60 "$1" | tr -cd '\11\12\40-\176' | sed 's/^/#   /'
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

# verdict STATUS WHAT: a result about the last boot, which is shown if bad
verdict() {
	result "$1" "$name: $2" && return
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

status_is() {
	[ "$status" = "$1" ]
	verdict $? "$2"
}

powered_off() {
	status_is 0 'the machine powers off'
}

expect() {
	grep -aqE -e "$1" "$last.console"
	verdict $? "$2"
}

refuse() {
	! grep -aqE -e "$1" "$last.console"
	verdict $? "$2"
}

record() {
	grep -aqE -e "$1" "$last.record" || {
		verdict 1 "$2"
		comment "$last.record"
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

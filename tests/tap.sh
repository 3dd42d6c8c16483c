# TAP for the tests in sh: read by them with  . tests/tap.sh, from the root of
# the repository. $dir is a scratch directory, removed at the end.

LC_ALL=C
export LC_ALL
tests=0
failures=0
dir=$(mktemp -d "${TMPDIR:-/tmp}/golondrina.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM HUP

# result STATUS WHAT
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

# is GOT EXPECTED WHAT
is() {
	[ "$1" = "$2" ]
	result $? "$3" || printf '%s\n' "got: $1" "expected: $2" | sed 's/^/# /'
}

# has FILE ERE WHAT: a line of FILE matches
has() {
	grep -aqE -e "$2" "$1"
	result $? "$3" || tail -n 30 "$1" | tr -cd '\11\12\40-\176' |
		sed 's/^/# /'
}

# lacks FILE ERE WHAT: no line of FILE matches
lacks() {
	! grep -aqE -e "$2" "$1"
	result $? "$3" || grep -aE -e "$2" "$1" | head -n 30 | sed 's/^/# /'
}

# wait_for SECONDS COMMAND...: until it succeeds
wait_for() {
	tenths=$(($1 * 10))
	shift
	while ! "$@"; do
		[ $((tenths -= 1)) -gt 0 ] || return 1
		sleep 0.1
	done
}

# processes TEXT: those whose command line has it, without this one
processes() {
	for p in /proc/[0-9]*; do	# some are gone by now
		tr '\0' ' ' 2> /dev/null < "$p/cmdline" | grep -qF -e "$1" &&
			echo "${p#/proc/}"
	done 2> /dev/null
}

# none TEXT: no such process
none() {
	[ -z "$(processes "$1")" ]
}

finish() {
	echo "1..$tests"
	[ "$failures" -eq 0 ]
	exit
}

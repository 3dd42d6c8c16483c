# tap.sh - what the tests of the loom share.  They run from the root of the
# repository (prove tangle/tests), each in a directory of its own.
#
# BIN=directory uses the programs of that directory; otherwise they are built.

set -u
LC_ALL=C
export LC_ALL
root=$(pwd)
tests=$root/tangle/tests
if [ -z "${BIN:-}" ]; then
	make -s -C tangle B=../build/bin >/dev/null || exit 1
	BIN=build/bin
fi
PATH=$(cd "$BIN" && pwd):/usr/lib/noweb:$PATH
export PATH
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
cd "$tmp" || exit 1
mkdir chapters
macros=$root/tangle/macros.txt
tests_run=0

# result STATUS WHAT [DETAIL]
result() {
	tests_run=$((tests_run + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $tests_run - $2"
	else
		echo "not ok $tests_run - $2"
		[ -z "${3:-}" ] || printf '%s\n' "$3" | sed 's/^/# /'
	fi
}

# is GOT EXPECTED WHAT
is() {
	if [ "$1" = "$2" ]; then
		result 0 "$3"
	else
		result 1 "$3" "got:
$1
expected:
$2"
	fi
}

# same FILE FILE WHAT: files or directories
same() {
	differences=$(diff -r "$1" "$2" 2>&1)
	result $? "$3" "$(printf '%s\n' "$differences" | head -n 20)"
}

# has TEXT REGEX WHAT
has() {
	if printf '%s\n' "$1" | grep -Eq -e "$2"; then
		result 0 "$3"
	else
		result 1 "$3" "got:
$1
expected a line like:
$2"
	fi
}

finish() {
	echo "1..$tests_run"
}

# chapter NAME <text: a new chapters/NAME.nw
chapter() {
	cat >"chapters/$1.nw"
}

# A new book.
no_chapters() {
	rm -rf chapters tree line
	mkdir chapters
}

stream() {
	set -- chapters/*.nw
	[ ! -f book.nw ] || set -- book.nw "$@"
	markup -t "$@" 2>markup.err
}

# tangle NN DIR [options of nwtangle]
tangle() {
	chapter_=$1 dir_=$2
	shift 2
	stream | nwchunks | nwcheckpoint -c "$chapter_" |
		nwtangle -o "$dir_" "$@"
}

# check PROGRAM WHAT: it finds nothing wrong and passes the stream through
passes() {
	stream >in
	sh -c "$1" <in >out 2>err
	if [ $? -eq 0 ] && [ ! -s err ] && cmp -s in out; then
		result 0 "$2"
	else
		result 1 "$2" "$(cat err; diff in out | head -20)"
	fi
}

# fails PROGRAM WHAT REGEX...: exit 1, @fatal last, and on stderr exactly one
# line for each REGEX, in that order
fails() {
	program_=$1 what_=$2
	shift 2
	stream | { sh -c "$program_" >out 2>err; echo $? >status; }
	why=
	[ "$(cat status)" = 1 ] || why="exit $(cat status), expected 1"
	tail -n 1 out | grep -q '^@fatal' || why="$why no @fatal"
	[ "$(wc -l <err)" -eq $# ] || why="$why expected $# errors"
	n_=0
	for regex_; do
		n_=$((n_ + 1))
		sed -n "${n_}p" err | grep -Eq -e "^$regex_" ||
			why="$why
expected on line $n_: $regex_"
	done
	if [ -z "$why" ]; then
		result 0 "$what_"
	else
		result 1 "$what_" "$why
$(cat err)"
	fi
}

# The hash of a text, told by nwaccept: what a chunk with that text has.
hash_of() {
	mkdir -p hash
	{ echo '<<x>>='; cat; } >hash/01-x.nw
	printf '<<!x>>=\ny\n' >hash/02-x.nw
	nwaccept hash/*.nw -n x | sed -n 's/.*-> =//p'
}

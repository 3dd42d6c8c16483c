#!/bin/sh
# machine/need, with a dpkg-query, an apt and a sudo that only take notes.

. tests/tap.sh

bin=$dir/bin
mkdir "$bin"
for tool in sh env sed grep sort cat rm; do
	ln -s "$(command -v $tool)" "$bin/$tool"
done

# fake NAME: its body is on standard input
fake() {
	{ echo '#!/bin/sh'; cat; } > "$bin/$1"
	chmod +x "$bin/$1"
}
export notes=$dir/notes have=$dir/have known=$dir/known uid
fake dpkg-query <<'E'
shift 3
for p; do grep -qx "$p" "$have" && echo "$p installed"; done
exit 1
E
fake apt-cache <<'E'
shift
for p; do grep -qx "$p" "$known" || exit 100; done
E
fake apt-get <<'E'
echo "apt-get $* ($DEBIAN_FRONTEND)" >> "$notes"
case "$*" in
*update) sort -u "$known" "$known.new" > "$known.x"; cat "$known.x" > "$known";;
*install*) [ ! -f "$notes.fail" ] || { rm "$notes.fail"; exit 100; } ;;
esac
E
fake id <<'E'
echo "$uid"
E
fake sudo.off <<'E'
echo sudo >> "$notes"
exec "$@"
E

# need SET...: status in $status, what it said in out
need() {
	: > "$notes"
	PATH=$bin "$bin/sh" machine/need "$@" > "$dir/out" 2>&1
	status=$?
}
count() {
	grep -c -e "$1" "$notes"
}
installed() {
	printf '%s\n' "$@" > "$have"
}
fetched() {
	printf '%s\n' "$@" > "$known"
}
: > "$known.new"
unset DEPS
uid=0

installed noweb gcc libc6-dev make
fetched binutils
need tangle
is $status 0 'nothing missing: exit 0'
is "$(cat "$dir/out" "$notes")" '' 'nothing missing: not a word, no apt'

DEPS=no need tangle kernel
is $status 1 'DEPS=no: fails'
has "$dir/out" 'missing packages: binutils$' 'DEPS=no: names what is missing'
has "$dir/out" 'apt-get install --no-install-recommends binutils$' \
	'DEPS=no: names the command'
is "$(cat "$notes")" '' 'DEPS=no: does not install'

need tangle kernel
is $status 0 'root: installs'
has "$notes" 'install -y --no-install-recommends binutils \(noninteractive\)' \
	'root: apt-get without recommended packages, without questions'
is "$(count update)" 0 'a known package: no update'
is "$(count sudo)" 0 'root: no sudo'
lacks "$notes" 'gcc|noweb' 'only what is missing'

installed make
fetched noweb gcc
printf 'libc6-dev\n' > "$known.new"
need tangle
is $status 0 'an unknown package: installs'
is "$(sed -n 's/.* \(update\|install\) .*/\1/p' "$notes" | tr '\n' ' ')" \
	'update install ' 'an unknown package: update comes first'
has "$notes" 'recommends gcc libc6-dev noweb ' 'all at once'

: > "$notes.fail"
need tangle
is $status 0 'an install that fails: tried again'
is "$(sed -n 's/.* \(update\|install\) .*/\1/p' "$notes" | tr '\n' ' ')" \
	'install update install ' 'an install that fails: after an update'

uid=1000
need tangle
is $status 1 'neither root nor sudo: fails'
has "$dir/out" 'neither root nor sudo' 'neither root nor sudo: says so'
is "$(cat "$notes")" '' 'neither root nor sudo: no apt'
ln -s sudo.off "$bin/sudo"
need tangle
is $status 0 'not root: installs'
is "$(head -n 1 "$notes")" sudo 'not root: through sudo'
has "$notes" noninteractive 'not root: without questions'
uid=0

need tangle nonsense
is $status 2 'an unknown set: exit 2'
has "$dir/out" "no set 'nonsense'; expected tangle" 'an unknown set: named'
rm "$bin/dpkg-query"
need tangle
is $status 0 'not Debian: the reader sees to it'

installed none
fake dpkg-query < /dev/null
DEPS=no need tangle kernel bochs gui net vde tmux check config marks pdf
names=$(sed -n 's/.*missing packages: //p' "$dir/out")
[ "$(echo "$names" | wc -w)" -ge 20 ]
result $? 'all sets: a list of packages'
has "$dir/out" ' vde-switch ' 'all sets: the switch of VDE among them'
finish

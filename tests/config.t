#!/bin/sh
# The options of the kernel of the last chapter: make defconfig, the programs of
# kconfig-frontends and the kernel's own reading of .config, which agree; what
# cannot be chosen; and a kernel without CONFIG_MOSIX, built and booted.

. tests/tap.sh

if ! grep -q '^<<Kconfig>>=' chapters/[0-8][0-9]-*.nw; then
	echo '1..0 # SKIP no chapter has a kernel with options yet'
	exit 0
fi

# In a copy, so that the reader's options stay as they are
book=$dir/book
mkdir -p "$book/build"
cp -r Makefile machine tangle tests bochsrc book.nw chapters "$book"
cp -r build/bin "$book/build"
cd "$book" || exit 1
unset CH DEFCONFIG MAKEFLAGS MAKELEVEL
last=$(ls chapters/[0-8][0-9]-*.nw | tail -n 1)
last=${last#chapters/}
nn=${last%%-*}
own=.config-$nn
tree=build/tree/$nn

# decides FILE: what the kernel makes of it, as .config has it, in out
decides() {
	awk -v form=make -f "$tree/kern/config.awk" "$tree/Kconfig" "$1" \
		2> "$dir/err" > "$dir/out.make"
	status=$?
	sed 's/ = /=/' "$dir/out.make" | sort > "$dir/out"
}
# conf MODE: that of kconfig-conf, on $dir/config
conf() {
	KCONFIG_CONFIG=$dir/config kconfig-conf "$@" "$tree/Kconfig" \
		< /dev/null > "$dir/conf.out" 2>&1
}
# agree WHAT: the kernel takes $dir/config as it is
agree() {
	decides "$dir/config"
	is "$status$(cat "$dir/err")" 0 "$1: allowed"
	is "$(cat "$dir/out")" "$(grep '^CONFIG' "$dir/config" | sort)" \
		"$1: the same values"
}

make defconfig > "$dir/out" 2>&1
is $? 0 'make defconfig: exit 0' || sed 's/^/# /' "$dir/out"
cp "$own" "$dir/config"
agree 'make defconfig'
decides "$tree/defconfig"
cp "$dir/out" "$dir/saved"
decides "$own"
cmp -s "$dir/out" "$dir/saved"
result $? 'make defconfig: what the chapter saved'
make defconfig CH=1 > "$dir/out" 2>&1
is $? 2 'a chapter without options: exit 2'
has "$dir/out" '^config: CH=01: this kernel has no options yet; expected' \
	'a chapter without options: message'
make menuconfig < /dev/null > "$dir/out" 2>&1
is $? 2 'a menu without a terminal: exit 2'
has "$dir/out" '^config: menuconfig: no terminal' \
	'a menu without a terminal: message'

for mode in alldefconfig allnoconfig allyesconfig; do
	conf --$mode
	is $? 0 "$mode: exit 0" || sed 's/^/# /' "$dir/conf.out"
	agree "$mode"
done
# What can be chosen does something.
for option in $(sed -n 's/^\(CONFIG_[A-Za-z0-9_]*\)=.*/\1/p' "$dir/config"); do
	grep -rqw --exclude=Kconfig --exclude=defconfig --exclude=check.sh \
		"$option" "$tree"
	result $? "$option: something is made of it"
done
for seed in 1 2 3 4 5; do
	KCONFIG_SEED=$seed conf --randconfig
	agree "at random, $seed"
done

# What no chapter has made yet: option, its chapter, a value
awk '/^config/ { name = $2; value[name] = "y" }
	/^\trange/ { value[name] = $2 }
	/def_bool y/ { written[name] = 1 }
	/depends on CHAPTER_/ { sub(/CHAPTER_/, "", $3); chapter[name] = $3 }
	END { for (name in chapter)
		if (!("CHAPTER_" chapter[name] in written))
			print name, chapter[name], value[name] }' "$tree/Kconfig" |
	sort > "$dir/coming"
while read -r option chapter value; do
	printf 'CONFIG_MOSIX=y\nCONFIG_%s=%s\n' "$option" $value \
		> "$dir/config"
	decides "$dir/config"
	is "$status $(cat "$dir/err")" "1 $dir/config:2:\
 CONFIG_$option: comes with chapter $chapter" "CONFIG_$option is refused"
	conf --olddefconfig
	lacks "$dir/config" "^CONFIG_$option=" "…and dropped by olddefconfig"
done < "$dir/coming"

# refused 'LINES' 'MESSAGE': with the number of the line
refused() {
	printf "$1" > "$dir/config"
	decides "$dir/config"
	is "$status $(cat "$dir/err")" "1 $dir/config:$2" "refused: $2"
}
refused 'CONFIG_MOSIX=y\nCONFIG_NIDO=y\n' \
	'2: CONFIG_NIDO: Kconfig has no such option'
refused 'CONFIG_MOSIX=m\n' '1: CONFIG_MOSIX=m: expected y or n'
refused 'CONFIG_MOSIX=y\n\nCONFIG_MOSIX_DISCLOSURE=4\n' \
	'3: CONFIG_MOSIX_DISCLOSURE=4: expected 0 to 3'
refused 'CONFIG_MOSIX=y\n# CONFIG_MOSIX is not set\n' \
	'2: CONFIG_MOSIX: is on line 1 too'
refused 'MOSIX=y\n' '1: expected CONFIG_NAME=value'
refused 'CONFIG_MOSIX_FS=y\n' '1: CONFIG_MOSIX_FS: needs CONFIG_MOSIX'

# A kernel without CONFIG_MOSIX; its program says what is missing
echo '# CONFIG_MOSIX is not set' > "$own"
make bochs CPUS=1 CMDLINE='quiet prog=fly' < /dev/null > "$dir/out" 2>&1
is $? 0 'CONFIG_MOSIX=n: it boots and ends' || tail -n 20 "$dir/out" |
	sed 's/^/# /'
has "$dir/out" 'fly .*this kernel moves no processes \(CONFIG_MOSIX\)$' \
	'CONFIG_MOSIX=n: fly says so'
is "$(ls -d build/own/$nn/hpc build/obj 2> /dev/null)" '' \
	'CONFIG_MOSIX=n: built apart, and without hpc/'
nm build/own/$nn/kernel > "$dir/out"
lacks "$dir/out" ' (on_remote|remote_sys_call|home_request)$' \
	'CONFIG_MOSIX=n: nothing of it is in the kernel'

# Another answer: what depends on it is made again, and nothing without one
echo CONFIG_MOSIX=y > "$own"
make -C "build/line/$nn" O="$PWD/build/own/$nn" CONFIG="$PWD/$own" \
	> "$dir/out" 2>&1
is $? 0 'CONFIG_MOSIX=y: built in the same place' || tail "$dir/out"
has "$dir/out" '-c -o .*/hpc/home.o' 'CONFIG_MOSIX=y: with hpc/'
has "$dir/out" '-c -o .*/kern/entry.o' '…and with what asks for it'
lacks "$dir/out" '-c -o .*/(kern/console|lib/string).o' '…and no more'
printf '# the same\nCONFIG_MOSIX=y\n' > "$own"
make -C "build/line/$nn" O="$PWD/build/own/$nn" CONFIG="$PWD/$own" \
	> "$dir/out" 2>&1
lacks "$dir/out" '-c -o' 'the same answers: nothing is made again'
echo CONFIG_NIDO=y > "$own"
make bochs < /dev/null > "$dir/out" 2>&1
is $? 2 'an option that there is not: exit 2'
has "$dir/out" "/$own:1: CONFIG_NIDO: Kconfig has no such option" \
	'an option that there is not: its file and line'
finish

depth=$((NONCE % 20 + 3))
boot panic -a "test=lab lab=deep what=p depth=$depth"
powered_off
got=$(sed -n 's/^  ebp [0-9a-f]*  eip [0-9a-f]*  \([a-z_]*\)+0x.*/\1/p' \
	"$last.console" | tr '\n' ' ')
want=$(for i in $(seq $depth); do printf 'lab_dive '; done)
case $got in
"$want"*'run_test kernel_main start ')	true ;;
*)	false ;;
esac
verdict $? "a frame for each call, from the bottom to start" \
	"$want... run_test kernel_main start"

# spoilt NAME DELTA: a frame that names a caller so many bytes away
spoilt() {
	boot "$1" -a "test=lab lab=deep what=s depth=$depth \
n=$(($2 & 0xFFFFFFFF))"
	powered_off
	caller=$(sed -n 's/^lab: caller //p' "$last.console")
	expect "^  broken frame: caller ${caller:-none}\$" "a caller $3"
	refuse '^  ebp .* lab_deep' 'and nothing after it'
}

spoilt low -$((NONCE % 64 * 4)) 'that is not above'
spoilt odd $((NONCE % 16 * 4 + 30)) 'at no multiple of 4'
spoilt far $((8 * 4096 + NONCE * 4)) 'that is not on this stack'

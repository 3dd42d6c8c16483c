# vector N 'name': int N says that it is N
vector() {
	boot "int-$1" -a "test=lab lab=int n=$1"
	powered_off
	expect "^  trap $(printf 0x%08x "$1") $2\$" "vector $1"
	expect '^  err  0x00000000$' 'no error code'
	at=$(sed -n 's/^lab: back at //p' "$last.console")
	expect "^  eip  ${at:-none}" 'where it was'
	expect '^  cs   0x----0008$' 'in the kernel'
	expect "kernel panic at .*: $2 in the kernel\$" 'and the kernel stops'
}

case $((NONCE % 6)) in
0)	vector 0 'Divide error' ;;
1)	vector 4 'Overflow' ;;
2)	vector 6 'Invalid Opcode' ;;
3)	vector 7 'Device Not Available' ;;
4)	vector 16 'x87 FPU Floating-Point Error' ;;
5)	vector 19 'SIMD Floating-Point Exception' ;;
esac
vector $((NONCE % 113 + 32)) '\(unknown trap\)'
vector $((NONCE % 111 + 145)) '\(unknown trap\)'

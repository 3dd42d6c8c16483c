boot told -b 150 -a "quiet prog=labtest args=\"told $NONCE\""
powered_off
expect "^told: va $(printf %x $((0x40000000 + NONCE * 4))) err 6, \
the frame at eebfffcc, 0 wrong\$" 'where it was, and where the frame is'
expect "^told: edi $NONCE ebx $((NONCE * 5 + 4)) ecx $((NONCE * 7 + 6))\$" \
	"the program's registers"
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

n=$((0x5000000 + NONCE * 256))
typed registers 'regs\ncontinue\n' -a "test=lab lab=registers n=$n"
powered_off
i=0
for r in eax ebx ecx edx esi edi ebp; do
	expect "^  $r  $(printf 0x%08x $((n + i)))\$" "$r in the frame"
	i=$((i + 1))
done
expect '^  ds   0x----0023$' 'ds in the frame'
expect '^  es   0x----0023$' 'es in the frame'
expect '^  flag 0x[0-9a-f]{5}[4-7c-f][0-9a-f]{2}$' 'the flags in the frame'
expect '^lab: in the trap ds 10, es 10, df 0$' 'C finds what it needs'
expect '^lab: changed 0 0 0 0 0 0 0$' 'nothing has changed'
expect '^lab: orig_eax -1, df 1, segments 00230023$' 'neither has the rest'

# Without prog= or test= the machine ends at the monitor's prompt.
typed='poweroff\n'

boot boot
powered_off
expect '^Golondrina: ' 'the kernel greets'
expect '^kernel at 0xf0100000, [0-9]+ KB; memory: 130620 KB usable$' \
	'it knows where it is and how much memory there is'
record '^@boot memory_kb=130620$' 'its record begins'
record '^@poweroff$' 'and ends'

boot quiet -a 'quiet'
refuse 'Golondrina' 'quiet: nothing on the console'
record '^Golondrina: ' 'quiet: the same words on COM2'

boot printf -a 'test=printf'
grep '^\[' "$last.console" > "$last.lines"
cat > "$last.want" <<'END'
[-7] [   42] [42   ] [00042] [+42]
[4294967295] [10] [010] [010] [00000]
[beef] [BEEF] [0xbeef] [0XBEEF] [0000beef] [0xf0100000]
[-9223372036854775808] [18446744073709551615] [123456789abcdef]
[nido] [  nido] [nido  ] [ni] [  nido]
[g] [  g] [%] [005] [-1]
[golondr] [10]
END
same "$last.want" "$last.lines" 'cprintf formats as printf does'

bottom='kernel_on run_on'
boot panic -a 'test=panic'
powered_off
expect 'kernel panic at .*: test: fell from 3 meters$' 'panic says why'
line='  [0-9][0-9]-[a-z]+\.nw:[0-9]+$'	# of a chapter
for name_wanted in fall fly run_test $bottom; do
	expect "  $name_wanted\+0x[0-9a-f]+$line" "the trace has $name_wanted"
done
record '^@panic file=.* line=[0-9]+$' 'panic is in the record'

if [ "$CPUS" = 4 ]; then
	boot ocho -c 8
	powered_off
	boot qemu -e qemu
	powered_off
	expect '^Golondrina: ' 'the kernel greets in QEMU'
else
	boot memoria-1 -m 1 -b 60
	expect '^loader: too little memory for the kernel, end' \
		'one megabyte is too little'
fi

good=$IMAGE

damage()	# NAME BYTE 'bytes' MESSAGE
{
	IMAGE=$RUN/$1.$CPUS.img
	cp "$good" "$IMAGE"
	printf "$3" | dd of="$IMAGE" bs=1 seek="$2" conv=notrunc status=none
	boot "$1" -b 60
	expect "$4" "a damaged disk: $1"
	rm -f "$IMAGE"
}

if [ "$CPUS" = 1 ]; then
	damage sin-cargador 1028 'XXXX' '^boot: no loader in sector 2$'
	damage otra-firma 8192 'X' '^loader: bad ELF: magic 0x464C4558$'
	damage sin-final 8250 '\177' '^loader: cannot read the disk, sector'
fi
IMAGE=$good
boot memoria-16 -m 16
powered_off
expect '^memory: 4080 pages, 3[0-9]{3} free$' '16 MB in pages'
refuse 'left unused' 'all of 16 MB is used'
expect '^check: free list sound, 6 of 6 damages found$' 'the list'
expect '^check: 3[0-9]{3} pages taken and given back$' 'the allocator'
expect '^paging: on, with pages of 4 MB and 4 KB$' 'paging'
expect '^check: kernel map, 4080 pages, [0-9]+ of them read-only$' 'the map'
expect '^check: pages mapped, counted and unmapped$' 'page_insert'
expect '^check: device registers at 0xef8' 'mmio_map_region'
name=boot last=$RUN/boot.$CPUS	# the one that the book prints
expect '^check: device registers at ' 'every check'

boot memoria-1024 -m 1024
powered_off
expect '^memory: 819136 KB above 224 MB are left unused$' 'what is left'
expect '^memory: 57344 pages, ' '224 MB in pages'
expect '^check: device registers at ' 'every check'

boot memoria-4 -m 4
powered_off
expect 'kernel panic at .*: too little memory: ' 'too little memory'

boot texto -a test=text
powered_off
expect '^test: writing at 0xf0100000$' 'the test starts'
expect '^  trap 0x0000000e Page Fault$' 'it ends in a page fault'
expect '^  cr2  0xf0100000$' 'at the address that was written'
expect '^  err  0x00000003 \[kernel, write, protection\]$' 'by the kernel'
refuse '^test: written' 'the text of the kernel is read-only'

boot memoria-486 -e qemu -x -cpu -x 486,-pse
powered_off
expect '^paging: on, with pages of 4 KB$' 'no large pages'
expect '^check: device registers at ' 'every check without them'

line='  [0-9][0-9]-[a-z]+\.nw:[0-9]+$'	# of a chapter

boot divide -a test=divide
powered_off
refuse '^test: 0' 'gcc divides'
expect '^TRAP frame at 0x[ef][0-9a-f]+ from CPU 0$' 'the frame'
expect '^  trap 0x00000000 Divide error$' 'the exception'
expect '^  err  0x00000000$' 'which has no error code'
expect "^  eip  0xf[0-9a-f]+  run_test\+0x[0-9a-f]+$line" 'where it was'
expect '^  cs   0x----0008$' 'in the kernel'
expect '^  flag 0x00[02]0[0-9a-f]{4}$' 'RF is clear'
expect 'kernel panic at .*: Divide error in the kernel$' 'a panic'
expect "  trap_entry\+0x[0-9a-f]+$line" 'the trace crosses the exception'

typed monitor 'help\nregs\nbacktrace\nmem f0100000 8\nmem ef7ffff8
map f0100000\nmap 0\nstep\nfly\ncontinue\n' -a test=breakpoint
powered_off
expect "^  eip  0xf[0-9a-f]+  run_test\+0x[0-9a-f]+$line" 'it stops'
expect '^  mem        ADDR \[N\]  N words' 'help'
expect '^  eax  0x[0-9a-f]{8}$' 'regs'
expect "  ${bottom%% *}\+0x[0-9a-f]+$line" 'backtrace'
expect '^f0100010:( [0-9a-f]{8}){4}$' 'mem'
expect '^ef7ffff8: -------- --------( [0-9a-f]{8}){2}$' 'mem does not fault'
expect '^f0100000 -> 00100000  read-only, kernel only$' 'map'
expect '^00000000 is not mapped$' 'map of nothing'
expect '^fly: no such order; try help$' 'an order that is none'
expect '^test: after the breakpoint$' 'continue'
[ "$(grep -c '^stopped at$' "$last.console")" = 3 ]
verdict $? 'step stops once more'

if [ "$CPUS" = 4 ]; then
	typed monitor-qemu 'step\ncontinue\n' -e qemu -a test=breakpoint
	powered_off
	expect '^test: after the breakpoint$' 'the monitor in QEMU'
fi

# What the programs held is free again.
nothing_lost()
{
	record '^@idle pages=([0-9]+) of \1 envs=1024 of 1024$' 'no loss'
}

# ends PROGRAM HOW ['arguments']: it runs and ends so, and nobody else does
ends()
{
	boot "$1" -m 16 -a "prog=$1${3:+ args=\"$3\"}"
	powered_off
	record "^@end env=00001000 how=\"$2\"\$" "the end: $2"
	expect '^No runnable environments in the system!$' 'it ends alone'
	nothing_lost
}

ends hello exit
expect '^hello, world$' 'a program speaks'
expect '^i am environment 00001000$' 'it knows its name'
record '^@new env=00001000 parent=00000000$' 'it is born'
ends badptr exit
expect '^bad pointers: all refused$' 'bad pointers'
ends libtest exit
expect '^library: as it should be$' 'the library'
expect 'user warning at .*: this is only a warning$' 'warn'
ends testbss exit
expect '^bss: 1048576 words, all good$' 'bss'
ends argv exit 'uno dos'
expect '^argv\[2\] = dos$' 'arguments'
if [ "$CPUS" = 1 ]; then
	ends benchnull exit
	expect '^null call: 1[0-4][0-9] instructions$' 'a call and the lock'
else
	boot hello-qemu -e qemu -a prog=hello
	powered_off
	expect '^hello, world$' 'a program speaks in QEMU'
fi

ends buggyhello 'bad pointer'
ends buggyhello2 'bad pointer'
refuse '^hello, world$' 'all is checked before anything is used'
ends evilhello 'bad pointer'
expect 'user_mem_check assertion failure for va f010000c$' 'which one'
ends divzero 'Divide error'
ends badsegment 'General Protection'
ends softint 'General Protection'
expect '^  err  0x00000072$' 'the gate of page faults is closed'
ends privileged 'General Protection'
ends badinstr 'Invalid Opcode'
ends nofpu 'Device Not Available'
for p in faultread faultreadkernel faultwrite faultwritekernel badjump; do
	ends "$p" 'Page Fault'
done
ends faultreadkernel 'Page Fault'
expect '^\[00001000\] user fault va f0100000 ip 0080' 'where'
expect '^  err  0x00000005 \[user, read, protection\]$' 'why'

typed breakpoint 'regs\ncontinue\n' -m 16 -a prog=breakpoint
powered_off
expect '^  cs   0x----001b$' 'the monitor sees the program'
expect '^after the breakpoint$' 'which goes on'
nothing_lost

boot sin-nadie -m 16 -a 'quiet prog=breakpoint'
powered_off
record '^@end env=00001000 how="Breakpoint"$' 'nobody to talk to'

boot callado -m 16 -a 'quiet prog=hello'
powered_off
printf 'hello, world\ni am environment 00001000\n' > "$last.want"
same "$last.want" "$last.console" 'quiet: what the program wrote, no more'

boot nadie -m 16 -a prog=nadie
expect 'kernel panic at .*: there is no program nadie$' 'no program'

times=${FUZZ-1}
boot fuzz -m 16 -b $((2000 * times)) \
	-a "prog=fuzz args=\"7 $((50000 * times))\" repeat=4"
powered_off
for seed in 7 8 9 10; do
	expect "^fuzz: seed $seed, $((50000 * times)) calls\$" "seed $seed"
done
[ "$(grep -c '^fuzz: done$' "$last.console")" = 4 ]
verdict $? "$((200000 * times)) calls"
nothing_lost

boot elf -m 16 -b 3000 -a test=elf
powered_off
expect '^test: 500 damaged files, [0-9]+ refused, [0-9]+ loaded and freed$' \
	'damaged programs'
record '^@idle pages=([0-9]+) of \1 envs=1024 of 1024$' 'no loss'

boot procesadores -m 16 -a 'prog=hello test=mp'
powered_off
expect "^cpu: $CPUS in the MP table, local APIC at 0xfee00000\$" 'the table'
n=1
while [ $n -lt "$CPUS" ]; do
	expect "^cpu: $n is up, APIC $n\$" "processor $n reports in"
	n=$((n + 1))
done
expect "^cpu: $CPUS running\$" 'and nobody is missing'
expect '^check: MP table, 6 of 6 damages found$' 'damaged tables'
expect '^hello, world$' 'a program runs'

if [ "$CPUS" = 4 ]; then
	boot sordo -m 16 -a 'prog=hello deaf=2'
	powered_off
	expect '^cpu: APIC 2 does not answer, left out$' 'a deaf processor'
	expect '^cpu: 2 is up, APIC 3$' 'the last one takes its place'
	expect '^cpu: 3 running$' 'and there are three'
	name=ocho last=$RUN/ocho.$CPUS
	expect '^cpu: 8 running$' 'eight processors'
	name=qemu last=$RUN/qemu.$CPUS
	expect '^cpu: 4 running$' 'four in QEMU'
else
	boot sin-apic -m 16 -e qemu -x -cpu -x 486,-apic -a prog=hello
	powered_off
	expect '^cpu: no MP table \(the processor has no APIC\)' 'no APIC'
	expect '^cpu: 1 running$' 'one processor is enough'
	expect '^hello, world$' 'a program runs without an APIC'
fi

boot carrera -m 16 -a test=race
powered_off
total=$((CPUS * 20000))
sum=$(sed -n 's/^race: mov, add, mov: \([0-9]*\) of .*/\1/p' "$last.console")
if [ "$CPUS" = 1 ]; then
	[ "$sum" = $total ]
	verdict $? 'alone, nothing is lost'
else
	[ "$sum" -gt 0 ] && [ "$sum" -lt $total ]
	verdict $? "some of $total additions are lost"
fi
expect "^race: lock xadd: $total of $total\$" 'none is, if atomic'
expect "^race: under a lock: $total of $total\$" 'nor under a lock'

boot interbloqueo -m 16 -a test=deadlock
why='CPU 0 has the lock kernel already, since kernel_on'
expect "^kernel panic at .*: $why\$" 'who waits for itself is told'

# in_order COPIES: each environment that says hello comes back five times, in
# order, and ends; and there are so many of them
in_order()
{
	awk -v copies="$1" '
	/^Hello, I am/ { id = substr($5, 1, 8); n++; if (id in next_) bad = 1
		next_[id] = 0 }
	/^Back in/ { id = substr($4, 1, 8); if ($6 + 0 != next_[id]++) bad = 1 }
	/^All done/ { id = substr($5, 1, 8); if (next_[id] != 5) bad = 1
		delete next_[id]; done++ }
	END { exit bad || n != copies || done != copies }' "$last.console"
	verdict $? "$1 environments, each in its order"
}

boot yield -m 16 -a 'prog=yield copies=6'
powered_off
in_order 6
nothing_lost
boot turnos -m 16 -a 'quiet prog=yield copies=20 repeat=2'
powered_off
in_order 40
nothing_lost
second='s/^Back in environment 00002.* CPU \([0-9]\)\.$/\1/p'
cpus=$(sed -n "$second" "$last.console" | sort -u | wc -l)
[ "$cpus" = "$CPUS" ]
verdict $? 'the second time too, all of them work'
if [ "$CPUS" = 1 ]; then
	boot solo -m 16 -a 'quiet prog=benchyield'
	expect '^yield: [0-9]{3} instructions$' 'to yield to oneself'
	boot dos -m 16 -a 'quiet prog=benchyield copies=2'
	expect '^yield: [0-9]{3} instructions$' 'to yield to another'
fi

boot dumbfork -m 16 -a prog=dumbfork
powered_off
[ "$(grep -c '^[0-9]: I am the parent!$' "$last.console")" = 10 ]
verdict $? 'the parent speaks ten times'
[ "$(grep -cE '^[0-9]+: I am the child!$' "$last.console")" = 20 ]
verdict $? 'the child twenty'
record '^@new env=00001001 parent=00001000$' 'it is a child'
nothing_lost

boot maptest -m 16 -a prog=maptest
powered_off
expect '^maptest: 31 good, 0 bad$' 'what the calls refuse'
record '^@end env=0000[0-9a-f]+ how="never started"$' \
	'a child that nobody started'
nothing_lost

for how in shoot 'shoot args=busy'; do
	boot "${how##*=}" -m 16 -a "prog=$how"
	powered_off
	expect '^shoot: written after it was unmapped: 0 times$' \
		"nobody writes: $how"
	expect '^\[00001001\] user fault va 00a00000 ip 0080' 'the child dies'
	nothing_lost
done

boot stop -m 16 -a prog=stop
powered_off
grep '^stop: ' "$last.console" > "$last.said"
cat > "$last.want" <<'END'
stop: the child counts
stop: the child is still
stop: the child counts
stop: the child is no more: bad environment
END
same "$last.want" "$last.said" 'a child stopped, started and ended'
nothing_lost

boot stop-me -m 16 -a 'prog=stop args=me repeat=2'
powered_off
expect '^\[00001000\] nobody is left to start it$' 'it waits in vain'
record '^@end env=00001000 how="stuck"$' 'and is collected'
nothing_lost

boot fuzz-copies -m 16 -b 3000 -a 'prog=fuzz args="7 3000" copies=5'
powered_off
[ "$(grep -c '^fuzz: done$' "$last.console")" = 5 ]
verdict $? 'five at once'
record 'how="never started"$' 'children abandoned'
nothing_lost

ends faultdie exit
expect '^i faulted at va deadbeef, err 6$' 'where, and that it wrote'
ends faultregs exit
expect '^faultregs: 0 bad$' 'registers, flags and stack, as they were'

# cannot PROGRAM VA: the kernel finds at VA no place to write or to read
cannot()
{
	ends "$1" 'bad pointer'
	expect "^\[00001000\] user_mem_check assertion failure for va $2\$" \
		"no place at $2"
}

cannot faultallocbad deadbeef
refuse '^fault ' 'a fault of the kernel is not told'
cannot faultnostack eebfffcc
cannot faultbadhandler eebfefd4
cannot faultevilhandler eebfefd4
cannot faultdeep eebfefdc
refuse 'it had to end' 'and it does not go on'

if [ "$CPUS" = 1 ]; then
	ends faultalloc exit
	cat > "$last.want" <<-'END'
	fault deadbeef
	this string was faulted in at deadbeef
	fault cafebffe
	fault cafec000
	this string was faulted in at cafebffe
	END
	grep -a 'fault' "$last.console" | grep -av '^command line' > "$last.lines"
	same "$last.want" "$last.lines" 'a string that crosses a page'
	ends faultnest exit
	expect '^faultnest: 10 deep, 9 good$' 'ten nested faults'
	ends benchfault exit
	expect '^upcall: 3[0-9][0-9] instructions$' 'less than 400'
	expect '^upcall and page: 1[67][0-9][0-9] instructions$' 'less than 1800'
	expect '^page over a page: 13[0-9][0-9] instructions$' 'less than 1400'
else
	# three PROGRAM 'line' N: three copies at once, N such lines
	three()
	{
		boot "$1" -m 16 -a "prog=$1 copies=3"
		powered_off
		[ "$(grep -acE "$2" "$last.console")" = "$3" ]
		verdict $? "$3 lines like $2"
		nothing_lost
	}

	three faultalloc '^this string was faulted in at (deadbeef|cafebffe)$' 6
	three faultnest '^faultnest: 10 deep, 9 good$' 3
fi

# Every name once: nobody reads the stack of another.
boot forktree -m 16 -a prog=forktree
powered_off
names=$(sed -n "s/^[0-9a-f]*: I am '\(.*\)'\$/\1/p" "$last.console" |
	sort | tr '\n' ' ')
[ "$names" = ' 0 00 000 001 01 010 011 1 10 100 101 11 110 111 ' ]
verdict $? 'fifteen processes, each with a name of its own'
nothing_lost

ends cowtest exit
expect '^cowtest: 0 bad$' 'copies where one writes, and only there'
ends sforktest exit
expect '^sforktest: 10 turns, 50$' 'one memory, two stacks'
ends forkmem exit
expect '^forkmem: a child after 12 failures$' 'a fork without memory'

if [ "$CPUS" = 1 ]; then
	boot benchfork -m 32 -a 'quiet silent prog=benchfork args=256'
	powered_off
	n='[0-9]{4}'
	expect "^fork, 256 dirty: call [78]$n, exit and wait 1[01]$n " \
		'pages in runs'
	n='[0-9]{2}'
	expect "^fault with its copy: 1[89]$n .* alone with it: [78]$n\$" \
		'the last one does not copy'
	nothing_lost
fi

# whole: the machine ended, and nothing was lost
whole()
{
	powered_off
	refuse 'panic' 'nobody panics'
	record '^@idle pages=([0-9]+) of \1 envs=1024 of 1024$' 'no loss'
}

boot spin -m 16 -a prog=spin
whole
expect '^clock: local APIC, [1-9][0-9]+ counts in 10 ms$' 'a measured clock'
expect '^I am the child\.  Spinning\.\.\.$' 'the child spins'
expect '^I am the parent\.  Killing the child\.\.\.$' 'and gives way'

boot stresssched -m 16 -a prog=stresssched
whole
[ "$(grep -ac '^\[[0-9a-f]*\] stresssched on CPU' "$last.console")" = 20 ]
verdict $? 'twenty have counted'
n=$(sed -n 's/.*stresssched on CPU \([0-7]\)$/\1/p' "$last.console" |
	sort -u | wc -l)
[ "$CPUS" = 1 ] || [ "$n" -gt 1 ]
verdict $? "on $n processors of $CPUS"

# everybody NAME [vm option]...: ten that never call the kernel
everybody()
{
	boot "$@"
	whole
	[ "$(grep -c '\] destroying ' "$last.console")" = 10 ]
	verdict $? 'ten have been ended'
	expect '^preempt: all of them advanced$' 'and all advanced'
}

everybody preempt -m 16 -a prog=preempt
line=$(printf %099d 0)
typed typeahead "$line\n" -m 16 -a prog=typeahead
whole
expect 'typeahead: 99 characters and the end of the line$' 'nothing was lost'

case $CPUS in
1)	everybody viejo -m 16 -e qemu -x -cpu -x 486,-apic -a prog=preempt
	expect '^clock: the PIT, 100 times a second$' 'the PIT by the PIC'
	;;
2)	everybody noapic -m 16 -a 'prog=preempt noapic'
	expect '^cpu: no MP table \(noapic on the command line\)' 'no APIC'
	expect '^clock: the PIT, 100 times a second$' 'the PIT by the PIC'
	;;
4)	everybody reloj-qemu -m 16 -e qemu -a prog=preempt
	expect '^cpu: 4 running$' 'four in QEMU'
	;;
esac

ends sendpage exit
expect '^1000 got message: hello child environment! how are you\?$' 'a page'
expect "^1001 got message: hello parent environment! I'm good.\$" 'and back'
[ "$(grep -c 'received correct message$' "$last.console")" = 2 ]
verdict $? 'both have read it'

# ten PROGRAM: from 0 to 10, by turns
ten()
{
	ends "$1" exit
	sed -n 's/^\(100[01]\) got \([0-9]*\) from .*/\1 \2/p' \
		"$last.console" > "$last.said"
	for n in 0 1 2 3 4 5 6 7 8 9 10; do
		echo "100$(((n + 1) % 2)) $n"
	done > "$last.want"
	same "$last.want" "$last.said" "$1: eleven messages, in order"
}

ten pingpong
ten pingpongs
ends ipctest destroyed
expect '^ipctest: 21 good, 0 bad$' 'refusals, ends and a stopped receiver'
expect '^\[00001000\] waits for nobody$' 'two that send to each other'
expect '^ipctest: embrace: bad environment$' 'one ends, the other hears it'

# Two send to the first one for ever: neither gets in three times in a row.
boot fairness -m 16 -b 60 -a 'prog=fairness copies=3'
status_is 3 'it does not end'
awk '$2 == "recv" && $4 ~ /^100[12]$/ {
		row = $4 == before ? row + 1 : 1
		before = $4
		if (row > 2)
			bad = 1
		n++ }
	END { exit bad || n < 100 }' "$last.console"
verdict $? 'by turns'

boot primes -m 16 -b 60 -a 'prog=primes'
status_is 3 'nor does this one'
sed -n 's/^CPU [0-7]: \([0-9]*\) .*/\1/p' "$last.console" | awk '
	function prime(i, d) {
		for (d = 2; d * d <= i; d++)
			if (i % d == 0)
				return 0
		return i > 1
	}
	{ while (++n < $1)
		bad = bad || prime(n)
	  bad = bad || !prime($1)
	  count++ }
	END { exit bad || count < 100 }'
verdict $? 'a hundred primes and more, none missing'

boot benchipc -m 16 -a 'quiet silent prog=benchipc'
whole
[ "$CPUS" != 1 ] ||
	expect '^round trip, value: 1[5-8][0-9]{2} instructions$' 'a value'
[ "$CPUS" != 1 ] ||
	expect '^round trip, page: 2[1-5][0-9]{2} instructions$' 'a page'

boot benchprimes -m 32 -a 'quiet silent prog=benchprimes'
whole
expect '^primes: number 100 is 541, [0-9]+ thousand ticks$' 'a chain of 100'
boot benchcompute -m 32 -a 'quiet silent prog=benchcompute'
whole
expect '^compute: 16 processes, [0-9]+ thousand ticks$' 'all have answered'

for seed in 1 2; do
	boot stress-$seed -i $((5000000 + seed * 137000)) -b 8000 \
		-a "quiet silent prog=stress args=\"$seed$CPUS 300\""
	powered_off
	expect "stress: seed $seed$CPUS, 300 steps\$" 'to the last step'
	refuse 'instead of' 'nobody sees what another one writes'
	nothing_lost
done

boot fuzz-ipc -m 16 -b 3000 -a 'quiet prog=fuzz args="11 5000" copies=5'
powered_off
[ "$(grep -c '^fuzz: done$' "$last.console")" = 5 ]
verdict $? 'messages at random too'
nothing_lost

ends waittest exit
expect '^waittest: 23 good, 0 bad$' 'ends, waits, orphans and users'
record '^@end env=[0-9a-f]+ how="Divide error"$' 'a child divides by zero'
record '^@end env=[0-9a-f]+ how="(killed|destroyed)"$' 'another one is killed'
record '^@end env=[0-9a-f]+ how="destroyed"$' 'and one in a call, at its end'
refuse 'panic' 'nobody panics'

boot waits -m 16 -a 'quiet prog=waittest'
whole
[ "$(cat "$last.console")" = 'waittest: 23 good, 0 bad' ]
verdict $? 'and not a word more'

boot overflow -m 16 -a 'test=overflow'
powered_off
expect '^double fault on CPU 0, esp efff7ffc, process 00000000, stopped at$' \
	'a stack that ran over says so'
expect '^  eip  0x[0-9a-f]{8}  dig\+' 'and where'
record '^@panic ' 'the kernel stops there'

# --- chapter 13: the card and the wire

boot alone -m 16 -a 'test=pci prog=nodes'
whole
expect '^pci: 00:00\.0 8086:1237 class 06\.00 irq ' 'the bridge says who it is'
expect '^cluster: no card: this machine is on its own$' 'no card, no network'
expect '^this machine is on its own$' 'and programs are told'

boot model -m 16 -a test=ne2000
whole
expect '^ne2000: ([0-9]+) of \1 situations right$' 'the driver, on a model'

# ended N: every node of the cluster ends by itself, and has lost nothing
ended()
{
	n=1
	while [ $n -le "$1" ]; do
		node $n
		whole
		n=$((n + 1))
	done
	node all
}

# agreed N: everybody got everything from everybody, once and in order
agreed()
{
	[ "$(sed -n '/wrong=0 /s/ got=.*//p' "$last.record" | sort -u |
		wc -l)" = $(($1 * ($1 - 1))) ]
	verdict $? 'all messages arrive, once and in order'
	refuse 'wire: .* [1-9][0-9]* wrong$' 'none is wrong'
}

cluster meet 3 -m 16 -a 'test=pci prog=nodes'
ended 3
expect '^[123]. cluster: node [123]: left$' 'and says goodbye'
grep -E '^[123]. (cluster: |node state|  [123])' "$last.console" \
	> "$RUN/nodes.$CPUS.console"
node 1
expect '^pci: .* 10ec:8029 class 02\.00 irq [0-9]+$' 'the card is seen'
expect '^  1\* up  .* 1$' 'it knows itself'
expect '^  3  up  .* 0$' 'and the others'
record '^@new env=02001000 parent=00000000$' 'the node is in the id'
node 3
refuse 'node state' 'node 3 does not run the program'

# what follows has no session, or nothing right at all
hostile()
{
	printf '000000000000b0c4200000%s%s%s%s%080d\n' "$@" 0
}
{
	hostile 05 0800 0102 00000000	# another ethertype
	hostile 05 88b5 0102 41200000	# the sum is another
	printf '000000000000b0c42000000588b50102%08d%032dff050000%040d\n' 0 0 0
	hostile 05 88b5 0202 40400000	# version 2
	hostile 00 88b5 0102 40200000	# no node has number 0
	hostile 20 88b5 0102 40200000	# nor 32
	hostile 05 88b5 0102 40200000	# a session that nobody has
	hostile 05 88b5 0109 20210000	# a kind that does not exist
	hostile 05 88b5 0101 20200000	# a hello that says nothing
} > "$RUN/hostile.$CPUS.hex"
cluster hostile 2 -m 16 -F "inject=$RUN/hostile.$CPUS.hex" \
	-a 'quiet prog=stress on=all'
for n in 1 2; do
	node $n
	powered_off
	record "^@new env=0$((2 * n))001000 " "its ids carry a $n"
	record '^@dropped foreign=1 damaged=2 version=1 stranger=2 '$(
		)'stale=[1-9][0-9]* nonsense=2$' 'what is not good is counted'
done

cluster wire 3 -m 16 -w bxhub -a 'test=wire messages=200'
ended 3
agreed 3

cluster faults 3 -m 16 -b 600 -a 'test=wire messages=100' \
	-F 'loss=20 dup=5 reorder=5 damage=5 delay=5 seed=7'
ended 3
agreed 3
frames 'DATA .* lost' 'the wire loses'
record ' again=[1-9]' 'what is lost is sent again'
record '@dropped .* damaged=[1-9]' 'what is damaged is not trusted'

# Each is the node that the address of the other one's card says. What Bochs
# has for a wire knows only the cards' own addresses.
if command -v vde_switch > /dev/null; then
	cat > "$RUN/swapped" <<'end'
#!/bin/sh
# The arguments of vm, and its words with node=
case "$*" in
*:01,*)	number=node=2 ;;
*)	number=node=1 ;;
esac
for word; do
	shift
	[ "$previous" != -a ] || word="$word $number"
	previous=$word
	set -- "$@" "$word"
done
exec "$ONE_VM" "$@"
end
	chmod +x "$RUN/swapped"
	ONE_VM=$VM VM=$RUN/swapped
	export ONE_VM VM
	cluster swapped 2 -m 16 -w vde -a 'test=wire messages=20'
	unset VM
	VM=$ONE_VM
	node 1
	whole
	expect '^cluster: this is node 2$' 'the number that it was given'
	node all
	agreed 2
fi

# with 900 of 1,200 messages gone, every node has seen the other two
cluster killed 3 -m 16 -a 'test=wire messages=200' -F 'kill=2@1#900'
for n in 1 3; do
	node $n
	whole
	expect '^cluster: node 2: dead$' 'silence is death'
	record '^@wire node=[13] got=200 wrong=0 ' 'the others go on'
done

# --- chapter 14: one stays, the other flies

# all_right WHAT: every child of flock has ended as it should
all_right()
{
	expect 'flock: 6 right, 0 lost, 0 wrong$' "$1"
}

cluster fly 3 -m 16 -w bxhub -a 'prog=fly args=10'
ended 3
node 1
expect '^fly: [0-9]+ moves, the sum is right$' 'it computes wherever it is'
{ grep -aE '^@(away|home) ' "$last.record" | head -n 4
  grep -a '^fly:' "$last.console"; } > "$RUN/trip.$CPUS.console"
[ "$(grep -ac '^@away' "$last.record")" -gt \
	"$(grep -ac '^@home' "$last.record")" ]
verdict $? 'it goes from node to node without coming home'
node 2
record '^@guest env=02001000 node=1 pages=9$' 'it was a guest there'
refuse 'new env' 'and not a process of that node'

if [ "$CPUS" = 1 ]; then
	cluster hops 3 -m 16 -b 600 -w bxhub -a 'quiet prog=fly args=100'
	ended 3
	expect '^1. fly: 99 moves, the sum is right$' 'a hundred hops'
fi

cluster orders 2 -m 16 -a 'prog=flytest'
ended 2
node 1
expect '^flytest: 25 good, 0 bad$' 'who goes, who stays, and who is fetched'
expect '^.02001000. stays at home: OTHER1: is making a child$' \
	'who cannot go says why'
expect '^.02001000. stays at home: MONKEY: shares a page that is written$' \
	'and with whom it shares'
refuse '02001[0-9]* .*new env 04' 'nobody is born elsewhere'

cluster expel 2 -m 16 -a 'prog=flytest args=expel on=all'
ended 2
expect '^1. flytest: expelled$' 'a guest that is not wanted is at home again'

cluster thrown 3 -m 16 -a 'quiet prog=forktree throw=3 every=2'
ended 3
node 1
record '^@thrown ' 'processes are thrown'
masked()
{
	grep -a 'I am' "$1" | sed 's/^[0-9a-f]*/ID/' | sort
}
boot rooted -m 16 -a 'quiet prog=forktree'
masked "$last.console" > "$RUN/rooted.$CPUS"
masked "$RUN/thrown.$CPUS.1.console" > "$RUN/thrown.$CPUS"
same "$RUN/rooted.$CPUS" "$RUN/thrown.$CPUS" \
	'the tree is the same as without a cluster'

work=$((250 + 50 * CPUS))	# enough for them to be thrown many times
cluster faulty 3 -m 16 -b 600 -F 'loss=20 dup=5 reorder=5 delay=5 seed=5' \
	-a "quiet prog=flock args=\"6 $work\" throw=5 every=3"
ended 3
node 1
all_right 'a bad wire only costs time'
record '^@away ' 'and they did fly'

# Those that are lost are reported, and all the others end as they should.
accounted()
{
	node 1
	if grep -aq '^@lost env=02001000 ' "$last.record"; then
		expect '^.02001000. lost with node 2$' 'flock itself was there'
		return
	fi
	expect 'flock: .* 0 wrong$' 'nobody comes back twice, or otherwise'
	lost=$(grep -ac '^@lost' "$last.record")
	expect "flock: $((6 - lost)) right, $lost lost" \
		'and whoever is lost is reported'
}

# A node falls when its first message of a type passes, before or after: falls
# VICTIM TYPE before|after SEED, and whether somebody is lost with it: nobody,
# one (or more), or any.
fallen=0
falls()
{
	fallen=$((fallen + 1))
	cluster "falls$fallen" 3 -m 16 -b 400 -F "kill=$1@own$2#1:$3" \
		-a "prog=flock args=\"6 $work\" throw=$4 every=1"
	node "$1"
	status_is killed "node $1 falls $3 a message of type $2"
	for n in 1 2 3; do
		[ "$n" != "$1" ] || continue
		node $n
		whole
	done
	[ "$1" != 1 ] || return 0
	accounted
	case $5 in
	nobody)	all_right 'and nobody had gone there yet' ;;
	one)	record '^@lost ' 'and somebody was there' ;;
	esac
}

# PREPARE 2, PAGE 3, STATE 4, COMMIT 5, SEND 6, COME 7, RELEASE 9, ACCEPT 12,
# READY 13, COMING 15, PAGE_HOME 16, STATE_HOME 17
case $CPUS in
1)
	falls 2 2 before 21 nobody
	falls 2 3 after 22 nobody
	falls 2 5 before 35 one
	falls 2 13 before 91 nobody
	falls 2 15 after 107 one
	falls 2 9 after 50 any
	falls 1 5 after 36
	;;
4)
	falls 2 4 before 30 nobody
	falls 2 12 after 86 nobody
	falls 2 5 after 35 one
	falls 2 6 after 44 one
	falls 2 7 before 61 one
	falls 2 16 after 72 one
	falls 2 17 before 121 one
	falls 1 15 after 106
	;;
esac

cluster short 3 -m 16 -b 600 -F 'cut=2@own13#1:2000' \
	-a "prog=flock args=\"6 $work\" throw=4 every=2"
ended 3
node 1
all_right 'a cable that is out for two seconds costs nobody'

cluster long 2 -m 16 -b 600 -F 'cut=2@own5#1:5000' \
	-a "prog=flock args=\"6 $work\" throw=4 every=2"
ended 2
node 1
expect '^cluster: node 2: dead$' 'one that is out for five seconds is dead'
record '^@lost ' 'with whoever was there'
accounted

# --- chapter 15: calls from afar

# calm N: nobody panics, and no node has lost anything
calm()
{
	n=1
	while [ $n -le "$1" ]; do
		node $n
		record '^@idle pages=([0-9]+) of \1 envs=1024 of 1024$' \
			'pages and processes are back'
		refuse 'panic|waits for nobody|nobody is left' 'all is calm'
		n=$((n + 1))
	done
	node 1
}

cluster farcalls 2 -m 16 -w bxhub -a 'prog=farcalls'
ended 2
node 1
expect '^farcalls: 33 good, 0 bad$' 'calls from afar give what they give at home'
expect '^farcalls: text from afar$' 'the console is that of home'
record '^@new env=02001002 parent=02001001$' 'a child is born away'
grep -a '^farcalls:' "$last.console" > "$RUN/farcalls.$CPUS.console"
grep -aE '^@(away|new|end|home) ' "$last.record" >> "$RUN/farcalls.$CPUS.console"
node 2
record '^@guest env=02001001 node=1 pages=7$' 'who calls was here'

cluster farbad 2 -m 16 -F "loss=20 dup=5 reorder=5 seed=$CPUS" -a 'prog=farcalls'
calm 2
expect '^farcalls: 33 good, 0 bad$' 'and so over a bad wire'
frames '^ .* DATA +18 .* lost' 'which has lost calls'

cluster recall 2 -m 16 -a 'quiet prog=recall args="2 60"'
calm 2
expect '^recall: all have been born$' 'children of one who is called home'
expect '^recall: [1-9][0-9]+ times there and back$' 'and it was, many times'

# What a program says, but for ids and numbers of processors.
said()
{
	grep -aE 'I am|got [0-9]+ from|send [0-9]+ from' "$1" |
		sed -E 's/\b(200)?[1-9][0-9a-f]{3}\b/ID/g
			s/CPU [0-9]/CPU N/g' | sort
}

# flown PROGRAM SEED: on three machines; alike: and it says what it says at home
flown()
{
	cluster "flown-$1" 3 -m 16 -b 400 -a "prog=$1 throw=$2 every=1"
	calm 3
	record '^@away ' "$1 flies"
}
alike()
{
	flown "$1" "$2"
	said "$last.console" > "$RUN/flown-$1.$CPUS"
	boot "still-$1" -m 16 -a "prog=$1"
	said "$last.console" > "$RUN/still-$1.$CPUS"
	[ -s "$RUN/still-$1.$CPUS" ]
	verdict $? "$1 has something to say"
	same "$RUN/still-$1.$CPUS" "$RUN/flown-$1.$CPUS" \
		"$1 says the same on three machines"
}
case $CPUS in
1)	alike forktree 7
	grep -aE '^@(away|home) ' "$RUN/flown-forktree.1.1.record" |
		head -n 8 > "$RUN/spread.1.console"
	flown pingpongs 3
	flown waittest 10
	flown sendpage 9
	;;
2)	alike pingpong 4
	flown cowtest 6
	flown stresssched 8
	;;
4)	alike pingpong 11
	flown sforktest 12
	flown waittest 25
	flown dumbfork 13
	;;
8)	alike forktree 14
	flown pingpongs 15
	flown sendpage 16
	;;
esac

# primes does not end: what it has said when its time is over is prime
cluster sieve 3 -m 16 -b 100 -a "quiet prog=primes throw=$CPUS every=5"
status_is 3 'primes goes on'
node 1
grep -aoE 'CPU [0-9]+: [0-9]+ ' "$last.console" | sed 's/.*: //; s/ //' |
	awk '{ for (i = 2; i * i <= $1; i++) if ($1 % i == 0) bad++ }
	     END { exit bad > 0 || NR < 2 }'
verdict $? 'and all that it has said is prime'
refuse 'kernel panic' 'without a panic'

# A node falls in the middle of a call: CALL 18, REPLY 19, COPY 20, COPIED 21,
# HATCHED 24, START 25.
cut_off()
{
	cluster "cut$1" 3 -m 16 -b 400 -F "kill=$2@$3:$4 seed=7" \
		-a "prog=forktree throw=$5 every=1"
	node "$2"
	status_is killed "node $2 falls $4 message $3"
	for n in 1 2 3; do
		[ "$n" != "$2" ] || continue
		node $n
		record '^@idle pages=([0-9]+) of \1 envs=1024 of 1024$' \
			"node $n has its pages back"
		refuse 'panic' "node $n goes on"
	done
}
case $CPUS in
1)	cut_off 1 2 18#3 before 21
	cut_off 2 2 19#1 before 22
	cut_off 3 1 18#2 after 23
	;;
4)	cut_off 1 2 20#2 after 24
	cut_off 2 2 21#1 before 25
	cut_off 3 2 24#1 after 26
	;;
esac

cluster lies 3 -m 16 -b 400 \
	-a "prog=flock args=\"8 500\" throw=$CPUS every=1 hostile=2 junk=$CPUS"
for n in 1 3; do
	node $n
	record '^@idle pages=([0-9]+) of \1 envs=1024 of 1024$' \
		'a node that lies takes no page'
	refuse 'panic' 'and stops nobody'
done
node 1
grep -aqE '^flock: .* 0 wrong$' "$last.console" ||
	grep -aq '^@lost env=02001000 ' "$last.record"
verdict $? 'what comes back is right, unless who counts is lost'

if [ "$CPUS" = 1 ]; then
	cluster far 2 -m 16 -b 900 -a 'quiet prog=benchfar'
	node 1
	expect '^away, getuid .forwarded.: [0-9]+ cycles, 2\.' \
		'two frames a call'
	expect '^away, times .*: [0-9]+ cycles, 4\.' 'and two more with memory'
	grep -a 'without calls' "$last.console" |
		awk '{ exit !($8 <= 1.01 * $3) }'
	verdict $? 'and without calls it is as fast as at home'
fi

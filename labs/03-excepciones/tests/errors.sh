at=$((0x40000000 + NONCE * 4))
boot write -a "test=lab lab=write n=$at"
powered_off
expect '^  trap 0x0000000e Page Fault$' 'a page fault'
expect "^  cr2  $(printf 0x%08x $at)\$" 'where'
expect '^  err  0x00000002 \[kernel, write, not-present\]$' 'why'
expect '^  flag 0x...[02468ace][0-9a-f]{4}$' 'no RF'
expect '^  eip  0xf0[0-9a-f]+  (lab_write|test_lab|run_test)\+' 'who'

# segment NAME SELECTOR 'trap': the error code is the selector
segment() {
	boot "$1" -a "test=lab lab=segment n=$2"
	powered_off
	expect "^  trap $3\$" 'the exception'
	expect "^  err  $(printf 0x%08x "$2")\$" 'the selector is its code'
	expect '^  eip  0xf0[0-9a-f]+  (lab_segment|test_lab|run_test)\+' 'who'
	expect '^  cs   0x----0008$' 'in the kernel'
}

segment absent $((0x28 + NONCE % 3 * 8)) '0x0000000b Segment Not Present'
segment beyond $((0x100 + NONCE % 8000 * 8)) '0x0000000d General Protection'

# From the names of the programs: the table of those the kernel carries.
BEGIN {
	print "\t.section .rodata\n\t.globl\tprograms, nprograms\n\t.balign\t4"
	print "programs:"
	for (i = 1; i < ARGC; i++) {
		name = ARGV[i]
		gsub(/.*\/|\.bare$/, "", name)
		printf "\t.long\tname%d, from%d, to%d - from%d\n", i, i, i, i
	}
	printf "nprograms:\t.long\t%d\n", ARGC - 1
	for (i = 1; i < ARGC; i++) {
		name = ARGV[i]
		gsub(/.*\/|\.bare$/, "", name)
		printf "name%d:\t.asciz\t\"%s\"\n", i, name
		print "\t.balign\t16"
		printf "from%d:\t.incbin\t\"%s\"\nto%d:\n", i, ARGV[i], i
	}
	print "\t.section .note.GNU-stack, \"\", @progbits"
}

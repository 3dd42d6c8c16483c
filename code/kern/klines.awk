# From "objdump -WL kernel | sort -k 3": the table of lines, as assembly.
# Several lines may share an address; the last one counts.
BEGIN {
	print "\t.section .ksyms, \"a\""
	print "\t.globl\tklines, nklines, kline_files"
	print "\t.balign\t4"
	print "klines:"
}
function flush()
{
	if (addr == "")
		return
	printf "\t.long\t%s\n\t.short\t%d, %d\n", addr, file, line
	count++
}
$3 ~ /^0xf/ {
	if ($3 != addr)
		flush()
	if (!($1 in index_of)) {
		index_of[$1] = nfiles
		files[nfiles++] = $1
	}
	addr = $3
	file = index_of[$1]
	line = $2 == "-" ? 0 : $2
}
END {
	flush()
	printf "nklines:\t.long\t%d\n", count
	print "kline_files:"
	for (i = 0; i < nfiles; i++)
		printf "\t.long\tfile%d\n", i
	for (i = 0; i < nfiles; i++)
		printf "file%d:\t.asciz\t\"%s\"\n", i, files[i]
	print "\t.section .note.GNU-stack, \"\", @progbits"
}

# From "nm -n kernel": the table of functions, as assembly.
BEGIN {
	print "\t.section .ksyms, \"a\""
	print "\t.globl\tksyms, nksyms"
	print "\t.balign\t4"
	print "ksyms:"
}
$1 ~ /^f/ && $2 ~ /^[Tt]$/ && $3 !~ /^(etext|text_start)$/ {
	printf "\t.long\t0x%s, name%d\n", $1, n
	sub(/\.(constprop|isra|part|cold).*/, "", $3)
	name[n++] = $3
}
END {
	printf "nksyms:\t.long\t%d\n", n
	for (i = 0; i < n; i++)
		printf "name%d:\t.asciz\t\"%s\"\n", i, name[i]
	print "\t.section .note.GNU-stack, \"\", @progbits"
}

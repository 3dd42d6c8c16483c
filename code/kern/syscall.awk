# The table of calls in three forms: -v form=numbers (inc/syscall.h's list),
# kernel (the table and the stubs that unpack the arguments), user (what a
# program calls).
BEGIN {
	split("ebx ecx edx esi edi ebp", reg)
	if (form == "user")
		print "# made from kern/syscall.tbl\n\t.text"
	else
		print "/* made from kern/syscall.tbl */"
	if (form == "kernel")
		print "#include \"kern/syscall.h\"\n"
}
# What a guest calls for number n.
function remote(n)
{
	if (!(n in entry))
		return "no_syscall"
	if (away[n] == "local")
		return "call_" entry[n]
	return away[n] == "special" ? "remote_" entry[n] : "remote_forward"
}
function fail(what)
{
	print FILENAME ":" FNR ": " what > "/dev/stderr"
	bad = 1
	exit 1
}
/^#/ || NF == 0 { next }
NF != 4 { fail("expected: number name arguments away") }
$1 !~ /^[0-9]+$/ || $1 <= last && seen++ { fail("numbers must go up") }
$3 !~ /^[0-6]$/ { fail("a call takes 0 to 6 arguments") }
$4 !~ /^(local|forwarded|special)$/ {
	fail("expected local, forwarded or special")
}
{ last = $1; seen = 1 }
form == "numbers" { printf "#define SYS_%s\t%d\n", $2, $1 }
form == "kernel" {
	args = ""
	types = ""
	for (i = 1; i <= $3; i++) {
		args = args (i > 1 ? ", " : "") "r->" reg[i]
		types = types (i > 1 ? ", " : "") "uint32_t"
	}
	printf "int32_t sys_%s(%s);\n", $2, $3 ? types : "void"
	printf "static int32_t call_%s(struct pt_regs *r)\n{\n", $2
	if ($3 == 0)
		print "\t(void)r;"
	printf "\treturn sys_%s(%s);\n}\n\n", $2, args
	entry[$1] = $2
	away[$1] = $4
	if ($4 == "special")
		printf "int32_t remote_%s(struct pt_regs *r);\n\n", $2
}
form == "user" {
	printf "\t.globl\tsys_%s\nsys_%s:\n", $2, $2
	saved = 0
	for (i = 1; i <= $3; i++)
		if (reg[i] !~ /^e[cd]x$/) {
			printf "\tpushl\t%%%s\n", reg[i]
			push[++saved] = reg[i]
		}
	for (i = 1; i <= $3; i++)
		printf "\tmovl\t%d(%%esp), %%%s\n", 4 * (saved + i), reg[i]
	printf "\tmovl\t$%d, %%eax\n\tint\t$0x80\n", $1
	for (; saved > 0; saved--)
		printf "\tpopl\t%%%s\n", push[saved]
	print "\tret"
}
END {
	if (bad)
		exit 1
	if (form == "numbers")
		printf "#define NR_syscalls\t%d\n", last + 1
	if (form == "kernel") {
		print "syscall_fn *const sys_call_table[NR_syscalls] = {"
		for (n = 0; n <= last; n++)
			print "\t" (n in entry ? "call_" entry[n] :
				    "no_syscall") ","
		print "};"
		print "\n#ifdef CONFIG_MOSIX"
		print "syscall_fn *const remote_sys_call_table[NR_syscalls] = {"
		for (n = 0; n <= last; n++)
			print "\t" remote(n) ","
		print "};\n\nconst bool call_forwarded[NR_syscalls] = {"
		for (n = 0; n <= last; n++)
			print "\t" (n in entry && away[n] != "local") ","
		print "};\n#endif"
	}
	if (form == "user")
		print "\t.section .note.GNU-stack, \"\", @progbits"
}

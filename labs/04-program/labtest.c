/* The program of the tests: labtest TEST NONCE */
#include "lab/labtest.h"

/* What a call finds in the registers, and what it leaves in them. */
struct regs {
	uint32_t eax, ebx, ecx, edx, esi, edi, ebp, eflags, es, ds;
};

#define FL_DF	0x400

/* A call with all registers full, no data segment, and the direction flag
 * set. */
void call_with(struct regs *r);
asm(".text\n"
    "call_with:\n\t"
    "pushl %ebp\n\t"
    "pushl %ebx\n\t"
    "pushl %esi\n\t"
    "pushl %edi\n\t"
    "movl 20(%esp), %eax\n\t"
    "pushl %eax\n\t"
    "movl 4(%eax), %ebx\n\t"
    "movl 8(%eax), %ecx\n\t"
    "movl 12(%eax), %edx\n\t"
    "movl 16(%eax), %esi\n\t"
    "movl 20(%eax), %edi\n\t"
    "movl 24(%eax), %ebp\n\t"
    "movl (%eax), %eax\n\t"
    "std\n\t"
    "pushl $0\n\t"
    "popl %es\n\t"
    "pushl $0\n\t"
    "popl %ds\n\t"
    "int $0x80\n\t"
    "pushfl\n\t"
    "cld\n\t"
    "pushl %ds\n\t"
    "pushl %es\n\t"
    "pushl %ss\n\t"
    "popl %ds\n\t"
    "pushl %ss\n\t"
    "popl %es\n\t"
    "xchgl %eax, 12(%esp)\n\t"
    "movl %ebx, 4(%eax)\n\t"
    "movl %ecx, 8(%eax)\n\t"
    "movl %edx, 12(%eax)\n\t"
    "movl %esi, 16(%eax)\n\t"
    "movl %edi, 20(%eax)\n\t"
    "movl %ebp, 24(%eax)\n\t"
    "popl 32(%eax)\n\t"
    "popl 36(%eax)\n\t"
    "popl 28(%eax)\n\t"
    "popl (%eax)\n\t"
    "popl %edi\n\t"
    "popl %esi\n\t"
    "popl %ebx\n\t"
    "popl %ebp\n\t"
    "ret\n");

static int call(uint32_t number)
{
	struct regs r = { .eax = number };

	call_with(&r);
	return r.eax;
}

static void test_numbers(void)
{
	static const uint32_t bad[] = { 3, 511, NR_syscalls, -1, -NR_syscalls };
	int refused = 0;

	for (uint32_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		refused += call(bad[i]) == -E_NO_SYS;
	refused += call(NR_syscalls + nonce) == -E_NO_SYS;
	refused += call(0x80000000 + nonce) == -E_NO_SYS;
	cprintf("gate: %d of 7 numbers are no call\n", refused);
}

static void test_gate(void)
{
	struct regs r = {
		SYS_getenvid, nonce, nonce * 2, nonce * 3, nonce * 4, nonce * 5,
		nonce * 6, 0, 1, 1,
	};
	int n, len = nonce % 6 + 1;

	call_with(&r);
	cprintf("gate: %u %u %u %u %u %u\n", r.ebx, r.ecx, r.edx, r.esi, r.edi,
		r.ebp);
	if ((r.eflags & FL_DF) && (r.es & 0xFFFF) == 0 && (r.ds & 0xFFFF) == 0)
		cprintf("gate: flags and segments too\n");
	cprintf("gate: %08x %08x\n", r.eax, call(SYS_getpid));
	test_numbers();
	cprintf("<");
	n = sys_write(1, "abcdefghijklmnopqrstuvwxyz" + nonce % 20, len);
	cprintf("> %d\n", n);
	cprintf("gate: %d %d\n", sys_write(7, "x", 1), sys_write(1, "x", -1));
}

static char buf[3 * PGSIZE] __attribute__((aligned(PGSIZE)));

static void test_pointers(void)
{
	int n = nonce % 50, good, bad[4];

	memset(buf, '.', sizeof(buf));
	good = sys_write(1, buf + PGSIZE - 1 - n, n + 2);
	bad[0] = sys_write(1, (char *)USTACKTOP - 1 - n, n + 2);
	bad[1] = sys_write(1, (char *)KERNBASE + nonce, 1);
	bad[2] = sys_write(1, (char *)-1 - n, n + 2);
	bad[3] = sys_write(1, (char *)0x30000000 + nonce, 0);
	cprintf("\npointers: %d %d %d %d %d\n", good, bad[0], bad[1], bad[2],
		bad[3]);
	sys_cputs((char *)0x30000000 + nonce, 1);
	cprintf("pointers: still there\n");
}

LABTESTS({ "gate", test_gate }, { "pointers", test_pointers })

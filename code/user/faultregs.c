#include "inc/lib.h"

#define VA	0x10000000
#define DF	0x400		/* strings go backwards */

/* Everything that a program can see of itself. */
struct machine {
	struct PushRegs regs;
	uint32_t eflags;
	uint32_t esp;
};

static struct machine before, after, seen;
static uint32_t fault_eip;
static int bad;

static void handler(struct UTrapframe *utf)
{
	seen.regs = utf->utf_regs;
	seen.eflags = utf->utf_eflags;
	seen.esp = utf->utf_esp;
	fault_eip = utf->utf_eip;
	if (read_eflags() & DF) {
		bad++;
		cprintf("faultregs: the handler goes backwards\n");
	}
	sys_page_alloc(0, (void *)VA, PTE_P | PTE_U | PTE_W);
}

/* Loads every register with something of its own, touches VA, and notes what
 * there was before and after. */
void __attribute__((noinline)) touch(struct machine *b, struct machine *a);
asm("	.text\n"
    "touch:\n"
    "	pushal\n"
    "	movl	36(%esp), %eax\n"	/* b */
    "	movl	40(%esp), %ebx\n"	/* a */
    "	movl	%ebx, touch_after\n"
    "	movl	$0x11111111, %edi\n"
    "	movl	$0x22222222, %esi\n"
    "	movl	$0x33333333, %ebp\n"
    "	movl	$0x44444444, %ebx\n"
    "	movl	$0x55555555, %edx\n"
    "	movl	$0x66666666, %ecx\n"
    "	movl	%edi, 0(%eax)\n"
    "	movl	%esi, 4(%eax)\n"
    "	movl	%ebp, 8(%eax)\n"
    "	movl	%ebx, 16(%eax)\n"
    "	movl	%edx, 20(%eax)\n"
    "	movl	%ecx, 24(%eax)\n"
    "	movl	$0x10000000, 28(%eax)\n"
    "	movl	%esp, 36(%eax)\n"
    "	pushl	$0xCD5\n"		/* OF DF SF ZF AF PF CF */
    "	popfl\n"
    "	pushfl\n"
    "	popl	32(%eax)\n"
    "	movl	$0x10000000, %eax\n"
    "	.globl	touch_here\n"
    "touch_here:\n"
    "	movl	%eax, (%eax)\n"
    "	pushl	%eax\n"
    "	movl	touch_after, %eax\n"
    "	pushfl\n"
    "	popl	32(%eax)\n"
    "	cld\n"
    "	popl	28(%eax)\n"
    "	movl	%edi, 0(%eax)\n"
    "	movl	%esi, 4(%eax)\n"
    "	movl	%ebp, 8(%eax)\n"
    "	movl	%ebx, 16(%eax)\n"
    "	movl	%edx, 20(%eax)\n"
    "	movl	%ecx, 24(%eax)\n"
    "	movl	%esp, 36(%eax)\n"
    "	popal\n"
    "	ret\n"
    "	.local	touch_after\n"
    "	.comm	touch_after, 4, 4\n");
extern char touch_here[];

static void compare(const char *what, struct machine *m)
{
	m->regs.reg_oesp = before.regs.reg_oesp = 0;
	if (memcmp(m, &before, sizeof(before)) == 0)
		return;
	bad++;
	cprintf("faultregs: %s: registers changed\n", what);
}

static void again(struct UTrapframe *utf)
{
	if (utf->utf_fault_va == VA) {
		handler(utf);
		return;
	}
	touch(&before, &after);
	sys_page_alloc(0, (void *)utf->utf_fault_va, PTE_P | PTE_U | PTE_W);
}

static void check(const char *what)
{
	compare(what, &seen);
	compare(what, &after);
	if (fault_eip != (uint32_t)touch_here) {
		bad++;
		cprintf("faultregs: %s: eip %08x\n", what, fault_eip);
	}
}

/* The registers, the flags and the stack of a program that faults: as they
 * were, for its handler and after it; also inside the handler. */
void umain(int argc, char **argv)
{
	USED(argc), USED(argv);
	set_pgfault_handler(handler);
	touch(&before, &after);
	check("on the normal stack");
	sys_page_unmap(0, (void *)VA);
	set_pgfault_handler(again);
	*(volatile int *)0x20000000 = 0;
	check("inside the handler");
	cprintf("faultregs: %d bad\n", bad);
}

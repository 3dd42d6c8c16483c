#include "inc/assert.h"
#include "inc/x86.h"
#include "kern/cpu.h"
#include "kern/irq.h"
#include "kern/klines.h"
#include "kern/sched.h"
#include "kern/spinlock.h"
#include "kern/ksyms.h"
#include "kern/monitor.h"
#include "kern/times.h"
#include "kern/tlb.h"
#include "kern/trap.h"
#include "kern/upcall.h"
#include "kern/env.h"
#include "kern/exit.h"
#include "kern/printf.h"
#include "kern/syscall.h"

extern const uint32_t vectors[NVECTORS];	/* entry.S */

static struct gatedesc idt[NVECTORS];

static const char *const names[NEXCEPTIONS] = {
	[T_DIVIDE]	= "Divide error",
	[T_DEBUG]	= "Debug",
	[T_NMI]		= "Non-Maskable Interrupt",
	[T_BRKPT]	= "Breakpoint",
	[T_OFLOW]	= "Overflow",
	[T_BOUND]	= "BOUND Range Exceeded",
	[T_ILLOP]	= "Invalid Opcode",
	[T_DEVICE]	= "Device Not Available",
	[T_DBLFLT]	= "Double Fault",
	[T_TSS]		= "Invalid TSS",
	[T_SEGNP]	= "Segment Not Present",
	[T_STACK]	= "Stack Fault",
	[T_GPFLT]	= "General Protection",
	[T_PGFLT]	= "Page Fault",
	[T_FPERR]	= "x87 FPU Floating-Point Error",
	[T_ALIGN]	= "Alignment Check",
	[T_MCHK]	= "Machine-Check",
	[T_SIMDERR]	= "SIMD Floating-Point Exception",
};

static const char *trap_name(uint32_t vector)
{
	if (vector < NEXCEPTIONS && names[vector] != NULL)
		return names[vector];
	return "(unknown trap)";
}

static void set_gate(int vector, uint32_t handler, uint8_t access)
{
	idt[vector] = (struct gatedesc){
		.offset_low = handler,
		.selector = GD_KT,
		.access = access,
		.offset_high = handler >> 16,
	};
}

static void idt_init(void)
{
	for (int i = 0; i < NVECTORS; i++)
		set_gate(i, vectors[i], GATE_INTERRUPT);
	set_gate(T_BRKPT, vectors[T_BRKPT], GATE_INTERRUPT | GATE_USER);
	set_gate(T_SYSCALL, (uint32_t)system_call, GATE_INTERRUPT | GATE_USER);
	idt[T_DBLFLT] = (struct gatedesc){
		.selector = GD_DOUBLE,
		.access = GATE_TASK,
	};
}

void trap_init_percpu(void)
{
	struct table_desc desc = { sizeof(idt) - 1, (uint32_t)idt };

	if (idt[0].access == 0)
		idt_init();
	lidt(&desc);
}

/* The address, and what stands there if it is the kernel's. */
static void print_eip(uint32_t eip)
{
	uint32_t offset;
	const char *name = ksym_name(eip, &offset);

	cprintf("  eip  0x%08x", eip);
	if (offset != eip) {
		cprintf("  %s+0x%x", name, offset);
		print_line(eip);
	}
	cprintf("\n");
}

void print_stop(const struct pt_regs *regs)
{
	cprintf("stopped at\n");
	print_eip(regs->eip);
}

static void print_general(const struct pt_regs *regs)
{
	cprintf("  edi  0x%08x\n", regs->edi);
	cprintf("  esi  0x%08x\n", regs->esi);
	cprintf("  ebp  0x%08x\n", regs->ebp);
	cprintf("  ebx  0x%08x\n", regs->ebx);
	cprintf("  edx  0x%08x\n", regs->edx);
	cprintf("  ecx  0x%08x\n", regs->ecx);
	cprintf("  eax  0x%08x\n", regs->eax);
	cprintf("  es   0x----%04x\n", regs->xes & 0xFFFF);
	cprintf("  ds   0x----%04x\n", regs->xds & 0xFFFF);
}

static void print_pushed(const struct pt_regs *regs)
{
	print_eip(regs->eip);
	cprintf("  cs   0x----%04x\n", regs->xcs & 0xFFFF);
	cprintf("  flag 0x%08x\n", regs->eflags);
	cprintf("  esp  0x%08x\n", regs_esp(regs));
	if (from_user(regs))
		cprintf("  ss   0x----%04x\n", regs->xss & 0xFFFF);
}

void print_registers(const struct pt_regs *regs)
{
	print_general(regs);
	print_pushed(regs);
}

/* What a page fault has to say: where, and what was tried. */
static void print_fault(uint32_t error)
{
	cprintf("  cr2  0x%08x\n", rcr2());
	cprintf("  err  0x%08x [%s, %s, %s]\n", error,
		error & FEC_U ? "user" : "kernel",
		error & FEC_WR ? "write" : "read",
		error & FEC_PR ? "protection" : "not-present");
}

void print_trapframe(const struct pt_regs *regs, uint32_t vector,
		     uint32_t error)
{
	cprintf("TRAP frame at %p from CPU %d\n", (void *)regs, cpunum());
	print_general(regs);
	cprintf("  trap 0x%08x %s\n", vector, trap_name(vector));
	if (vector == T_PGFLT)
		print_fault(error);
	else
		cprintf("  err  0x%08x\n", error);
	print_pushed(regs);
}

/* What Linux would send to whoever did that. */
static int signal_of(uint32_t vector)
{
	switch (vector) {
	case T_DIVIDE:
	case T_FPERR:
	case T_SIMDERR:
		return SIGFPE;
	case T_DEBUG:
	case T_BRKPT:
		return SIGTRAP;
	case T_ILLOP:
		return SIGILL;
	case T_SEGNP:
	case T_STACK:
	case T_ALIGN:
		return SIGBUS;
	}
	return SIGSEGV;
}

/* A program has done what it may not: it ends, and nobody else does. */
static void __attribute__((noreturn))
user_fault(const struct pt_regs *regs, uint32_t vector, uint32_t error)
{
	if (vector == T_PGFLT)
		cprintf("[%08x] user fault va %08x ip %08x\n",
			current->env->env_id, rcr2(), regs->eip);
	print_trapframe(regs, vector, error);
	current->status = STATUS_SIGNAL(signal_of(vector));
	env_kill(trap_name(vector));
}

/* A breakpoint or a step: for the monitor, if anybody is listening. */
static bool is_stop(uint32_t vector)
{
	return vector == T_DEBUG || vector == T_BRKPT;
}

/* What a guest's node cannot attend waits until it is at home. */
void trap_attend(struct pt_regs *regs, uint32_t vector, uint32_t error)
{
	if (vector >= IRQ_OFFSET)
		return;			/* attended already */
	if (vector == T_PGFLT && upcall(regs, error))
		return;
	if (current->mosix.dflags & DREMOTE)
		mosix_carry_trap(vector, error);
	else if (is_stop(vector) && !quiet)
		monitor(regs);
	else
		user_fault(regs, vector, error);
}

static void kernel_trap(struct pt_regs *regs, uint32_t vector, uint32_t error)
{
	if (vector >= IRQ_OFFSET) {
		assert(current == NULL);	/* it was idle */
	} else if (is_stop(vector)) {
		monitor(regs);
	} else {
		print_trapframe(regs, vector, error);
		panic("%s in the kernel", trap_name(vector));
	}
}

void trap(struct pt_regs *regs, uint32_t vector, uint32_t error)
{
	assert(!(read_eflags() & FL_IF));
	regs->eflags &= ~FL_RF;
	if (vector >= IRQ_OFFSET && !from_user(regs))
		times_woken();
	if (vector >= IRQ_OFFSET) {	/* before anything that may not return */
		irq_attend(vector);
		irq_acknowledge(vector);
	}
	if (vector == T_FLUSH) {	/* whoever sent it has the lock */
		tlb_answer();
		return;
	}
	if (!from_user(regs)) {
		kernel_trap(regs, vector, error);
		return;
	}
	assert(regs->eflags & FL_IF);
	enter_kernel();
	trap_attend(regs, vector, error);
	leave_kernel();
}

#include "inc/memlayout.h"
#include "inc/trap.h"
#include "inc/x86.h"
#include "kern/env.h"
#include "kern/upcall.h"

/* Where the frame goes: at the top of the exception stack, or, if the fault
 * happened there, under what is there already and one word, which the way
 * back needs. */
static struct UTrapframe *frame_place(uint32_t esp)
{
	if (esp >= UXSTACKTOP - PGSIZE && esp < UXSTACKTOP)
		return (struct UTrapframe *)(esp - 4) - 1;
	return (struct UTrapframe *)UXSTACKTOP - 1;
}

static void fill_frame(struct UTrapframe *utf, const struct pt_regs *regs,
		       uint32_t error)
{
	utf->utf_fault_va = rcr2();
	utf->utf_err = error;
	utf->utf_regs = (struct PushRegs){
		.reg_edi = regs->edi,
		.reg_esi = regs->esi,
		.reg_ebp = regs->ebp,
		.reg_ebx = regs->ebx,
		.reg_edx = regs->edx,
		.reg_ecx = regs->ecx,
		.reg_eax = regs->eax,
	};
	utf->utf_eip = regs->eip;
	utf->utf_eflags = regs->eflags;
	utf->utf_esp = regs->esp;
}

bool upcall(struct pt_regs *regs, uint32_t error)
{
	struct task *t = current;
	uint32_t entry = (uint32_t)t->env->env_pgfault_upcall;
	struct UTrapframe *utf = frame_place(regs->esp);

	if (entry == 0)
		return false;
	if (user_mem_check(t, (uint32_t)utf, sizeof(*utf), PTE_W, NULL) < 0) {
		if (t->mosix.dflags & DREMOTE)
			return false;	/* that is for its home to say */
		user_mem_assert(t, (uint32_t)utf, sizeof(*utf), PTE_W);
	}
	fill_frame(utf, regs, error);
	regs->esp = (uint32_t)utf;
	regs->eip = entry;
	return true;
}

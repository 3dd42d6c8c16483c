#ifndef KERN_TRAP_H
#define KERN_TRAP_H

#include "inc/mmu.h"
#include "inc/ptrace.h"
#include "inc/trap.h"

/* Loads the IDT of the processor that runs. */
void trap_init_percpu(void);

/* What entry.S calls for every exception; error is the processor's error
 * code, or 0 where it has none. */
void trap(struct pt_regs *regs, uint32_t vector, uint32_t error);

/* What is done about a trap of the current process, with that frame. */
void trap_attend(struct pt_regs *regs, uint32_t vector, uint32_t error);

void print_registers(const struct pt_regs *regs);

/* Why the monitor speaks: where the processor stopped. */
void print_stop(const struct pt_regs *regs);

void print_trapframe(const struct pt_regs *regs, uint32_t vector,
		     uint32_t error);

static inline bool from_user(const struct pt_regs *regs)
{
	return (regs->eflags & FL_VM) || (regs->xcs & 3) == 3;
}

/* esp when it was interrupted: from the kernel it was not pushed. */
static inline uint32_t regs_esp(const struct pt_regs *regs)
{
	return from_user(regs) ? regs->esp : (uint32_t)&regs->esp;
}

#endif

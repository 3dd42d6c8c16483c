#ifndef KERN_TASK_H
#define KERN_TASK_H

#include "inc/env.h"
#include "inc/mmu.h"
#include "inc/ptrace.h"

/* The half of a process that only the kernel sees. A trap from user mode
 * leaves its frame in regs, which must come first: TSS.esp0 is its end. */
struct task {
	struct pt_regs regs;
	uint32_t vm86[4];		/* chapter 21 */
	uint32_t kstack;		/* where entry.S continues */
	struct Env *env;
	pde_t *pgdir;
	int cpu;			/* the processor that has it, or -1 */
	bool resched;			/* gives up the CPU on its way out */
	bool started;			/* somebody has started it */
	struct task *unstarted;		/* children nobody has, by next */
	struct task *next;		/* in the queue or in a list */
};

extern struct task tasks[NENV];
extern struct Env *envs;

#endif

#ifndef KERN_TASK_H
#define KERN_TASK_H

#include "inc/env.h"
#include "inc/mmu.h"
#include "inc/ptrace.h"

/* What one process sends to another. */
struct message {
	uint32_t value;
	uint32_t srcva;			/* of a page; UTOP or more: none */
	uint32_t perm;
};

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

	bool stopped;			/* its parent does not want it to run */
	bool waiting;			/* for a message, or to send one */
	struct task *senders, **last_sender; /* that wait to send it one */
	struct task *receiver;		/* whom it waits to send to */
	struct message message;		/* what */
};

extern struct task tasks[NENV];
extern struct Env *envs;

#endif

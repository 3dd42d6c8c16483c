#ifndef KERN_TASK_H
#define KERN_TASK_H

#include "inc/env.h"
#include "inc/mmu.h"
#include "inc/ptrace.h"
#include "kern/mosix.h"
#include "kern/queue.h"

/* Who a process is. */
struct credentials {
	uint32_t uid;			/* 0 may everything: capable() */
	uint32_t gid;
};

/* What is left of a process when it has ended, until its parent asks. */
struct ended {
	envid_t id, parent;		/* parent 0: nobody will ask */
	int status;
	uint64_t cycles;
};

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
	uint32_t kstack;		/* top of its kernel stack */
	struct Env *env;
	pde_t *pgdir;
	int cpu;			/* the processor that has it, or -1 */
	bool resched;			/* gives up the CPU on its way out */
	bool started;			/* somebody has started it */
	struct task *children;		/* the first of them */
	struct task *sibling;		/* another child of its parent */
	struct task *next;		/* in the queue or in a list */
	struct task_queue *queue;	/* where it is, or NULL */
	uint32_t ksp;			/* where its kernel stack was left */

	struct credentials cred;
	uint64_t cycles;		/* of processor time */
	uint64_t child_cycles;		/* of those that wait4 has told of */
	uint64_t since;			/* when it got its processor */

	struct task_queue child_wait;	/* itself, when it waits for a child */
	int status;			/* how it ended, as wait4 tells it */
	struct ended ended;		/* of the last process that was here */

	bool killed;			/* it has to end */
	bool stopped;			/* its parent does not want it to run */
	bool asleep;			/* until somebody wakes it */
	bool halfway;			/* in sleep_on, asleep or awake again */

	struct task_queue senders;	/* those that wait to send it one */
	struct task_queue receiving;	/* itself, when it waits for one */
	struct message message;		/* what it waits to send */
	int32_t result;			/* and what became of that */

	struct mosix mosix;		/* chapter 14: its travels */
};

extern struct task tasks[NENV];
extern struct Env *envs;

#endif

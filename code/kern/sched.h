#ifndef KERN_SCHED_H
#define KERN_SCHED_H

#include "kern/task.h"

/* t can run: it goes to the end of the queue, and if a processor is idle it
 * is woken. */
void make_runnable(struct task *t);
/* Is there a process in the queue? */
bool anybody_ready(void);
/* How many there are, and those that run. */
uint32_t count_ready(void);
/* An idle processor is to see whether there is something to do now. */
void look_again(void);

/* What sys_env_set_status does: RUNNABLE or NOT_RUNNABLE. A process that runs
 * on another processor is stopped there shortly after. */
void set_status(struct task *t, int status);
/* t, which runs on another processor or sleeps, ends as soon as it can. */
void stop_dead(struct task *t);

/* The processor of t is to enter the kernel soon, and to leave t there. */
void call_back_cpu(struct task *t);

/* The way in from user mode: takes the lock. Does not return if somebody has
 * ended the current process meanwhile. */
void enter_kernel(void);
/* The way out to user mode: after others, if it has been asked to let them. */
void leave_kernel(void);

/* The current process gives up its processor, for now or, if it is not in the
 * queue, until somebody puts it there. It may go on on another one. */
void sched_yield(void);
void sched_leave(void);

/* What a processor does from when it is up: gives itself to one process after
 * another. On its own stack, with the lock. */
void sched_loop(void) __attribute__((noreturn));

#endif

#ifndef KERN_SCHED_H
#define KERN_SCHED_H

#include "kern/task.h"

/* t can run: it goes to the end of the queue, and if a processor is idle it
 * is woken. */
void make_runnable(struct task *t);

/* What sys_env_set_status does: RUNNABLE or NOT_RUNNABLE. A process that runs
 * on another processor is stopped there shortly after. */
void set_status(struct task *t, int status);

/* The current process leaves its processor on its way out, in the middle of a
 * call, and waits for wake. */
void sleep(void);
/* t goes on: its call returns result. */
void wake(struct task *t, int32_t result);

/* t runs on another processor, which will end it as soon as it can. */
void stop_dead(struct task *t);

/* t cannot run any more: it leaves the queue, if it is there. */
void leave_queue(struct task *t);

/* Is there a process in the queue? */
bool anybody_ready(void);

/* The way in from user mode: takes the lock. Does not return if somebody has
 * ended the current process meanwhile. */
void enter_kernel(void);
/* The way out to user mode: by the same process or, if it has asked for
 * that, by another one. */
void leave_kernel(void);

/* Gives the processor to the first of the queue, or waits for one to come.
 * The current process, if there is one, goes to the end. */
void sched_yield(void) __attribute__((noreturn));

/* The current process is no more: this processor looks for another one. */
void drop_current(void) __attribute__((noreturn));

#endif

#ifndef KERN_WAIT_H
#define KERN_WAIT_H

#include "kern/queue.h"

/* The current process waits, in the middle of whatever it was doing, until
 * somebody wakes it. Who tests a condition before it sleeps tests it again
 * afterwards; between test and sleep nobody else can be in the kernel, so that
 * no wakeup is lost. -E_INTR: it has to end. */
int sleep_on(struct task_queue *q);
/* The same; meanwhile programs see that status of it. */
int sleep_shown(struct task_queue *q, int status);

/* t, which sleeps, goes on. */
void wake(struct task *t);
/* All that sleep there. */
void wake_all(struct task_queue *q);

#endif

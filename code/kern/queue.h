#ifndef KERN_QUEUE_H
#define KERN_QUEUE_H

#include "inc/types.h"

struct task;

/* Processes in the order in which they came. One is in no more than one of
 * them: task.queue. Under kernel_lock. */
struct task_queue {
	struct task *first, **last;
};

#define TASK_QUEUE(name)	{ NULL, &(name).first }

void queue_init(struct task_queue *q);
void queue_put(struct task_queue *q, struct task *t);
/* The first one, out of the queue; NULL if there is none. */
struct task *queue_take(struct task_queue *q);
/* t leaves the queue where it is, if it is in one. */
void queue_leave(struct task *t);

#endif

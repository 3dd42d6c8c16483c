#include "kern/queue.h"
#include "kern/task.h"

void queue_init(struct task_queue *q)
{
	q->first = NULL;
	q->last = &q->first;
}

void queue_put(struct task_queue *q, struct task *t)
{
	t->queue = q;
	t->next = NULL;
	*q->last = t;
	q->last = &t->next;
}

struct task *queue_take(struct task_queue *q)
{
	struct task *t = q->first;

	if (t != NULL)
		queue_leave(t);
	return t;
}

void queue_leave(struct task *t)
{
	struct task_queue *q = t->queue;
	struct task **p;

	if (q == NULL)
		return;
	for (p = &q->first; *p != t; p = &(*p)->next)
		;
	*p = t->next;
	if (q->last == &t->next)
		q->last = p;
	t->queue = NULL;
}

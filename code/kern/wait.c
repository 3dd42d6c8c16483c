#include "inc/error.h"
#include "kern/env.h"
#include "kern/sched.h"
#include "kern/wait.h"

int sleep_shown(struct task_queue *q, int status)
{
	struct task *t = current;

	if (t->killed)
		return -E_INTR;
	queue_put(q, t);
	t->asleep = t->halfway = true;
	t->env->env_status = status;
	sched_leave();
	t->halfway = false;
	return t->killed ? -E_INTR : 0;
}

int sleep_on(struct task_queue *q)
{
	return sleep_shown(q, ENV_NOT_RUNNABLE);
}

void wake(struct task *t)
{
	queue_leave(t);
	t->asleep = false;
	if (!t->stopped || t->killed)
		make_runnable(t);
	else
		t->env->env_status = ENV_NOT_RUNNABLE;
}

void wake_all(struct task_queue *q)
{
	while (q->first != NULL)
		wake(q->first);
}

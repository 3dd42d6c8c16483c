#include "inc/x86.h"
#include "kern/cpu.h"
#include "kern/env.h"
#include "kern/lapic.h"
#include "kern/mpconfig.h"
#include "kern/pmap.h"
#include "kern/run.h"
#include "kern/sched.h"
#include "kern/spinlock.h"
#include "inc/trap.h"

/* The processes that can run and have no processor, in the order in which
 * they will get one. Under kernel_lock, like all that follows. */
static struct task *first, **last = &first;
static int nrunning;			/* processors that run a process */

bool anybody_ready(void)
{
	return first != NULL;
}

static void enqueue(struct task *t)
{
	t->env->env_status = ENV_RUNNABLE;
	t->next = NULL;
	*last = t;
	last = &t->next;
}

static struct task *take_first(void)
{
	struct task *t = first;

	first = t->next;
	if (first == NULL)
		last = &first;
	return t;
}

void leave_queue(struct task *t)
{
	for (struct task **p = &first; *p != NULL; p = &(*p)->next)
		if (*p == t) {
			*p = t->next;
			if (last == &t->next)
				last = p;
			return;
		}
}

/* One that is idle is enough: there is one process more. */
static void poke_idle(void)
{
	for (int n = 0; n < ncpu; n++)
		if (cpus[n].idle) {
			cpus[n].idle = false;
			lapic_ipi(cpus[n].apicid, T_RESCHED);
			return;
		}
}

void make_runnable(struct task *t)
{
	enqueue(t);
	poke_idle();
}

/* The processor of t is to enter the kernel soon, and to leave t there. */
static void call_back(struct task *t)
{
	t->resched = true;
	if (t != current)
		lapic_ipi(cpus[t->cpu].apicid, T_RESCHED);
}

void stop_dead(struct task *t)
{
	t->env->env_status = ENV_DYING;
	call_back(t);
}

static void stop(struct task *t)
{
	if (t->env->env_status == ENV_DYING)
		return;
	leave_queue(t);
	t->stopped = true;
	t->env->env_status = ENV_NOT_RUNNABLE;
	if (t->cpu >= 0)
		call_back(t);
}

static void start(struct task *t)
{
	env_started(t);
	make_runnable(t);
}

static void go_on(struct task *t)
{
	t->stopped = false;
	if (t->env->env_status != ENV_NOT_RUNNABLE || t->waiting)
		return;
	if (t->cpu >= 0)
		t->env->env_status = ENV_RUNNING;	/* it was still there */
	else
		start(t);
}

void set_status(struct task *t, int status)
{
	if (status == ENV_NOT_RUNNABLE)
		stop(t);
	else
		go_on(t);
}

void sleep(void)
{
	current->waiting = true;
	current->env->env_status = ENV_NOT_RUNNABLE;
	current->resched = true;
}

void wake(struct task *t, int32_t result)
{
	t->waiting = false;
	t->regs.eax = result;
	if (!t->stopped)
		make_runnable(t);
}

/* Nothing to do until somebody wants this processor. An IPI that arrives after
 * the unlocking is not lost: sti lets it in only once hlt has begun. */
static void idle(void)
{
	thiscpu->idle = true;
	lcr3(PADDR(kern_pgdir));
	unlock_kernel();
	do
		asm volatile("sti; hlt; cli" : : : "memory");
	while (thiscpu->idle);
	lock_kernel();
}

static void __attribute__((noreturn)) schedule(void)
{
	while (first == NULL) {
		if (nrunning == 0)
			nothing_left();
		else
			idle();
	}
	nrunning++;
	env_run(take_first());
}

void drop_current(void)
{
	current->cpu = -1;
	current = NULL;
	nrunning--;
	schedule();
}

void sched_yield(void)
{
	struct task *t = current;

	if (t == NULL)
		schedule();
	if (t->env->env_status == ENV_RUNNING)
		enqueue(t);
	drop_current();
}

void enter_kernel(void)
{
	lock_kernel();
	if (current->env->env_status == ENV_DYING)
		env_kill("destroyed");
}

void leave_kernel(void)
{
	if (current->resched)
		sched_yield();
	unlock_kernel();
}

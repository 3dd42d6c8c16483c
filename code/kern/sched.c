#include "inc/trap.h"
#include "inc/x86.h"
#include "kern/cpu.h"
#include "kern/env.h"
#include "kern/kstack.h"
#include "kern/lapic.h"
#include "kern/mpconfig.h"
#include "kern/pmap.h"
#include "kern/run.h"
#include "kern/sched.h"
#include "kern/spinlock.h"
#include "kern/times.h"
#include "kern/wait.h"

/* The processes that can run and have no processor, in the order in which
 * they will get one. Under kernel_lock, like all that follows. */
static struct task_queue ready = TASK_QUEUE(ready);
static int nrunning;			/* processors that run a process */

bool anybody_ready(void)
{
	return ready.first != NULL;
}

static void enqueue(struct task *t)
{
	t->env->env_status = ENV_RUNNABLE;
	queue_put(&ready, t);
}

/* One that is idle is enough: there is one process more. The processor that
 * asks may be that one, in the middle of an interrupt: it will see it. */
static void poke_idle(void)
{
	for (int n = 0; n < ncpu; n++)
		if (cpus[n].idle) {
			cpus[n].idle = false;
			if (n != cpunum())
				lapic_ipi(cpus[n].apicid, T_RESCHED);
			return;
		}
}

void look_again(void)
{
	poke_idle();
}

uint32_t count_ready(void)
{
	uint32_t n = nrunning;

	for (struct task *t = ready.first; t != NULL; t = t->next)
		n++;
	return n;
}

void make_runnable(struct task *t)
{
	enqueue(t);
	poke_idle();
}

/* The processor of t is to enter the kernel soon, and to leave t there. */
void call_back_cpu(struct task *t)
{
	t->resched = true;
	if (t != current)
		lapic_ipi(cpus[t->cpu].apicid, T_RESCHED);
}

void stop_dead(struct task *t)
{
	if (t->killed)
		return;
	t->killed = true;
	if (t->cpu >= 0)
		call_back_cpu(t);
	else
		wake(t);
}

static void stop(struct task *t)
{
	t->stopped = true;
	mosix_come_home(t);
	if (t->killed)
		return;
	if (!t->asleep)
		queue_leave(t);
	t->env->env_status = ENV_NOT_RUNNABLE;
	if (t->cpu >= 0)
		call_back_cpu(t);
}

static void go_on(struct task *t)
{
	t->stopped = false;
	if (mosix_start(t))
		return;
	env_started(t);		/* even one that has not slept yet */
	if (t->env->env_status != ENV_NOT_RUNNABLE || t->asleep)
		return;
	if (t->cpu >= 0)
		t->env->env_status = ENV_RUNNING;	/* it was still there */
	else
		make_runnable(t);
}

void set_status(struct task *t, int status)
{
	if (status == ENV_NOT_RUNNABLE)
		stop(t);
	else
		go_on(t);
}

/* Nothing to do until somebody wants this processor. An IPI that arrives after
 * the unlocking is not lost: sti lets it in only once hlt has begun. */
static void idle(void)
{
	thiscpu->idle = true;
	lcr3(PADDR(kern_pgdir));
	unlock_kernel();
	do {
		times_halt();
		asm volatile("sti; hlt; cli" : : : "memory");
	} while (thiscpu->idle);
	lock_kernel();
}

/* Until t leaves the processor. With its directory loaded before its stack is
 * used: what the TLB knew of that stack may have been another one's. */
static void run(struct task *t)
{
	current = t;
	nrunning++;
	t->cpu = t->env->env_cpunum = cpunum();
	t->resched = false;
	t->env->env_status = ENV_RUNNING;
	t->env->env_runs++;
	times_start(t);
	thiscpu->tss.esp0 = (uint32_t)(&t->regs + 1);
	lcr3(PADDR(t->pgdir));
	switch_stack(&thiscpu->ksp, t->ksp);
	if (t->env->env_status == ENV_DYING)
		env_free(t);
	t->cpu = -1;
	nrunning--;
	current = NULL;
}

void sched_loop(void)
{
	for (;;) {
		struct task *t = queue_take(&ready);

		if (t != NULL)
			run(t);
		else if (nrunning > 0 || !nothing_left())
			idle();
	}
}

void sched_leave(void)
{
	times_charge(current);
	switch_stack(&current->ksp, thiscpu->ksp);
}

void sched_yield(void)
{
	if (current->env->env_status == ENV_RUNNING)
		enqueue(current);
	sched_leave();
}

void enter_kernel(void)
{
	lock_kernel();
	if (current->killed)
		env_kill("destroyed");
}

/* What is asked of a process may put it to sleep, and then everything has to
 * be looked at again. */
void leave_kernel(void)
{
	struct task *t = current;

	do {
		if (t->resched)
			sched_yield();
		if (t->killed)
			env_kill("destroyed");
	} while (t->mosix.dreqs != 0 && mosix_pre_usermode_actions());
	unlock_kernel();
}

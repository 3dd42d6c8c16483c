#include "inc/error.h"
#include "kern/env.h"
#include "kern/ipc.h"
#include "kern/pmap.h"
#include "kern/sched.h"
#include "kern/syscall.h"

void ipc_init(struct task *t)
{
	t->env->env_ipc_recving = false;
	t->env->env_ipc_value = 0;
	t->env->env_ipc_from = 0;
	t->env->env_ipc_perm = 0;
	t->stopped = t->waiting = false;
	t->receiver = t->senders = NULL;
	t->last_sender = &t->senders;
}

static bool has_page(const struct message *m)
{
	return m->srcva < UTOP;
}

/* May m's page be sent? The pages of from can change while it waits, so this
 * is asked when the message is delivered. */
static int check_page(struct task *from, const struct message *m,
		      struct PageInfo **store)
{
	pte_t *pte;

	*store = NULL;
	if (!has_page(m))
		return 0;
	if (!good_page(m->srcva, m->perm))
		return -E_INVAL;
	*store = page_lookup(from->pgdir, (void *)m->srcva, &pte);
	if (*store == NULL || ((m->perm & PTE_W) && !(*pte & PTE_W)))
		return -E_INVAL;
	return 0;
}

/* Gives m to a process that waits for a message. If there is an error nothing
 * has happened: it still waits. */
static int deliver(struct task *from, const struct message *m, struct task *to)
{
	uint32_t dstva = (uint32_t)to->env->env_ipc_dstva;
	struct PageInfo *pp;
	int err = check_page(from, m, &pp);
	bool moves = pp != NULL && dstva < UTOP;

	if (err == 0 && moves)
		err = page_insert(to->pgdir, pp, (void *)dstva, m->perm);
	if (err < 0)
		return err;
	to->env->env_ipc_perm = moves ? m->perm : 0;
	to->env->env_ipc_recving = false;
	to->env->env_ipc_value = m->value;
	to->env->env_ipc_from = from->env->env_id;
	return 0;
}

/* Sends value, and the page at srcva with perm if srcva is below UTOP, to
 * process id, if it is waiting for a message. -E_BAD_ENV, -E_IPC_NOT_RECV,
 * -E_INVAL, -E_NO_MEM. */
int32_t sys_ipc_try_send(uint32_t id, uint32_t value, uint32_t srcva,
			 uint32_t perm)
{
	struct message m = { value, srcva, perm };
	struct task *to;
	int err = envid2task(id, &to, false);

	if (err < 0)
		return err;
	if (!to->env->env_ipc_recving)
		return -E_IPC_NOT_RECV;
	err = deliver(current, &m, to);
	if (err == 0)
		wake(to, 0);
	return err;
}

/* The current process waits, the last of those that want to send to to. */
static void wait_to_send(const struct message *m, struct task *to)
{
	struct task *t = current;

	t->message = *m;
	t->receiver = to;
	t->next = NULL;
	*to->last_sender = t;
	to->last_sender = &t->next;
	sleep();
}

/* The same, waiting for it for as long as is needed. If it ends before,
 * -E_BAD_ENV. A process cannot wait for itself: -E_INVAL. */
int32_t sys_ipc_send(uint32_t id, uint32_t value, uint32_t srcva,
		     uint32_t perm)
{
	struct message m = { value, srcva, perm };
	int err = sys_ipc_try_send(id, value, srcva, perm);
	struct PageInfo *pp;
	struct task *to;

	if (err != -E_IPC_NOT_RECV)
		return err;
	envid2task(id, &to, false);
	err = to == current ? -E_INVAL : check_page(current, &m, &pp);
	if (err < 0)
		return err;
	wait_to_send(&m, to);
	return 0;			/* unless wake says something else */
}

static struct task *first_sender(struct task *to)
{
	struct task *t = to->senders;

	if (t == NULL)
		return NULL;
	to->senders = t->next;
	if (to->senders == NULL)
		to->last_sender = &to->senders;
	t->receiver = NULL;
	return t;
}

/* Waits for a message, and for a page at dstva if that is below UTOP. What
 * came is in the caller's struct Env. -E_INVAL: dstva is no page's. */
int32_t sys_ipc_recv(uint32_t dstva)
{
	struct task *from;
	int err;

	if (dstva < UTOP && PGOFF(dstva) != 0)
		return -E_INVAL;
	current->env->env_ipc_recving = true;
	current->env->env_ipc_dstva = (void *)dstva;
	while ((from = first_sender(current)) != NULL) {
		err = deliver(from, &from->message, current);
		wake(from, err);
		if (err == 0)
			return 0;
	}
	sleep();
	return 0;
}

static void leave_senders(struct task *t)
{
	struct task *to = t->receiver, **p = &to->senders;

	while (*p != t)
		p = &(*p)->next;
	*p = t->next;
	if (to->last_sender == &t->next)
		to->last_sender = p;
	t->receiver = NULL;
}

void ipc_forget(struct task *t)
{
	struct task *from;

	if (t->receiver != NULL)
		leave_senders(t);
	while ((from = first_sender(t)) != NULL)
		wake(from, -E_BAD_ENV);
}

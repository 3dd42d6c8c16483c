#include "inc/error.h"
#include "kern/env.h"
#include "kern/ipc.h"
#include "kern/mosix.h"
#include "kern/pmap.h"
#include "kern/sched.h"
#include "kern/syscall.h"
#include "kern/wait.h"

void ipc_init(struct task *t)
{
	t->env->env_ipc_recving = false;
	t->env->env_ipc_value = 0;
	t->env->env_ipc_from = 0;
	t->env->env_ipc_perm = 0;
	t->killed = t->stopped = t->asleep = false;
	queue_init(&t->senders);
	queue_init(&t->receiving);
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

/* A page goes from a memory to another one: both have to be here. While
 * they are waited for, others may do what they like with the receiver. */
static bool far(struct task *to, const struct message *m)
{
	return has_page(m) &&
	       (!mosix_at_home(current) ||
		(!mosix_at_home(to) &&
		 (uint32_t)to->env->env_ipc_dstva < UTOP));
}

static int bring_home(struct task *to)
{
	int err = home_fetch(current);

	return err < 0 ? err : home_fetch(to);
}

/* Sends value, and the page at srcva with perm if srcva is below UTOP, to
 * process id, if it is waiting for a message. -E_BAD_ENV, -E_IPC_NOT_RECV,
 * -E_INVAL, -E_NO_MEM. */
int32_t sys_ipc_try_send(uint32_t id, uint32_t value, uint32_t srcva,
			 uint32_t perm)
{
	struct message m = { value, srcva, perm };
	struct task *to;
	int err;

	do {
		err = envid2task(id, &to, false);
		if (err < 0)
			return err;
		if (!to->env->env_ipc_recving)
			return -E_IPC_NOT_RECV;
	} while (far(to, &m) && (err = bring_home(to)) == 0);
	if (err == 0)
		err = deliver(current, &m, to);
	if (err == 0)
		wake(to);
	return err;
}

/* The same, waiting for it for as long as is needed. If it ends before,
 * -E_BAD_ENV. A process cannot wait for itself: -E_INVAL. */
int32_t sys_ipc_send(uint32_t id, uint32_t value, uint32_t srcva,
		     uint32_t perm)
{
	struct message m = { value, srcva, perm };
	int err = has_page(&m) ? home_fetch(current) : 0;
	struct PageInfo *pp;
	struct task *to;

	if (err == 0)
		err = sys_ipc_try_send(id, value, srcva, perm);
	if (err != -E_IPC_NOT_RECV)
		return err;
	envid2task(id, &to, false);
	err = to == current ? -E_INVAL : check_page(current, &m, &pp);
	if (err < 0)
		return err;
	current->message = m;
	err = sleep_on(&to->senders);
	return err < 0 ? err : current->result;
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
	while ((from = current->senders.first) != NULL) {
		if (far(current, &from->message)) {
			err = home_fetch(current);
			if (err < 0 || !current->env->env_ipc_recving)
				return err;
			continue;
		}
		from->result = deliver(from, &from->message, current);
		wake(from);
		if (from->result == 0)
			return 0;
	}
	return sleep_on(&current->receiving);
}

void ipc_forget(struct task *t)
{
	struct task *from;

	while ((from = t->senders.first) != NULL) {
		from->result = -E_BAD_ENV;
		wake(from);
	}
}

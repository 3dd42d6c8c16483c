#include "inc/error.h"
#include "kern/cpu.h"
#include "kern/env.h"
#include "kern/exit.h"
#include "kern/syscall.h"
#include "kern/usercopy.h"
#include "kern/wait.h"

enum {
	WNOHANG = 1,
};

static struct task *free_slots;
static struct task_queue told = TASK_QUEUE(told); /* something stays there */

void slot_free(struct task *t)
{
	nfree_envs++;
	if (t->ended.parent != 0) {
		queue_put(&told, t);
		return;
	}
	t->next = free_slots;
	free_slots = t;
}

struct task *slot_take(void)
{
	struct task *t = free_slots;

	if (t != NULL)
		free_slots = t->next;
	else
		t = queue_take(&told);
	if (t == NULL)
		return NULL;
	t->ended.parent = 0;
	nfree_envs--;
	return t;
}

/* Nobody will ask any more for what stays at t. */
static void forget_ended(struct task *t)
{
	queue_leave(t);
	t->ended.parent = 0;
	t->next = free_slots;
	free_slots = t;
}

void child_of(struct task *t, struct task *parent)
{
	t->children = NULL;
	t->sibling = NULL;
	t->env->env_parent_id = parent ? parent->env->env_id : 0;
	if (parent == NULL)
		return;
	t->sibling = parent->children;
	parent->children = t;
}

static struct task *parent_of(struct task *t)
{
	envid_t id = t->env->env_parent_id;

	return id == 0 ? NULL : &tasks[ENVX(id)];
}

void leave_parent(struct task *t)
{
	struct task *parent = parent_of(t), **p;

	if (parent == NULL)
		return;
	for (p = &parent->children; *p != t; p = &(*p)->sibling)
		;
	*p = t->sibling;
	if (t->started)
		t->ended = (struct ended){ t->env->env_id,
					   parent->env->env_id,
					   t->status, t->cycles };
	wake_all(&parent->child_wait);
}

void orphan_children(struct task *t)
{
	struct task *child, *next;

	while ((child = t->children) != NULL) {
		t->children = child->sibling;
		child->env->env_parent_id = 0;
		if (!child->started)
			env_destroy(child, "never started");
	}
	for (child = told.first; child != NULL; child = next) {
		next = child->next;
		if (child->ended.parent == t->env->env_id)
			forget_ended(child);
	}
}

/* A child of the current process that has ended: id, or any if it is -1. */
static struct task *find_ended(int32_t id)
{
	for (struct task *t = told.first; t != NULL; t = t->next)
		if (t->ended.parent == current->env->env_id &&
		    (id == -1 || id == t->ended.id))
			return t;
	return NULL;
}

static bool has_child(int32_t id)
{
	for (struct task *t = current->children; t != NULL; t = t->sibling)
		if (id == -1 || id == t->env->env_id)
			return true;
	return false;
}

/* Tells the caller of one that has ended, which is then forgotten. */
static int32_t tell(struct task *t, uint32_t status)
{
	envid_t id = t->ended.id;

	if (status != 0 && copy_to_user(status, &t->ended.status,
					sizeof(t->ended.status)) < 0)
		return -E_FAULT;
	current->child_cycles += t->ended.cycles;
	forget_ended(t);
	return id;
}

/* Waits until child id (-1: any) has ended; how, at *status if that is not 0.
 * Its id; 0 if options has WNOHANG and none has. -E_CHILD, -E_INVAL, -E_FAULT,
 * -E_INTR. */
int32_t sys_wait4(uint32_t id, uint32_t status, uint32_t options,
		  uint32_t rusage)
{
	struct task *t;
	int err;

	if (options & ~WNOHANG || rusage != 0)
		return -E_INVAL;
	while ((t = find_ended(id)) == NULL) {
		if (!has_child(id))
			return -E_CHILD;
		if (options & WNOHANG)
			return 0;
		err = sleep_on(&current->child_wait);
		if (err < 0)
			return err;
	}
	return tell(t, status);
}

/* The current process ends with that code. */
int32_t sys_exit(uint32_t code)
{
	current->status = STATUS_EXIT(code);
	env_destroy(current, "exit");
	return 0;
}

/* Ends process id; signals that it could attend to come in chapter 18. sig 0
 * only asks whether that could be done. -E_BAD_ENV, -E_PERM, -E_INVAL. */
int32_t sys_kill(uint32_t id, uint32_t sig)
{
	struct task *t;
	int err = id == 0 ? -E_BAD_ENV : envid2task(id, &t, false);

	if (err < 0)
		return err;
	if (!capable() && t->cred.uid != current->cred.uid)
		return -E_PERM;
	if (sig == 0)
		return 0;
	if (sig != SIGKILL)
		return -E_INVAL;
	t->status = STATUS_SIGNAL(SIGKILL);
	env_destroy(t, "killed");
	return 0;
}

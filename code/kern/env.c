#include "inc/assert.h"
#include "inc/error.h"
#include "inc/string.h"
#include "inc/x86.h"
#include "kern/elf.h"
#include "kern/env.h"
#include "kern/exit.h"
#include "kern/hooks.h"
#include "kern/ipc.h"
#include "kern/kstack.h"
#include "kern/pmap.h"
#include "kern/printf.h"
#include "kern/sched.h"
#include "kern/spinlock.h"

enum {
	MAXARGS = 32,
};

void restore_all(struct pt_regs *regs) __attribute__((noreturn));

struct task tasks[NENV];
struct Env *envs;			/* mapped at UENVS too */
uint32_t nfree_envs;

_Static_assert(offsetof(struct task, regs) == 0, "TSS.esp0 counts on it");

/* The list is in the order of envs[]: the first process is envs[0]. */
void env_init(void)
{
	for (int i = NENV - 1; i >= 0; i--) {
		tasks[i].env = &envs[i];
		tasks[i].cpu = -1;
		slot_free(&tasks[i]);
	}
}

/* A directory with the kernel's half; the user's is empty. */
static int setup_vm(struct task *t)
{
	struct PageInfo *pp = page_alloc(ALLOC_ZERO);

	if (pp == NULL)
		return -E_NO_MEM;
	pp->pp_ref++;
	t->pgdir = page2kva(pp);
	memcpy(&t->pgdir[PDX(UTOP)], &kern_pgdir[PDX(UTOP)],
	       (NPDENTRIES - PDX(UTOP)) * sizeof(pde_t));
	t->pgdir[PDX(UVPT)] = page2pa(pp) | PTE_P | PTE_U;
	return 0;
}

/* The ids of this slot begin again: nobody is a child of the old ones. */
static void forget_parents(int slot)
{
	for (int i = 0; i < NENV; i++)
		if (ENVX(envs[i].env_parent_id) == slot)
			envs[i].env_parent_id = 0;
}

/* The next generation of the slot; never 0. */
static envid_t next_id(envid_t old, int slot)
{
	uint32_t step = 1 << ENVGENSHIFT;
	uint32_t mask = (1 << ENVNODESHIFT) - 1;
	uint32_t generation = (old + step) & mask & ~(NENV - 1);

	if (generation == 0) {
		generation = step;
		forget_parents(slot);
	}
	return my_node << ENVNODESHIFT | generation | slot;
}

static void setup_regs(struct task *t)
{
	memset(&t->regs, 0, sizeof(t->regs));
	t->regs.xds = t->regs.xes = t->regs.xss = GD_UD | 3;
	t->regs.xcs = GD_UT | 3;
	t->regs.esp = USTACKTOP;
	t->regs.orig_eax = -1;
	t->regs.eflags = FL_FIXED | FL_IF;
}

/* Where a process goes on when it gets a processor for the first time. */
static void first_run(void)
{
	leave_kernel();
	restore_all(&current->regs);
}

int env_memory(struct task *t, uint32_t stacktop)
{
	int err = setup_vm(t);

	if (err < 0)
		return err;
	err = kstack_alloc(t, stacktop, first_run);
	if (err < 0)
		page_decref(pa2page(PADDR(t->pgdir)));
	return err;
}

int env_alloc(struct task **store, struct task *parent)
{
	struct task *t = slot_take();
	int err;

	if (t == NULL)
		return -E_NO_FREE_ENV;
	err = env_memory(t, TASKSTACKTOP(t - tasks));
	if (err < 0) {
		slot_free(t);
		return err;
	}
	setup_regs(t);
	t->env->env_id = next_id(t->env->env_id, t - tasks);
	child_of(t, parent);
	t->env->env_type = ENV_TYPE_USER;
	t->env->env_status = ENV_NOT_RUNNABLE;
	t->env->env_runs = 0;
	t->env->env_pgfault_upcall = NULL;
	t->status = STATUS_EXIT(0);
	t->cycles = t->child_cycles = 0;
	queue_init(&t->child_wait);
	t->cred = parent ? parent->cred : (struct credentials){ 0, 0 };
	t->started = true;
	ipc_init(t);
	mosix_init(t);
	*store = t;
	cprintf("[%08x] new env %08x\n",
		current ? current->env->env_id : 0, t->env->env_id);
	record("new env=%08x parent=%08x", t->env->env_id,
	       t->env->env_parent_id);
	return 0;
}

int env_alloc_child(struct task **store)
{
	int err = env_alloc(store, current);

	if (err < 0)
		return err;
	(*store)->started = false;
	return 0;
}

void env_started(struct task *t)
{
	t->started = true;
}

/* Frees every page below UTOP, and the tables that map them. */
static void free_pages(struct task *t)
{
	for (uint32_t pdx = 0; pdx < PDX(UTOP); pdx++)
		if (t->pgdir[pdx] & PTE_P)
			page_remove_table(t->pgdir, pdx);
}

void env_empty(struct task *t)
{
	bool loaded = rcr3() == PADDR(t->pgdir);

	if (loaded)
		lcr3(PADDR(kern_pgdir));
	free_pages(t);
	if (loaded)
		lcr3(PADDR(t->pgdir));
}

void env_memory_free(struct task *t)
{
	env_empty(t);
	if (rcr3() == PADDR(t->pgdir))
		lcr3(PADDR(kern_pgdir));
	page_decref(pa2page(PADDR(t->pgdir)));
	kstack_free(t);
	t->pgdir = NULL;
}

void env_free(struct task *t)
{
	if (t->mosix.dflags & DREMOTE) {
		guest_free(t);
		return;
	}
	cprintf("[%08x] free env %08x\n",
		current ? current->env->env_id : 0, t->env->env_id);
	ipc_forget(t);
	queue_leave(t);
	leave_parent(t);
	env_memory_free(t);
	t->env->env_status = ENV_FREE;
	slot_free(t);
}

/* The current one leaves this stack for good; whoever finds it so frees it. */
static void __attribute__((noreturn)) die(void)
{
	current->env->env_status = ENV_DYING;
	sched_leave();
	panic("a dead process runs");
}

void env_destroy(struct task *t, const char *how)
{
	if (t != current && (t->cpu >= 0 || t->halfway)) {
		stop_dead(t);
		return;
	}
	if (!(t->mosix.dflags & DREMOTE)) {
		record("end env=%08x how=\"%s\"", t->env->env_id, how);
		mosix_end(t);
		orphan_children(t);
	}
	if (t == current)
		die();
	env_free(t);
}

void env_kill(const char *why)
{
	env_destroy(current, why);
	panic("a dead process runs");
}

int envid2task(envid_t id, struct task **store, bool check)
{
	struct task *t = &tasks[ENVX(id)];

	if (current->mosix.dflags & DREMOTE)
		return guest_lookup(id, store);
	if (id == 0) {
		*store = current;
		return 0;
	}
	if (t->env->env_status == ENV_FREE || t->env->env_id != id)
		return -E_BAD_ENV;
	if (check && t != current &&
	    t->env->env_parent_id != current->env->env_id)
		return -E_BAD_ENV;
	*store = t;
	return 0;
}

int env_create(const void *elf, size_t size, struct task **store)
{
	struct task *t;
	int err = env_alloc(&t, NULL);

	if (err < 0)
		return err;
	err = elf_load(t, elf, size);
	if (err < 0) {
		env_free(t);
		return err;
	}
	make_runnable(t);
	*store = t;
	return 0;
}

static size_t word_length(const char *s)
{
	size_t n = 0;

	while (s[n] != '\0' && s[n] != ' ')
		n++;
	return n;
}

void env_set_args(struct task *t, const char *name, const char *args)
{
	struct PageInfo *pp = page_lookup(t->pgdir,
					  (void *)(USTACKTOP - PGSIZE), NULL);
	char *page = page2kva(pp), *text = page + PGSIZE;
	uint32_t *word, argv[MAXARGS];
	uint32_t to_user = USTACKTOP - PGSIZE - (uint32_t)page;
	int argc = 0;

	for (const char *s = name; *s && argc < MAXARGS; s = args) {
		size_t n = s == name ? strlen(s) : word_length(s);

		if (n + 1 > (size_t)(text - page) / 2)
			break;
		text -= n + 1;
		memcpy(text, s, n);
		text[n] = '\0';
		argv[argc++] = (uint32_t)text + to_user;
		if (s != name)
			args += n;
		while (*args == ' ')
			args++;
	}
	word = ROUNDDOWN((uint32_t *)text, 16);
	*--word = 0;
	for (int i = argc - 1; i >= 0; i--)
		*--word = argv[i];
	word[-1] = (uint32_t)word + to_user;
	word[-2] = argc;
	t->regs.esp = (uint32_t)(word - 2) + to_user;
}

/* Is [va, va + PGSIZE), or the part of it below ULIM, t's with perm? */
static bool page_allowed(struct task *t, uint32_t va, int perm)
{
	pde_t pde = t->pgdir[PDX(va)];
	pte_t *table = KADDR(PTE_ADDR(pde));

	return va < ULIM && (pde & perm) == (uint32_t)perm &&
	       (table[PTX(va)] & perm) == (uint32_t)perm;
}

int user_mem_check(struct task *t, uint32_t va, size_t len, int perm,
		   uint32_t *bad)
{
	uint64_t end = (uint64_t)va + len;
	uint64_t at;

	if (t->mosix.dflags & DDEPUTY && t == current)
		return deputy_check(va, len, perm, bad);
	for (at = va; at < end; at = (at | (PGSIZE - 1)) + 1) {
		if (at < ULIM && page_allowed(t, at, perm | PTE_P | PTE_U))
			continue;
		if (bad != NULL)
			*bad = at;
		return -E_FAULT;
	}
	return 0;
}

void user_mem_assert(struct task *t, uint32_t va, size_t len, int perm)
{
	uint32_t bad;

	if (user_mem_check(t, va, len, perm, &bad) == 0)
		return;
	cprintf("[%08x] user_mem_check assertion failure for va %08x\n",
		t->env->env_id, bad);
	t->status = STATUS_SIGNAL(SIGSEGV);
	env_destroy(t, "bad pointer");
}

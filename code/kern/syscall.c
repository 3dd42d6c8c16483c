#include "inc/error.h"
#include "inc/string.h"
#include "kern/console.h"
#include "kern/env.h"
#include "kern/exit.h"
#include "kern/mosix.h"
#include "kern/pmap.h"
#include "kern/printf.h"
#include "kern/sched.h"
#include "kern/syscall.h"
#include "kern/usercopy.h"

int32_t no_syscall(struct pt_regs *regs)
{
	(void)regs;
	return -E_NO_SYS;
}

enum {
	PIECE = 1024,			/* of a text, on the kernel stack */
};

/* The process may have to be asked for its text, far away. */
static int put_user(uint32_t s, uint32_t len)
{
	char piece[PIECE];
	uint32_t n;
	int err;

	for (uint32_t at = 0; at < len; at += n) {
		n = MIN(PIECE, len - at);
		err = copy_from_user(piece, s + at, n);
		if (err < 0)
			return err;
		for (uint32_t i = 0; i < n; i++)
			cons_putc(piece[i]);
	}
	return 0;
}

/* Writes len bytes at buf on the console, which is all that fd 1 and fd 2
 * are until chapter 16. -E_BADF, -E_FAULT. */
int32_t sys_write(uint32_t fd, uint32_t buf, uint32_t len)
{
	int err;

	if (fd != 1 && fd != 2)
		return -E_BADF;
	if ((int32_t)len < 0)
		return -E_INVAL;
	if (len > PIECE && user_mem_check(current, buf, len, 0, NULL) < 0)
		return -E_FAULT;
	err = put_user(buf, len);
	return err < 0 ? err : (int32_t)len;
}

/* The same in JOS's way: a bad pointer ends the caller. */
int32_t sys_cputs(uint32_t s, uint32_t len)
{
	if (len > PIECE)
		user_mem_assert(current, s, len, 0);
	if (put_user(s, len) == -E_FAULT)
		user_mem_assert(current, s, len, 0);
	return 0;
}

/* Ends process id, which is the caller (also as 0) or a child of it. */
int32_t sys_env_destroy(uint32_t id)
{
	struct task *t;
	int err = envid2task(id, &t, true);

	if (err < 0)
		return err;
	if (t == current)
		cprintf("[%08x] exiting gracefully\n", t->env->env_id);
	else
		cprintf("[%08x] destroying %08x\n", current->env->env_id,
			t->env->env_id);
	t->status = t == current ? STATUS_EXIT(0) : STATUS_SIGNAL(SIGKILL);
	env_destroy(t, "exit");
	return 0;
}

/* A character that was typed, or 0. */
int32_t sys_cgetc(void)
{
	int c = cons_getc();

	return c < 0 ? 0 : c;
}

int32_t sys_getenvid(void)
{
	return current->env->env_id;
}

int32_t sys_getpid(void)
{
	return current->env->env_id;
}

/* The processor for somebody else; the caller comes back in its turn. */
int32_t sys_yield(void)
{
	current->resched = true;
	return 0;
}

/* A child with the caller's registers and nothing else, which will see 0 in
 * eax; not runnable yet. Its id, -E_NO_FREE_ENV, -E_NO_MEM. */
int32_t sys_exofork(void)
{
	struct task *t;
	int err = env_alloc_child(&t);

	if (err < 0)
		return err;
	t->regs = current->regs;
	t->regs.eax = 0;
	if (current->mosix.dflags & DDEPUTY)
		mosix_hatch(t);
	return t->env->env_id;
}

int32_t sys_env_set_status(uint32_t id, uint32_t status)
{
	struct task *t;
	int err = envid2task(id, &t, true);

	if (err < 0)
		return err;
	if (status != ENV_RUNNABLE && status != ENV_NOT_RUNNABLE)
		return -E_INVAL;
	set_status(t, status);
	return 0;
}

bool good_page(uint32_t va, uint32_t perm)
{
	return va < UTOP && PGOFF(va) == 0 &&
	       (perm & (PTE_P | PTE_U)) == (PTE_P | PTE_U) &&
	       (perm & ~PTE_SYSCALL) == 0;
}

/* A process whose memory is to be changed has to be here. */
static int memory_of(envid_t id, struct task **store)
{
	struct task *me = current;
	int err = 0;

	*store = me;
	if (id != 0)
		err = envid2task(id, store, true);
	else if (!(me->mosix.dflags & DDEPUTY))
		return 0;
	if (err < 0 || (*store)->mosix.dflags & DREMOTE)
		return err;
	return home_fetch(*store);
}

/* A new page, of zeros, at va of process id, instead of what was there.
 * -E_BAD_ENV, -E_INVAL, -E_NO_MEM. */
int32_t sys_page_alloc(uint32_t id, uint32_t va, uint32_t perm)
{
	struct PageInfo *pp;
	struct task *t;
	int err = memory_of(id, &t);

	if (err < 0)
		return err;
	if (!good_page(va, perm))
		return -E_INVAL;
	pp = page_alloc(ALLOC_ZERO);
	if (pp == NULL)
		return -E_NO_MEM;
	err = page_insert(t->pgdir, pp, (void *)va, perm);
	if (err < 0)
		page_free(pp);
	return err;
}

/* The first may leave while the second one is waited for. */
static int memories_of(envid_t a, struct task **from, envid_t b,
		       struct task **to)
{
	int err;

	do {
		err = memory_of(a, from);
		if (err == 0)
			err = memory_of(b, to);
	} while (err == 0 && !mosix_at_home(*from));
	return err;
}

/* The page at srcva of process src is also at dstva of process dst, with perm;
 * writable only if it is so in src. -E_BAD_ENV, -E_INVAL, -E_NO_MEM. */
int32_t sys_page_map(uint32_t src, uint32_t srcva, uint32_t dst,
		     uint32_t dstva, uint32_t perm)
{
	struct task *from, *to;
	struct PageInfo *pp;
	pte_t *pte;

	if (memories_of(src, &from, dst, &to) < 0)
		return -E_BAD_ENV;
	if (srcva >= UTOP || PGOFF(srcva) != 0 || !good_page(dstva, perm))
		return -E_INVAL;
	pp = page_lookup(from->pgdir, (void *)srcva, &pte);
	if (pp == NULL || ((perm & PTE_W) && !(*pte & PTE_W)))
		return -E_INVAL;
	return page_insert(to->pgdir, pp, (void *)dstva, perm);
}

/* Nothing at va of process id any more, if there was something. */
int32_t sys_page_unmap(uint32_t id, uint32_t va)
{
	struct task *t;
	int err = memory_of(id, &t);

	if (err < 0)
		return err;
	if (va >= UTOP || PGOFF(va) != 0)
		return -E_INVAL;
	page_remove(t->pgdir, (void *)va);
	return 0;
}

/* The page faults of process id are told to it at entry, with a struct
 * UTrapframe on its exception stack; 0: they end it. -E_BAD_ENV. */
int32_t sys_env_set_pgfault_upcall(uint32_t id, uint32_t entry)
{
	struct task *t;
	int err = memory_of(id, &t);

	if (err < 0)
		return err;
	t->env->env_pgfault_upcall = (void *)entry;
	guest_env_changed(t);
	return 0;
}

/* Is [va, va + n pages) below UTOP, and page by page? No more than a table of
 * pages at once: meanwhile nobody else is in the kernel. */
static bool good_run(uint32_t va, uint32_t n)
{
	return va < UTOP && PGOFF(va) == 0 && n <= NPTENTRIES &&
	       n <= (UTOP - va) / PGSIZE;
}

/* sys_page_map for the n pages that follow each other from srcva and dstva
 * on. How many were mapped: less than n where one could not be; the errors of
 * sys_page_map if that was the first. */
int32_t sys_page_map_run(uint32_t src, uint32_t srcva, uint32_t dst,
			 uint32_t dstva, uint32_t n, uint32_t perm)
{
	struct task *from, *to;

	if (memories_of(src, &from, dst, &to) < 0)
		return -E_BAD_ENV;
	if (!good_run(srcva, n) || !good_run(dstva, n) ||
	    !good_page(dstva, perm))
		return -E_INVAL;
	return page_map_run(from->pgdir, srcva, to->pgdir, dstva, n, perm);
}

/* At va of process id there is from now on a copy of the page that was there,
 * with perm; if nobody else had that page, the page itself. -E_BAD_ENV,
 * -E_INVAL, -E_NO_MEM. */
int32_t sys_page_copy(uint32_t id, uint32_t va, uint32_t perm)
{
	struct PageInfo *old, *pp;
	struct task *t;
	int err = memory_of(id, &t);

	if (err < 0)
		return err;
	if (!good_page(va, perm))
		return -E_INVAL;
	old = pp = page_lookup(t->pgdir, (void *)va, NULL);
	if (old == NULL)
		return -E_INVAL;
	if (old->pp_ref > 1) {
		pp = page_alloc(0);
		if (pp == NULL)
			return -E_NO_MEM;
		memcpy(page2kva(pp), page2kva(old), PGSIZE);
	}
	return page_insert(t->pgdir, pp, (void *)va, perm);
}

#include "inc/lib.h"

#define RU	(PTE_P | PTE_U)
#define RWU	(PTE_P | PTE_U | PTE_W)

extern char private[];			/* user.ld */

/* A write where several have one page: from now on we have a copy. */
static void cow_fault(struct UTrapframe *utf)
{
	void *va = (void *)utf->utf_fault_va;
	int err;

	if ((uint32_t)va >= UTOP || !(utf->utf_err & FEC_WR) ||
	    !(uvpd[PDX(va)] & PTE_P) ||
	    !(uvpt[PGNUM(va)] & PTE_COW))
		panic("page fault at %08x, eip %08x, error %x", va,
		      utf->utf_eip, utf->utf_err);
	err = sys_page_copy(0, ROUNDDOWN(va, PGSIZE), RWU);
	if (err < 0)
		panic("no copy of the page at %08x: %e", va, err);
}

/* The stack and the page of thisenv: a child writes in them at once, and gets
 * a copy of its own. */
static bool own(uint32_t pn)
{
	return pn == PGNUM(USTACKTOP) - 1 || pn == PGNUM(private);
}

/* How a child of fork gets a page of ours; 0: not in this way. */
static int fork_perm(uint32_t pn)
{
	pte_t pte = uvpt[pn];

	if (!(pte & PTE_P) || own(pn))
		return 0;
	if (pte & PTE_SHARE)
		return pte & PTE_SYSCALL;
	return pte & (PTE_W | PTE_COW) ? RU | PTE_COW : RU;
}

/* The same for sfork, or an error. What is not ours alone yet has to be, before
 * two can share it. */
static int sfork_perm(uint32_t pn)
{
	int err = 0;

	if (!(uvpt[pn] & PTE_P) || own(pn))
		return 0;
	if (uvpt[pn] & PTE_COW)
		err = sys_page_copy(0, (void *)(pn * PGSIZE), RWU);
	return err < 0 ? err : (int)(uvpt[pn] & PTE_SYSCALL);
}

/* The n pages from pn on. First the child, then we: a page that nobody else had
 * would be ours again at the next write, before the child had it. */
static int give(envid_t child, uint32_t pn, uint32_t n, int perm)
{
	void *va = (void *)(pn * PGSIZE);
	int done = sys_page_map_run(0, va, child, va, n, perm);

	if (done < 0)
		return done;
	if (perm & PTE_COW)
		sys_page_map_run(0, va, 0, va, done, perm);
	return (uint32_t)done == n ? 0 : -E_NO_MEM;
}

/* The first page from pn on that we have; last, if there is none. */
static uint32_t next_page(uint32_t pn, uint32_t last)
{
	while (pn < last && !(uvpt[pn] & PTE_P))
		pn++;
	return pn;
}

/* The pages from pn to last - 1, which have one page table: as many at once
 * as the child is to have in one way. */
static int give_table(envid_t child, uint32_t pn, uint32_t last,
		      int (*perm_of)(uint32_t pn))
{
	uint32_t n;
	int err = 0;

	for (pn = next_page(pn, last); pn < last && err == 0;
	     pn = next_page(pn + n, last)) {
		int perm = perm_of(pn);

		n = 1;
		if (perm == 0)
			continue;
		while (pn + n < last && perm_of(pn + n) == perm)
			n++;
		err = perm < 0 ? perm : give(child, pn, n, perm);
	}
	return err;
}

/* All that is ours but the exception stack and the pages of one's own. */
static int give_all(envid_t child, int (*perm_of)(uint32_t pn))
{
	uint32_t end = PGNUM(UXSTACKTOP - PGSIZE);
	int err = 0;

	for (uint32_t pn = 0; pn < end && err == 0; pn += NPTENTRIES)
		if (uvpd[pn / NPTENTRIES] & PTE_P)
			err = give_table(child, pn, MIN(pn + NPTENTRIES, end),
					 perm_of);
	return err;
}

/* A copy of the page of ours at va. */
static int give_copy(envid_t child, void *va)
{
	int err = sys_page_map(0, va, child, va, RU);

	return err < 0 ? err : sys_page_copy(child, va, RWU);
}

/* The pages of its own, and it can start. */
static int start(envid_t child)
{
	int err = sys_page_alloc(child, (void *)(UXSTACKTOP - PGSIZE), RWU);

	if (err == 0)
		err = give_copy(child, (void *)(USTACKTOP - PGSIZE));
	if (err == 0)
		err = give_copy(child, private);
	if (err == 0)
		err = sys_env_set_pgfault_upcall(child, _pgfault_upcall);
	if (err == 0)
		err = sys_env_set_status(child, ENV_RUNNABLE);
	return err;
}

static envid_t make_child(int (*perm_of)(uint32_t pn))
{
	envid_t child;
	int err;

	set_pgfault_handler(cow_fault);
	child = sys_exofork();
	if (child == 0)
		thisenv = &envs[ENVX(sys_getenvid())];
	if (child <= 0)
		return child;
	err = give_all(child, perm_of);
	if (err == 0)
		err = start(child);
	if (err == 0)
		return child;
	sys_env_destroy(child);
	return err;
}

envid_t fork(void)
{
	return make_child(fork_perm);
}

envid_t sfork(void)
{
	return make_child(sfork_perm);
}

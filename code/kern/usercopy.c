#include "inc/error.h"
#include "inc/mmu.h"
#include "inc/string.h"
#include "kern/env.h"
#include "kern/pmap.h"
#include "kern/usercopy.h"

/* Between buf and the memory of t, whose directory need not be loaded: page by
 * page, where all memory is mapped. */
static void copy_pages(struct task *t, uint32_t va, void *buf, size_t n,
		       bool out)
{
	while (n > 0) {
		struct PageInfo *pp = page_lookup(t->pgdir, (void *)va, NULL);
		size_t len = MIN(n, PGSIZE - PGOFF(va));
		void *p = page2kva(pp) + PGOFF(va);

		memcpy(out ? p : buf, out ? buf : p, len);
		va += len;
		buf += len;
		n -= len;
	}
}

int task_copy(struct task *t, uint32_t va, void *buf, size_t n, bool out)
{
	if (user_mem_check(t, va, n, out ? PTE_W : 0, NULL) < 0)
		return -E_FAULT;
	copy_pages(t, va, buf, n, out);
	return 0;
}

int copy_to_user(uint32_t to, const void *from, size_t n)
{
	if (current->mosix.dflags & DDEPUTY)
		return deputy_copy(to, (void *)from, n, true);
	if (user_mem_check(current, to, n, PTE_W, NULL) < 0)
		return -E_FAULT;
	memcpy((void *)to, from, n);
	return 0;
}

int copy_from_user(void *to, uint32_t from, size_t n)
{
	if (current->mosix.dflags & DDEPUTY)
		return deputy_copy(from, to, n, false);
	if (user_mem_check(current, from, n, 0, NULL) < 0)
		return -E_FAULT;
	memcpy(to, (const void *)from, n);
	return 0;
}

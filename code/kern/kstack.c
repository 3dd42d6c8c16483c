#include "inc/assert.h"
#include "inc/error.h"
#include "inc/memlayout.h"
#include "kern/kstack.h"
#include "kern/pmap.h"

/* What switch_stack takes from a stack. */
struct context {
	uint32_t edi;
	uint32_t esi;
	uint32_t ebx;
	uint32_t ebp;
	uint32_t eip;
};

void kstack_init(void)
{
	for (uint32_t n = 0; n < NENV; n += PTSIZE / TASKSLOT)
		if (pgdir_walk(kern_pgdir, (void *)TASKSTACKTOP(n) - 1,
			       true) == NULL)
			panic("no memory for the tables of stacks");
}

/* Nobody has any use for what the TLBs know of these addresses: a processor
 * loads a directory before it goes on to another stack. */
void kstack_free(struct task *t)
{
	for (uint32_t i = PGSIZE; i <= TSTKSIZE; i += PGSIZE)
		page_remove(kern_pgdir, (void *)(t->kstack - i));
}

/* The page is written where all memory is mapped: at its new address a TLB may
 * remember another one. */
static void first_context(struct task *t, struct PageInfo *top,
			  void (*start)(void))
{
	struct context *c = page2kva(top) + PGSIZE - sizeof(uint32_t);

	c[-1] = (struct context){ .eip = (uint32_t)start };
	*(uint32_t *)c = 0;		/* where start would return to */
	t->ksp = t->kstack - sizeof(uint32_t) - sizeof(*c);
}

int kstack_alloc(struct task *t, uint32_t top, void (*start)(void))
{
	t->kstack = top;
	for (uint32_t i = PGSIZE; i <= TSTKSIZE; i += PGSIZE) {
		struct PageInfo *pp = page_alloc(0);

		if (pp == NULL) {
			kstack_free(t);
			return -E_NO_MEM;
		}
		page_insert(kern_pgdir, pp, (void *)(t->kstack - i), PTE_W);
		if (i == PGSIZE)
			first_context(t, pp, start);
	}
	return 0;
}

#include "inc/lib.h"

#define BASE	0x10000000
#define STEP	(2 * PGSIZE)

static int depth, deepest;

/* To attend a fault at BASE + n steps, it touches the next one first. */
static void handler(struct UTrapframe *utf)
{
	uint32_t va = utf->utf_fault_va;

	if (++depth > deepest)
		deepest = depth;
	if (va + STEP <= BASE + 9 * STEP)
		*(volatile uint32_t *)(va + STEP) = va;
	sys_page_alloc(0, (void *)va, PTE_P | PTE_U | PTE_W);
	depth--;
}

/* Ten faults, each inside the handler of the one before. */
void umain(int argc, char **argv)
{
	int good = 0;

	USED(argc), USED(argv);
	set_pgfault_handler(handler);
	*(volatile uint32_t *)BASE = 1;
	for (uint32_t va = BASE + STEP; va <= BASE + 9 * STEP; va += STEP)
		good += *(volatile uint32_t *)va == va - STEP;
	cprintf("faultnest: %d deep, %d good\n", deepest, good);
}

#include "inc/lib.h"

#define AREA	0x10000000
#define RWU	(PTE_P | PTE_U | PTE_W)

/* Takes all the memory there is; where it ends. */
static uint32_t fill(void)
{
	uint32_t va = AREA;

	while (sys_page_alloc(0, (void *)va, RWU) == 0)
		va += PGSIZE;
	return va;
}

/* A page less at a time, until there is room for a child. How many failed. */
static int try(uint32_t va)
{
	envid_t child = fork();
	int failed = 0;

	for (; child < 0; child = fork()) {
		if (child != -E_NO_MEM)
			panic("fork: %e", child);
		failed++;
		va -= PGSIZE;
		sys_page_unmap(0, (void *)va);
	}
	if (child == 0)
		exit();
	wait(child);
	return failed;
}

/* fork with less and less missing, after one that sets the handler. */
void umain(int argc, char **argv)
{
	envid_t child = fork();

	USED(argc), USED(argv);
	if (child == 0)
		return;
	wait(child);
	cprintf("forkmem: a child after %d failures\n", try(fill()));
}

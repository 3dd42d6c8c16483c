#include "inc/lib.h"

#define PAGE	((volatile uint32_t *)0xA00000)
#define RWU	(PTE_P | PTE_U | PTE_W)

/* Counts at PAGE; with one CPU the parent has to get its turn. */
static void count(void)
{
	while (!(uvpd[PDX(PAGE)] & PTE_P) || !(uvpt[PGNUM(PAGE)] & PTE_P))
		sys_yield();
	for (;; sys_yield())
		for (int i = 0; i < 1000; i++)
			++*PAGE;
}

/* Waits until the counter has advanced, or for a while; by how much. */
static uint32_t advance(void)
{
	uint32_t before = *PAGE;

	for (int i = 0; i < 1000 && *PAGE == before; i++)
		sys_yield();
	return *PAGE - before;
}

/* Stops, starts and ends a child that is running. stop me: stops itself. */
void umain(int argc, char **argv)
{
	envid_t child;

	USED(argv);
	if (argc > 1)
		sys_env_set_status(0, ENV_NOT_RUNNABLE);
	child = dumbfork();
	if (child == 0)
		count();
	sys_page_alloc(0, (void *)PAGE, RWU);
	sys_page_map(0, (void *)PAGE, child, (void *)PAGE, RWU);
	cprintf("stop: the child %s\n", advance() ? "counts" : "is still");
	sys_env_set_status(child, ENV_NOT_RUNNABLE);
	advance();			/* until it has left its processor */
	cprintf("stop: the child %s\n", advance() ? "counts" : "is still");
	sys_env_set_status(child, ENV_RUNNABLE);
	cprintf("stop: the child %s\n", advance() ? "counts" : "is still");
	sys_env_destroy(child);
	while (envs[ENVX(child)].env_status != ENV_FREE)
		sys_yield();
	cprintf("stop: the child is no more: %e\n",
		sys_env_set_status(child, ENV_RUNNABLE));
}

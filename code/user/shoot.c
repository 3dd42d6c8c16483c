#include "inc/lib.h"

#define PAGE	((volatile uint32_t *)0xA00000)

static int times = 100000;		/* between two calls */

/* Writes at PAGE for as long as it can; with one CPU the parent has to get
 * its turn. */
static void write_on(void)
{
	while (!(uvpd[PDX(PAGE)] & PTE_P) || !(uvpt[PGNUM(PAGE)] & PTE_P))
		sys_yield();
	for (;; sys_yield())
		for (int i = 0; i < times; i++)
			++*PAGE;
}

/* Takes away from the child, which is writing there, a page that the parent
 * keeps, and looks whether it goes on changing. shoot busy: the child is in
 * the kernel, or on its way there, most of the time. */
void umain(int argc, char **argv)
{
	uint32_t before;
	envid_t child;

	USED(argv);
	if (argc > 1)
		times = 1;
	child = dumbfork();
	if (child == 0)
		write_on();
	sys_page_alloc(0, (void *)PAGE, PTE_P | PTE_U | PTE_W);
	sys_page_map(0, (void *)PAGE, child, (void *)PAGE,
		     PTE_P | PTE_U | PTE_W);
	while (*PAGE < 1000)
		sys_yield();
	sys_page_unmap(child, (void *)PAGE);
	before = *PAGE;
	for (int i = 0; i < 1000; i++)
		pause();
	cprintf("shoot: written after it was unmapped: %u times\n",
		*PAGE - before);
}

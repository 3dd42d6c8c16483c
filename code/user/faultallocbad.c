#include "inc/lib.h"

/* A handler much like that of faultalloc; but here the first to touch the page
 * is the kernel, and the kernel's faults are nobody's to attend. */
static void handler(struct UTrapframe *utf)
{
	void *va = (void *)utf->utf_fault_va;

	cprintf("fault %x\n", va);
	sys_page_alloc(0, ROUNDDOWN(va, PGSIZE), PTE_P | PTE_U | PTE_W);
}

void umain(int argc, char **argv)
{
	USED(argc), USED(argv);
	set_pgfault_handler(handler);
	sys_cputs((char *)0xDEADBEEF, 4);
}

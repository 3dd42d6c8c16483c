#include "inc/lib.h"

/* Gets a page wherever there is none, and writes there what it was for. The
 * text may not fit in the page: then there is a fault inside the handler. */
static void handler(struct UTrapframe *utf)
{
	void *va = (void *)utf->utf_fault_va;
	int err;

	cprintf("fault %x\n", va);
	err = sys_page_alloc(0, ROUNDDOWN(va, PGSIZE), PTE_P | PTE_U | PTE_W);
	if (err < 0)
		panic("allocating at %x in page fault handler: %e", va, err);
	snprintf(va, 100, "this string was faulted in at %x", va);
}

void umain(int argc, char **argv)
{
	USED(argc), USED(argv);
	set_pgfault_handler(handler);
	cprintf("%s\n", (char *)0xDEADBEEF);
	cprintf("%s\n", (char *)0xCAFEBFFE);
}

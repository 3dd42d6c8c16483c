#include "inc/lib.h"

/* A handler that faults for ever, until its stack is full. */
static void handler(struct UTrapframe *utf)
{
	*(volatile uint32_t *)(utf->utf_fault_va + PGSIZE) = 0;
}

void umain(int argc, char **argv)
{
	USED(argc), USED(argv);
	set_pgfault_handler(handler);
	*(volatile uint32_t *)0x10000000 = 0;
	cprintf("faultdeep: it had to end\n");
}

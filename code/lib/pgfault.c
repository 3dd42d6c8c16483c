#include "inc/lib.h"

void (*_pgfault_handler)(struct UTrapframe *utf);

static void first_time(void)
{
	int err = sys_page_alloc(0, (void *)(UXSTACKTOP - PGSIZE),
				 PTE_P | PTE_U | PTE_W);

	if (err < 0)
		panic("no exception stack: %e", err);
	err = sys_env_set_pgfault_upcall(0, _pgfault_upcall);
	if (err < 0)
		panic("sys_env_set_pgfault_upcall: %e", err);
}

void set_pgfault_handler(void (*handler)(struct UTrapframe *utf))
{
	if (_pgfault_handler == NULL)
		first_time();
	_pgfault_handler = handler;
}

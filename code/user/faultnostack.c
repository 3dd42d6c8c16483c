#include "inc/lib.h"

/* An upcall and no stack for it. */
void umain(int argc, char **argv)
{
	USED(argc), USED(argv);
	sys_env_set_pgfault_upcall(0, _pgfault_upcall);
	*(volatile int *)0 = 0;
}

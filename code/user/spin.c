#include "inc/lib.h"

/* A child that never gives up its processor, and its parent, who ends it. */
void umain(int argc, char **argv)
{
	envid_t child;

	USED(argc), USED(argv);
	cprintf("I am the parent.  Forking the child...\n");
	child = fork();
	if (child == 0) {
		cprintf("I am the child.  Spinning...\n");
		for (;;)
			;
	}
	cprintf("I am the parent.  Running the child...\n");
	for (int i = 0; i < 8; i++)
		sys_yield();
	cprintf("I am the parent.  Killing the child...\n");
	sys_env_destroy(child);
}

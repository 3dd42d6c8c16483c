#include "inc/lib.h"

void umain(int argc, char **argv)
{
	envid_t child = dumbfork();

	USED(argc), USED(argv);
	for (int i = 0; i < (child ? 10 : 20); i++) {
		cprintf("%d: I am the %s!\n", i, child ? "parent" : "child");
		sys_yield();
	}
}

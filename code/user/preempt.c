#include "inc/lib.h"

#define CHILDREN	10
#define PAGE		((volatile uint32_t *)0x20000000)

/* Processes that never call the kernel, more than there are processors: all of
 * them advance, and the parent sees it. */
void umain(int argc, char **argv)
{
	envid_t child[CHILDREN];
	int behind;

	USED(argc), USED(argv);
	sys_page_alloc(0, (void *)PAGE, PTE_P | PTE_U | PTE_W | PTE_SHARE);
	for (int i = 0; i < CHILDREN; i++) {
		child[i] = fork();
		if (child[i] == 0)
			for (;;)
				++PAGE[i];
	}
	do {
		behind = 0;
		for (int i = 0; i < CHILDREN; i++)
			behind += PAGE[i] < 100000;
	} while (behind > 0);
	for (int i = 0; i < CHILDREN; i++) {
		sys_env_destroy(child[i]);
		wait(child[i]);
	}
	cprintf("preempt: all of them advanced\n");
}

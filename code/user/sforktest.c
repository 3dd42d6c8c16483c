#include "inc/lib.h"

/* In a page where nothing else is: since the first fork nobody has written
 * in it, and sfork finds it to be copied when it is written. */
static volatile int page[PGSIZE / sizeof(int)]
	__attribute__((aligned(PGSIZE)));

#define common	page[0]
#define turns	page[1]

/* Both write in one memory, each on a stack of its own, and each knows who it
 * is. */
void umain(int argc, char **argv)
{
	int mine = 1, me;
	envid_t first = fork(), child;

	USED(argc), USED(argv);
	if (first == 0)			/* so that there are pages to copy */
		return;
	wait(first);
	child = sfork();
	me = child == 0;
	for (; turns < 10; sys_yield())
		if (turns % 2 == me) {
			common += mine;
			mine += 2;
			turns++;
		}
	if (thisenv->env_id != sys_getenvid())
		panic("thisenv is somebody else's");
	if (me == 0) {
		wait(child);
		cprintf("sforktest: %d turns, %d\n", turns, common);
	}
}

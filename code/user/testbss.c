#include "inc/lib.h"

#define SIZE	(1024 * 1024)

static uint32_t big[SIZE];

/* Is all of it zero, and is all of it there? */
void umain(int argc, char **argv)
{
	USED(argc), USED(argv);
	for (uint32_t i = 0; i < SIZE; i++)
		if (big[i] != 0)
			panic("big[%u] is not zero", i);
	for (uint32_t i = 0; i < SIZE; i++)
		big[i] = i;
	for (uint32_t i = 0; i < SIZE; i++)
		if (big[i] != i)
			panic("big[%u] is %u", i, big[i]);
	cprintf("bss: %u words, all good\n", SIZE);
}

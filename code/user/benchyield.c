#include "inc/lib.h"

#define TIMES	1000

static uint64_t now(void)
{
	uint32_t low, high;

	asm volatile("rdtsc" : "=a"(low), "=d"(high));
	return (uint64_t)high << 32 | low;
}

/* With one CPU in Bochs the counter counts instructions. */
void umain(int argc, char **argv)
{
	USED(argc), USED(argv);
	uint64_t start, empty, full;

	start = now();
	for (volatile int i = 0; i < TIMES; i++)
		;
	empty = now() - start;
	start = now();
	for (volatile int i = 0; i < TIMES; i++)
		sys_yield();
	full = now() - start;
	cprintf("yield: %u instructions\n",
		(uint32_t)(full - empty) / TIMES);
}

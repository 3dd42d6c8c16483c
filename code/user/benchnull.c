#include "inc/lib.h"

#define TIMES	1000

void umain(int argc, char **argv)
{
	USED(argc), USED(argv);
	uint64_t start, empty, full;

	start = read_tsc();
	for (volatile int i = 0; i < TIMES; i++)
		;
	empty = read_tsc() - start;
	start = read_tsc();
	for (volatile int i = 0; i < TIMES; i++)
		sys_getenvid();
	full = read_tsc() - start;
	cprintf("null call: %u instructions\n",
		(uint32_t)(full - empty) / TIMES);
}

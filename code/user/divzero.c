#include "inc/lib.h"

static volatile int one = 1, zero;

void umain(int argc, char **argv)
{
	USED(argc), USED(argv);
	cprintf("1/0 is %08x!\n", one / zero);
}

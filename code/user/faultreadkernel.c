#include "inc/lib.h"

void umain(int argc, char **argv)
{
	USED(argc), USED(argv);
	cprintf("I read %08x from location 0xf0100000!\n",
		*(volatile unsigned int *)0xF0100000);
}

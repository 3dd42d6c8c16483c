#include "inc/lib.h"

void umain(int argc, char **argv)
{
	USED(argc), USED(argv);
	*(volatile unsigned int *)0 = 0;
}

/* The program of the tests */
#include "inc/lib.h"

void umain(int argc, char **argv)
{
	USED(argc), USED(argv);
	cprintf("%s: a program runs\n", binaryname);
}

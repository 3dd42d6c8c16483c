#include "inc/lib.h"

/* Prints from an address that it does not have. */
void umain(int argc, char **argv)
{
	USED(argc), USED(argv);
	sys_cputs((char *)1, 1);
}

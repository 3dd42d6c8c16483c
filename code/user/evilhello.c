#include "inc/lib.h"

/* Prints the kernel's entry point. */
void umain(int argc, char **argv)
{
	USED(argc), USED(argv);
	sys_cputs((char *)0xF010000C, 100);
}

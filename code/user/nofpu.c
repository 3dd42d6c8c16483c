#include "inc/lib.h"

/* The floating point registers are nobody's until chapter 19. */
void umain(int argc, char **argv)
{
	USED(argc), USED(argv);
	asm volatile("fldz");
}

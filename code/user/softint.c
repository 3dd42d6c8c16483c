#include "inc/lib.h"

/* Pretends a page fault. */
void umain(int argc, char **argv)
{
	USED(argc), USED(argv);
	asm volatile("int $14");
}

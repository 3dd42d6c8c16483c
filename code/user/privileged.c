#include "inc/lib.h"

/* Stops the processor, or tries to. */
void umain(int argc, char **argv)
{
	USED(argc), USED(argv);
	asm volatile("hlt");
}

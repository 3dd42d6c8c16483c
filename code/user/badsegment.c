#include "inc/lib.h"

/* Loads a segment that is the kernel's. */
void umain(int argc, char **argv)
{
	USED(argc), USED(argv);
	asm volatile("movw $0x10, %%ax; movw %%ax, %%ds" : : : "eax");
}

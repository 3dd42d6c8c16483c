#include "inc/lib.h"

void umain(int argc, char **argv)
{
	USED(argc), USED(argv);
	asm volatile("ud2");
}

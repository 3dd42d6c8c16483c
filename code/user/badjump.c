#include "inc/lib.h"

/* Jumps where there is nothing. */
void umain(int argc, char **argv)
{
	USED(argc), USED(argv);
	((void (*)(void))0x00123456)();
}

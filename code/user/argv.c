#include "inc/lib.h"

void umain(int argc, char **argv)
{
	for (int i = 0; i < argc; i++)
		cprintf("argv[%d] = %s\n", i, argv[i]);
	if (argv[argc] != NULL)
		panic("argv does not end");
}

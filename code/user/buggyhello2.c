#include "inc/lib.h"

/* Prints more than it has. */
static const char hello[] = "hello, world\n";

void umain(int argc, char **argv)
{
	USED(argc), USED(argv);
	sys_cputs(hello, 1024 * 1024);
}

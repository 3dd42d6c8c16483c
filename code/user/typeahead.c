#include "inc/lib.h"

/* A line that arrives while nobody reads: is it still there afterwards? */
void umain(int argc, char **argv)
{
	int n = 1, c;

	USED(argc), USED(argv);
	cprintf("K> ");
	while (sys_cgetc() == 0)
		;
	for (volatile int i = 0; i < 1000000; i++)
		;
	while ((c = sys_cgetc()) != 0 && c != '\n')
		n++;
	cprintf("typeahead: %d characters%s\n", n,
		c == '\n' ? " and the end of the line" : "");
}

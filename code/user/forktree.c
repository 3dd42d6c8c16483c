#include "inc/lib.h"

#define DEPTH	3

static void grow(const char *name);

static void branch(const char *name, char which)
{
	char child[DEPTH + 1];

	if (strlen(name) >= DEPTH)
		return;
	snprintf(child, sizeof(child), "%s%c", name, which);
	if (fork() == 0) {
		grow(child);
		exit();
	}
}

static void grow(const char *name)
{
	cprintf("%04x: I am '%s'\n", sys_getenvid(), name);
	branch(name, '0');
	branch(name, '1');
}

void umain(int argc, char **argv)
{
	USED(argc), USED(argv);
	grow("");
}

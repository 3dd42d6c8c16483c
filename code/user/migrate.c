#include "inc/lib.h"

/* Sends a process to a node, from the outside: args="ID NODE". */
void umain(int argc, char **argv)
{
	envid_t id;
	int err;

	if (argc != 3)
		panic("usage: migrate ID NODE");
	need_mosix();
	id = strtol(argv[1], NULL, 16);
	err = sys_migrate(id, strtol(argv[2], NULL, 10));
	if (err < 0)
		cprintf("migrate %08x: %e\n", id, err);
}

#include "inc/lib.h"

/* In a page of its own: sfork shares all the others. */
const volatile struct Env *thisenv
	__attribute__((section(".bss.private")));
const char *binaryname = "<unknown>";

void libmain(int argc, char **argv);

void libmain(int argc, char **argv)
{
	thisenv = &envs[ENVX(sys_getenvid())];
	if (argc > 0)
		binaryname = argv[0];
	umain(argc, argv);
	exit();
}

void exit(void)
{
	for (;;)
		sys_env_destroy(0);
}

void sys_exit(int code);

void _exit(int code)
{
	for (;;)
		sys_exit(code);
}

#include "inc/lib.h"

#define PROCESSES	16
#define TIMES		2000000

/* Nothing but computing: five instructions a turn. */
static uint32_t compute(void)
{
	uint32_t x = 1;

	for (int i = 0; i < TIMES; i++)
		x = x * 1664525 + 1013904223;
	return x;
}

/* Sixteen processes that only compute; how long until the last has ended. */
void umain(int argc, char **argv)
{
	uint64_t start = read_tsc();
	envid_t parent = sys_getenvid();

	USED(argc), USED(argv);
	for (int i = 0; i < PROCESSES; i++)
		if (fork() == 0) {
			ipc_send(parent, compute(), NULL, 0);
			exit();
		}
	for (int i = 0; i < PROCESSES; i++)
		ipc_recv(NULL, NULL, NULL);
	cprintf("compute: %d processes, %u thousand ticks\n", PROCESSES,
		(uint32_t)(read_tsc() - start) / 1000);
}

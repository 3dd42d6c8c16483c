#include "inc/lib.h"

#define PAGE	((void *)0x10000000)
#define TIMES	1000
#define RWU	(PTE_P | PTE_U | PTE_W)

/* Gives back whatever it gets, for ever. */
static void echo(void)
{
	envid_t who;
	int perm;

	for (;;) {
		ipc_recv(&who, PAGE, &perm);
		ipc_send(who, 0, perm ? PAGE : NULL, perm);
	}
}

static uint32_t round_trip(envid_t to, void *page)
{
	uint64_t start = read_tsc();

	for (int i = 0; i < TIMES; i++) {
		ipc_send(to, i, page, RWU);
		ipc_recv(NULL, page, NULL);
	}
	return (uint32_t)(read_tsc() - start) / TIMES;
}

void umain(int argc, char **argv)
{
	envid_t child = fork();

	USED(argc), USED(argv);
	if (child == 0)
		echo();
	sys_page_alloc(0, PAGE, RWU);
	round_trip(child, NULL);
	cprintf("round trip, value: %u instructions\n",
		round_trip(child, NULL));
	cprintf("round trip, page: %u instructions\n",
		round_trip(child, PAGE));
	sys_env_destroy(child);
}

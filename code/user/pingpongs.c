#include "inc/lib.h"

static uint32_t val;

/* The same with one memory for both: what goes is only the turn. */
void umain(int argc, char **argv)
{
	envid_t who = sfork();
	uint32_t sent;

	USED(argc), USED(argv);
	if (who != 0) {
		cprintf("send 0 from %x to %x\n", sys_getenvid(), who);
		ipc_send(who, 0, NULL, 0);
	}
	for (;;) {
		ipc_recv(&who, NULL, NULL);
		cprintf("%x got %d from %x (thisenv is %x)\n", sys_getenvid(),
			val, who, thisenv->env_id);
		if (val == 10)
			return;
		sent = ++val;
		ipc_send(who, 0, NULL, 0);
		if (sent == 10)
			return;
	}
}

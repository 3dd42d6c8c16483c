#include "inc/lib.h"

/* A number that goes from one to the other and grows, up to ten. */
void umain(int argc, char **argv)
{
	envid_t who = fork();

	USED(argc), USED(argv);
	if (who != 0) {
		cprintf("send 0 from %x to %x\n", sys_getenvid(), who);
		ipc_send(who, 0, NULL, 0);
	}
	for (;;) {
		uint32_t i = ipc_recv(&who, NULL, NULL);

		cprintf("%x got %d from %x\n", sys_getenvid(), i, who);
		if (i == 10)
			return;
		i++;
		ipc_send(who, i, NULL, 0);
		if (i == 10)
			return;
	}
}

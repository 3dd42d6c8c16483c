#include "inc/lib.h"

/* With several copies: all of them send to the first one, for ever, and each
 * gets its turn. */
void umain(int argc, char **argv)
{
	envid_t id = sys_getenvid(), who;

	USED(argc), USED(argv);
	if (thisenv == &envs[0])
		for (;;) {
			ipc_recv(&who, NULL, NULL);
			cprintf("%x recv from %x\n", id, who);
		}
	cprintf("%x loop sending to %x\n", id, envs[0].env_id);
	for (;;)
		ipc_send(envs[0].env_id, 0, NULL, 0);
}

#include "inc/lib.h"

#define CHILDREN	20
#define ROUNDS		10
#define TIMES		10000

static volatile int counter;

/* Twenty processes count, each for itself, while they are taken from one
 * processor to another; what each counts is nobody else's. */
void umain(int argc, char **argv)
{
	envid_t parent = sys_getenvid();
	int i;

	USED(argc), USED(argv);
	for (i = 0; i < CHILDREN; i++)
		if (fork() == 0)
			break;
	if (i == CHILDREN) {
		sys_yield();
		return;
	}
	while (envs[ENVX(parent)].env_id == parent &&
	       envs[ENVX(parent)].env_status != ENV_FREE)
		pause();
	for (int round = 0; round < ROUNDS; round++) {
		sys_yield();
		for (int n = 0; n < TIMES; n++)
			counter++;
	}
	if (counter != ROUNDS * TIMES)
		panic("ran on two CPUs at once (counter is %d)", counter);
	cprintf("[%08x] stresssched on CPU %d\n", thisenv->env_id,
		thisenv->env_cpunum);
}

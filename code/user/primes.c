#include "inc/lib.h"

/* A process for each prime: it takes numbers from the one on its left, keeps
 * the first, which is prime, and passes on those that it does not divide. */
static void sieve(void)
{
	envid_t left, right;
	int32_t prime, n;

	for (;;) {
		prime = ipc_recv(&left, NULL, NULL);
		cprintf("CPU %d: %d ", thisenv->env_cpunum, prime);
		right = fork();
		if (right < 0)
			panic("fork: %e", right);
		if (right == 0)
			continue;
		for (;;) {
			n = ipc_recv(&left, NULL, NULL);
			if (n % prime != 0)
				ipc_send(right, n, NULL, 0);
		}
	}
}

void umain(int argc, char **argv)
{
	envid_t id = fork();

	USED(argc), USED(argv);
	if (id < 0)
		panic("fork: %e", id);
	if (id == 0)
		sieve();
	for (int n = 2;; n++)
		ipc_send(id, n, NULL, 0);
}

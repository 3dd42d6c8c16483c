#include "inc/lib.h"

#define LAST	100

/* When it all began, for whoever gets the last prime. */
static volatile uint64_t *const start = (uint64_t *)0x10000000;

/* When the one on the right has ended, so does this one, and so on back to the
 * first. */
static void send(envid_t to, uint32_t n)
{
	if (sys_ipc_send(to, n, (void *)UTOP, 0) < 0)
		exit();
}

static void sieve(void)
{
	for (int i = 1;; i++) {
		int32_t prime = ipc_recv(NULL, NULL, NULL);
		envid_t right;

		if (i == LAST) {
			cprintf("primes: number %d is %d, %u thousand ticks\n",
				i, prime,
				(uint32_t)(read_tsc() - *start) / 1000);
			exit();
		}
		right = fork();
		while (right != 0) {
			int32_t n = ipc_recv(NULL, NULL, NULL);

			if (n % prime != 0)
				send(right, n);
		}
	}
}

/* The sieve of primes.c in silence, up to the hundredth. */
void umain(int argc, char **argv)
{
	envid_t id;

	USED(argc), USED(argv);
	sys_page_alloc(0, (void *)start, PTE_P | PTE_U | PTE_W | PTE_SHARE);
	*start = read_tsc();
	id = fork();
	if (id == 0)
		sieve();
	for (int n = 2;; n++)
		send(id, n);
}

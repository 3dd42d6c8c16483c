/* The program of the tests: labtest TEST NONCE */
#include "lab/labtest.h"

static void test_turns(void)
{
	for (int turn = 0; turn <= 3; turn++) {
		cprintf("turn %d of %08x: %u\n", turn, thisenv->env_id,
			nonce + turn * 100 + ENVX(thisenv->env_id));
		sys_yield();
	}
}

/* Long enough for the others to wake */
static void test_all(void)
{
	int cpu;

	for (volatile int i = 0; i < 20000; i++)
		;
	cpu = thisenv->env_cpunum;
	cprintf("all: %08x %u CPU %d\n", thisenv->env_id, nonce, cpu);
}

/* What a call costs, while the other processors have nothing to do */
static void test_sleep(void)
{
	uint64_t start = read_tsc();

	for (int i = 0; i < 1000; i++)
		sys_yield();
	cprintf("sleep: %u, %u a call\n", nonce,
		(uint32_t)(read_tsc() - start) / 1000);
}

LABTESTS({ "turns", test_turns }, { "all", test_all }, { "sleep", test_sleep })

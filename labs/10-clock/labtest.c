/* The program of the tests: labtest TEST NONCE */
#include "lab/labtest.h"

#define RWU	(PTE_P | PTE_U | PTE_W)
#define SHARED	((volatile uint32_t *)0x20000000)
#define OTHER	((volatile uint32_t *)0x20001000)
#define MOST	12

static envid_t child[MOST];

/* How often that process got a processor */
static uint32_t runs(envid_t id)
{
	return envs[ENVX(id)].env_runs;
}

static void give(volatile void *va, int perm)
{
	int err = sys_page_alloc(0, (void *)va, RWU | perm);

	if (err < 0)
		panic("a page: %e", err);
}

/* ---- ticks: alone on one processor ------------------------------------ */

/* A tick makes it run again; the cycle counter, when. */
static uint64_t tick(void)
{
	uint32_t before = thisenv->env_runs;

	while (thisenv->env_runs == before)
		;
	return read_tsc();
}

static void test_ticks(void)
{
	int n = nonce % 20 + 20;
	uint64_t start = tick(), end = start;

	for (int i = 0; i < n; i++)
		end = tick();
	cprintf("ticks: %d, %u cycles each\n", n,
		(uint32_t)(end - start) / n);
}

/* ---- processes that never call the kernel ----------------------------- */

static void count(int i)
{
	for (;;) {
		++SHARED[i];
		++OTHER[i];
	}
}

static void have(int n)
{
	give(SHARED, PTE_SHARE);
	give(OTHER, PTE_SHARE);
	for (int i = 0; i < n; i++) {
		child[i] = fork();
		if (child[i] < 0)
			panic("fork: %e", child[i]);
		if (child[i] == 0)
			count(i);
	}
}

/* Until all have counted so much more */
static void see(int n, uint32_t more)
{
	uint32_t start[MOST];

	for (int i = 0; i < n; i++)
		start[i] = SHARED[i];
	for (int i = 0; i < n; i++)
		while (SHARED[i] - start[i] < more)
			pause();
}

static void end(envid_t id)
{
	sys_env_destroy(id);
	wait(id);
}

/* While we have so many turns, each of the others has as many. */
static void test_turns(void)
{
	uint32_t turns = nonce % 7 + 8, start[MOST], least = -1, most = 0, mine;
	int n = nonce % 4 + 3;

	have(n);
	see(n, 1);
	mine = thisenv->env_runs;
	for (int i = 0; i < n; i++)
		start[i] = runs(child[i]);
	while (thisenv->env_runs - mine < turns)
		;
	for (int i = 0; i < n; i++) {
		uint32_t r = runs(child[i]) - start[i];

		least = MIN(least, r);
		most = MAX(most, r);
	}
	for (int i = 0; i < n; i++)
		end(child[i]);
	cprintf("turns: %d others, from %d to %d more than %u\n", n,
		(int)(least - turns), (int)(most - turns), turns);
}

/* Some lose a page under their feet; all end, again and again. */
static void test_ended(void)
{
	int n = nonce % 5 + 8, ended = 0;

	for (int round = 0; round < 3; round++) {
		have(n);
		see(n, 1000);
		for (int i = 0; i < n; i++) {
			if ((nonce + i) % 2) {
				sys_page_unmap(child[i], (void *)OTHER);
				wait(child[i]);
			} else {
				end(child[i]);
			}
			ended++;
		}
	}
	cprintf("ended: %d, and %u goes on\n", ended, nonce);
}

/* ---- typed ------------------------------------------------------------ */

/* The first character; the rest arrives while we are busy. */
static void test_typed(void)
{
	uint32_t value = 0;
	int n = 0, c;

	cprintf("K> ");
	while ((c = sys_cgetc()) == 0)
		;
	for (volatile int i = 0; i < 1000000; i++)
		;
	for (; c != 0 && c != '\n'; c = sys_cgetc(), n++)
		value = value * 10 + c - '0';
	cprintf("typed: %u, %d characters%s\n", value, n,
		c == '\n' ? " to the end of the line" : "");
}

LABTESTS({ "ticks", test_ticks }, { "turns", test_turns },
	 { "ended", test_ended }, { "typed", test_typed })

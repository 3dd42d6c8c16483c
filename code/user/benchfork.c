#include "inc/lib.h"

#define AREA	((volatile char *)0x10000000)

static void dirty(int n)
{
	for (int i = 0; i < n; i++)
		AREA[i * PGSIZE]++;
}

/* fork as it would be without sys_page_map_run: a call a page. */
static envid_t fork_each(void)
{
	envid_t child = sys_exofork();

	if (child == 0)
		thisenv = &envs[ENVX(sys_getenvid())];
	if (child <= 0)
		return child;
	for (uint32_t va = 0; va < UXSTACKTOP - PGSIZE; va += PGSIZE) {
		int perm = PTE_P | PTE_U | PTE_COW;

		if (!(uvpd[PDX(va)] & PTE_P)) {
			va += PTSIZE - PGSIZE;
			continue;
		}
		if (!(uvpt[PGNUM(va)] & PTE_P))
			continue;
		if (!(uvpt[PGNUM(va)] & (PTE_W | PTE_COW)))
			perm = PTE_P | PTE_U;
		sys_page_map(0, (void *)va, child, (void *)va, perm);
		if (perm & PTE_COW)
			sys_page_map(0, (void *)va, 0, (void *)va, perm);
	}
	sys_page_alloc(child, (void *)(UXSTACKTOP - PGSIZE),
		       PTE_P | PTE_U | PTE_W);
	sys_env_set_pgfault_upcall(child, _pgfault_upcall);
	sys_env_set_status(child, ENV_RUNNABLE);
	return child;
}

/* What the call costs, and what it costs until the child is gone. */
static void measure(const char *what, int n, envid_t (*fork)(void))
{
	uint64_t start, called, gone;
	envid_t child;

	dirty(n);
	start = read_tsc();
	child = fork();
	if (child == 0)
		exit();
	called = read_tsc();
	wait(child);
	gone = read_tsc();
	cprintf("%s: call %u, exit and wait %u instructions\n", what,
		(uint32_t)(called - start), (uint32_t)(gone - start));
}

static void measure_fault(void)
{
	uint64_t start, spent;
	envid_t child = fork();

	if (child == 0)
		for (;;)
			sys_yield();
	start = read_tsc();
	AREA[0]++;
	spent = read_tsc() - start;
	sys_env_destroy(child);
	wait(child);
	start = read_tsc();
	AREA[PGSIZE]++;
	cprintf("fault with its copy: %u instructions; alone with it: %u\n",
		(uint32_t)spent, (uint32_t)(read_tsc() - start));
}

/* benchfork N: with N dirty pages. One CPU, and silent, or it is the console
 * that is measured. */
void umain(int argc, char **argv)
{
	int n = argc > 1 ? strtol(argv[1], NULL, 10) : 0;
	char what[32];

	for (int i = 0; i < n; i++)
		sys_page_alloc(0, (void *)(AREA + i * PGSIZE),
			       PTE_P | PTE_U | PTE_W);
	snprintf(what, sizeof(what), "fork, %d dirty", n);
	measure(what, n, fork);
	measure(what, n, fork);
	snprintf(what, sizeof(what), "a call a page, %d dirty", n);
	measure(what, n, fork_each);
	if (n > 0)
		measure_fault();
}

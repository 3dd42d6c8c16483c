#include "inc/lib.h"

static uint32_t state;			/* of the generator; never 0 */

/* xorshift: numbers nobody would think of, the same ones for one seed. */
static uint32_t any(void)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state;
}

static uint32_t number(const char *s)
{
	uint32_t n = 0;

	for (; *s >= '0' && *s <= '9'; s++)
		n = n * 10 + *s - '0';
	return n;
}

/* Values at the borders of what is allowed, and any others. */
static uint32_t argument(void)
{
	static const uint32_t edges[] = {
		0, 1, -1, 0x7FFFFFFF, 0x80000000, PGSIZE - 1, PGSIZE,
		UTEXT, USTACKTOP - 1, USTACKTOP, UTOP - 1, UTOP, UENVS,
		UPAGES, UVPT, ULIM - 1, ULIM, KERNBASE, KERNBASE - 1,
	};

	if (any() % 4 == 0)
		return any();
	if (any() % 4 == 0)
		return (uint32_t)UTEMP + any() % 16 * PGSIZE;
	if (any() % 4 == 0)
		return envs[any() % 8].env_id;
	if (any() % 4 == 0)
		return PTE_P | PTE_U | (any() & (PTE_AVAIL | PTE_W));
	return edges[any() % ARRAY_SIZE(edges)] + any() % 3 - 1;
}

/* The gate itself, with no stub between. */
static int32_t call(uint32_t nr, const uint32_t a[5])
{
	int32_t ret;

	asm volatile("int $0x80" : "=a"(ret)
		     : "a"(nr), "b"(a[0]), "c"(a[1]), "d"(a[2]), "S"(a[3]),
		       "D"(a[4])
		     : "memory", "cc");
	return ret;
}

/* Would it wait for a message, or for somebody to want one? */
static bool waits(uint32_t nr, const uint32_t a[5])
{
	if (nr == SYS_ipc_recv)
		return a[0] >= UTOP || PGOFF(a[0]) == 0;
	return nr == SYS_ipc_send && a[0] != (uint32_t)sys_getenvid() &&
	       envs[ENVX(a[0])].env_id == (envid_t)a[0];
}

/* Is there a page that the program runs on from va, n pages long? */
static bool in_use(uint32_t va, uint32_t n)
{
	if (va >= UTOP || PGOFF(va) != 0 || n > (UTOP - va) / PGSIZE)
		return false;
	for (; n > 0; n--, va += PGSIZE)
		if (va / PTSIZE != (uint32_t)UTEMP / PTSIZE &&
		    (uvpd[PDX(va)] & PTE_P) && (uvpt[PGNUM(va)] & PTE_P))
			return true;
	return false;
}

/* Would it end this process, or take away what it runs on? */
static bool suicide(uint32_t nr, const uint32_t a[5])
{
	bool map = nr == SYS_page_map || nr == SYS_page_map_run;
	uint32_t to = a[map ? 2 : 0], va = a[map ? 3 : 1];

	if (to != 0 && to != (uint32_t)sys_getenvid())
		return false;
	if (nr == SYS_env_destroy || nr == SYS_env_set_status)
		return true;
	if (nr == SYS_page_map_run)
		return in_use(va, a[4]);
	return (nr == SYS_page_copy ||
		(nr >= SYS_page_alloc && nr <= SYS_page_unmap)) &&
	       in_use(va, 1);
}

/* The calls that would end or drown this program are kept out of its way
 * but for their harmless forms. */
static void one(void)
{
	uint32_t nr = any() % 8 ? any() % (NR_syscalls + 8) : any();
	uint32_t a[5];

	for (int i = 0; i < 5; i++)
		a[i] = argument();
	if (any() % 2)
		nr = 512 + any() % 16;
	if (nr == SYS_cputs)
		a[0] = (uint32_t)&a, a[1] = 0;
	if (nr == SYS_write && sys_write(a[0], (void *)a[1], 0) == 0)
		a[2] = a[2] % 2 ? 0 : 0x7FFFFFFF;
	if (nr == SYS_exit || (nr == SYS_kill && a[1] != 0) ||
	    (nr == SYS_wait4 && !(a[2] & 1)))
		return;
	if (waits(nr, a) || suicide(nr, a))
		return;
	call(nr, a);
}

/* fuzz SEED COUNT: the n-th process of slot s adds n - 1 + 1000 s to the
 * seed. At the end, a pointer that kills it. */
void umain(int argc, char **argv)
{
	uint32_t seed = argc > 1 ? number(argv[1]) : 1;
	uint32_t count = argc > 2 ? number(argv[2]) : 1000;

	seed += (thisenv->env_id >> ENVGENSHIFT) - 1 +
		1000 * ENVX(thisenv->env_id);
	state = seed * 2 + 1;
	cprintf("fuzz: seed %u, %u calls\n", seed, count);
	for (uint32_t i = 0; i < count; i++)
		one();
	cprintf("fuzz: done\n");
	sys_cputs((char *)argument(), 0x7FFFFFFF);
}

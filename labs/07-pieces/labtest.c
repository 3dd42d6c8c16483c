/* The program of the tests: labtest TEST NONCE */
#include "lab/labtest.h"

#define RU	(PTE_P | PTE_U)
#define RWU	(RU | PTE_W)
#define CHECKS	200
#define SHARED	((volatile uint32_t *)0x20000000)

static uint32_t seed;
static volatile uint32_t data[4 * PGSIZE / 4];

static uint32_t any(void)
{
	seed = seed * 1664525 + 1013904223;
	return seed >> 12;
}

/* A page that depends on the nonce */
static volatile uint32_t *place(void)
{
	return (volatile uint32_t *)(0x30000000 + nonce * PGSIZE % 0x8000000);
}

static bool mapped(volatile void *va)
{
	return (uvpd[PDX(va)] & PTE_P) && (uvpt[PGNUM(va)] & PTE_P);
}

static void good(const char *what, int err)
{
	if (err < 0)
		panic("%s: %e", what, err);
}

static bool alive(envid_t id)
{
	return envs[ENVX(id)].env_id == id &&
	       envs[ENVX(id)].env_status != ENV_FREE;
}

static void wait_for(envid_t id)
{
	while (alive(id))
		sys_yield();
}

/* The child has our page SHARED too. */
static void share(envid_t child)
{
	good("share", sys_page_map(0, (void *)SHARED, child, (void *)SHARED,
				   RWU));
}

static void wait_for_share(void)
{
	while (!mapped(SHARED))
		sys_yield();
}

/* ---- what is refused -------------------------------------------------- */

/* What is wrong with a request; 0: nothing */
enum {
	RIGHT, OFF, HIGH, AT_UTOP, NOT_P, NOT_U, MORE, LAST, KINDS,
};

static const uint32_t more[] = {
	PTE_PWT, PTE_PCD, PTE_A, PTE_D, PTE_PS, 0x100, 0x1000, 0x80000000,
};

static void spoil(int kind, uint32_t *va, uint32_t *perm)
{
	switch (kind) {
	case OFF:
		*va += 1 + any() % (PGSIZE - 1);
		break;
	case HIGH:
		*va = UTOP + any() % ((0 - UTOP) / PGSIZE) * PGSIZE;
		break;
	case AT_UTOP:
		*va = UTOP;
		break;
	case NOT_P:
		*perm &= ~PTE_P;
		break;
	case NOT_U:
		*perm &= ~PTE_U;
		break;
	case MORE:
		*perm |= more[any() % (sizeof(more) / sizeof(*more))];
		break;
	case LAST:
		*va = UTOP - PGSIZE;
		break;
	}
}

/* One request, to the one call or to the other. Is the answer good? */
static bool one(void)
{
	uint32_t va = 0x10000000 + any() % 0x10000 * PGSIZE;
	uint32_t perm = RU | (any() & (PTE_AVAIL | PTE_W));
	int kind = any() % KINDS, got, wanted;

	spoil(kind, &va, &perm);
	if (any() % 2)
		got = sys_page_alloc(0, (void *)va, perm);
	else
		got = sys_page_map(0, (void *)place(), 0, (void *)va, perm);
	wanted = kind == RIGHT || kind == LAST ? 0 : -E_INVAL;
	if (got != wanted) {
		cprintf("checks: %08x with %03x: %d instead of %d\n", va, perm,
			got, wanted);
		return false;
	}
	if (got < 0)
		return va >= UTOP || !mapped((void *)va);
	if ((uvpt[PGNUM(va)] & 0xFFF & PTE_SYSCALL) != perm)
		return false;
	return sys_page_unmap(0, (void *)va) == 0;
}

static void test_checks(void)
{
	int n = 0;

	seed = nonce;
	good("a page", sys_page_alloc(0, (void *)place(), RWU));
	*place() = nonce * 7;
	good("the same page", sys_page_map(0, (void *)place(), 0, UTEMP, RU));
	cprintf("checks: at another address %u\n", *(uint32_t *)UTEMP);
	for (int i = 0; i < CHECKS; i++)
		n += one();
	cprintf("checks: %u: %d of %d are right\n", nonce, n, CHECKS);
}

/* ---- children --------------------------------------------------------- */

static void test_child(void)
{
	volatile uint32_t local = nonce * 3;
	volatile envid_t parent = sys_getenvid();
	volatile uint32_t turn = 0;
	envid_t id;

	good("a page", sys_page_alloc(0, (void *)SHARED, RWU));
	for (int i = 0; i < 4; i++)
		data[i * PGSIZE / 4] = nonce + i;
	id = dumbfork();
	if (id == 0) {
		wait_for_share();
		cprintf("child: %u %u %u\n", data[0], data[3 * PGSIZE / 4],
			local);
		cprintf("child: it is %s\n",
			thisenv->env_id == sys_getenvid() &&
			thisenv->env_parent_id == parent ? "itself" :
			"somebody else");
		data[0] = local = turn = 1;
		SHARED[1] = SHARED[0] * 5;
		exit();
	}
	data[3 * PGSIZE / 4] = 2;
	SHARED[0] = nonce;
	share(id);
	wait_for(id);
	cprintf("parent: %u %u %u\n", data[0], local, turn);
	cprintf("parent: told %u\n", SHARED[1]);
}

/* So many children, each with a child of its own; all add their share. */
static void test_family(void)
{
	uint32_t children = nonce % 5 + 3, sum = 0;
	envid_t id[8];

	good("a page", sys_page_alloc(0, (void *)SHARED, RWU));
	for (uint32_t i = 0; i < children; i++) {
		data[PGSIZE / 4] = nonce + i;
		id[i] = dumbfork();
		if (id[i] != 0) {
			share(id[i]);
			continue;
		}
		wait_for_share();
		SHARED[2 * i] = data[PGSIZE / 4]++;
		id[i] = dumbfork();
		if (id[i] != 0) {
			share(id[i]);
			wait_for(id[i]);
		} else {
			wait_for_share();
			SHARED[2 * i + 1] = data[PGSIZE / 4];
		}
		exit();
	}
	for (uint32_t i = 0; i < children; i++)
		wait_for(id[i]);
	for (uint32_t i = 0; i < 2 * children; i++)
		sum += SHARED[i];
	cprintf("family: %u of %u\n", sum, 2 * children);
}

/* ---- what other processors remember ----------------------------------- */

/* A child that counts there for as long as it can */
static envid_t counter(void)
{
	envid_t id = dumbfork();

	if (id == 0) {
		while (!mapped(place()))
			sys_yield();
		for (;;)
			++*place();
	}
	return id;
}

/* Waits until it has counted to n */
static void see(volatile uint32_t *count, uint32_t n)
{
	for (int i = 0; *count < n; i++) {
		if (i == 1000000)
			panic("the child does not count");
		pause();
	}
}

/* How much it has counted in a while */
static uint32_t later(volatile uint32_t *count)
{
	uint32_t before = *count;

	for (int i = 0; i < 2000; i++)
		pause();
	return *count - before;
}

static void give(envid_t child)
{
	good("a page", sys_page_alloc(0, (void *)place(), RWU));
	good("map", sys_page_map(0, (void *)place(), child, (void *)place(),
				 RWU));
}

static void test_unmap(void)
{
	envid_t id = counter();

	give(id);
	see(place(), 1000);
	good("unmap", sys_page_unmap(id, (void *)place()));
	cprintf("unmap: written after it was taken away: %u times\n",
		later(place()));
	for (int i = 0; i < 1000 && alive(id); i++)
		sys_yield();
	if (sys_env_destroy(id) == 0)
		cprintf("unmap: the child has noticed nothing\n");
	wait_for(id);
	cprintf("unmap: %u, the parent goes on\n", nonce);
}

/* No processor has the child while it is stopped. */
static void test_replace(void)
{
	volatile uint32_t *new = UTEMP;
	envid_t id = counter();

	give(id);
	see(place(), 1000);
	good("stop", sys_env_set_status(id, ENV_NOT_RUNNABLE));
	while (later(place()) != 0)
		;
	good("another", sys_page_alloc(id, (void *)place(), RWU));
	good("map", sys_page_map(id, (void *)place(), 0, UTEMP, RWU));
	*new = nonce;
	good("start", sys_env_set_status(id, ENV_RUNNABLE));
	see(new, nonce + 1000);
	cprintf("replace: written in the old one: %u times\n", later(place()));
	cprintf("replace: in the new one it counts from %u\n", nonce);
	sys_env_destroy(id);
	wait_for(id);
}

/* The child is in the kernel, or on its way there, most of the time. */
static void test_busy(void)
{
	uint32_t rounds = nonce % 100 + 400;
	envid_t id = dumbfork();

	if (id == 0)
		for (;;)
			sys_getenvid();
	good("a page", sys_page_alloc(0, (void *)SHARED, RWU));
	for (uint32_t i = 0; i < rounds; i++) {
		share(id);
		good("unmap", sys_page_unmap(id, (void *)SHARED));
		SHARED[0]++;
	}
	sys_env_destroy(id);
	wait_for(id);
	cprintf("busy: %u rounds\n", SHARED[0]);
}

LABTESTS({ "checks", test_checks }, { "child", test_child },
	 { "family", test_family }, { "unmap", test_unmap },
	 { "replace", test_replace }, { "busy", test_busy })

#include "inc/lib.h"

#define CHILDREN	6
#define DEPTH		3
#define PAGES		8
#define AREA		((volatile uint32_t *)0x10000000)
#define GUEST		((void *)0x20000000)
#define RWU		(PTE_P | PTE_U | PTE_W)

static uint32_t state;			/* of the generator; never 0 */
static uint32_t mark;			/* what this process writes in AREA */
static int depth;
static envid_t child[CHILDREN];

static uint32_t any(uint32_t n)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % n;
}

static volatile uint32_t *word(int page)
{
	return &AREA[page * PGSIZE / sizeof(*AREA)];
}

/* What another process writes is never seen here. */
static void look(void)
{
	for (int i = 0; i < PAGES; i++)
		if (*word(i) != mark + i)
			panic("page %d has %x instead of %x", i, *word(i),
			      mark + i);
}

static void paint(void)
{
	mark = any(-1);
	for (int i = 0; i < PAGES; i++)
		*word(i) = mark + i;
}

static void steps(uint32_t n);

static void make_child(void)
{
	envid_t *slot = &child[any(CHILDREN)];
	uint32_t seed = any(-1) | 1, n = 5 + any(20);
	envid_t id;

	if (*slot != 0 || depth == DEPTH)
		return;
	id = fork();
	if (id < 0) {
		cprintf("stress: fork: %e\n", id);
	} else if (id == 0) {
		state = seed;
		depth++;
		memset(child, 0, sizeof(child));
		look();
		paint();
		steps(n);
		exit();
	} else {
		*slot = id;
	}
}

/* One of ours, or 0; the ones that have ended are forgotten. */
static envid_t some_child(void)
{
	envid_t *slot = &child[any(CHILDREN)];

	if (envs[ENVX(*slot)].env_id != *slot ||
	    envs[ENVX(*slot)].env_status == ENV_FREE)
		*slot = 0;
	return *slot;
}

static void kill_child(void)
{
	envid_t id = some_child();

	if (id != 0)
		sys_env_destroy(id);
}

static void stop_or_start(void)
{
	envid_t id = some_child();

	if (id != 0)
		sys_env_set_status(id, any(3) ? ENV_RUNNABLE :
				   ENV_NOT_RUNNABLE);
}

/* To anybody; it waits only for a child, and the first process for nobody. */
static void send(void)
{
	envid_t id = some_child();
	void *page = any(2) ? (void *)word(any(PAGES)) : (void *)UTOP;

	if (id != 0 && depth > 0 && any(4) == 0)
		sys_ipc_send(id, 0, page, PTE_P | PTE_U);
	else
		sys_ipc_try_send(envs[any(32)].env_id, 0, page,
				 PTE_P | PTE_U);
}

static void receive(void)
{
	if (depth > 0 && any(4) == 0)
		ipc_recv(NULL, GUEST, NULL);
}

/* A page in a child, taken away again while it may be running. */
static void meddle(void)
{
	envid_t id = some_child();

	if (id == 0)
		return;
	sys_page_alloc(id, GUEST, RWU);
	sys_page_map(0, (void *)word(any(PAGES)), id, GUEST, PTE_P | PTE_U);
	sys_page_unmap(id, GUEST);
}

static void compute(void)
{
	for (volatile uint32_t i = any(20000); i > 0; i--)
		;
}

static void fault(void)
{
	if (depth > 0 && any(8) == 0)
		*(volatile int *)any(PGSIZE) = 0;
}

static void finish(void)
{
	if (depth > 0 && any(8) == 0)
		exit();
}

static void steps(uint32_t n)
{
	static void (*const step[])(void) = {
		make_child, make_child, make_child, kill_child, stop_or_start,
		send, send, receive, meddle, compute, sys_yield, paint, fault,
		finish,
	};

	while (n-- > 0) {
		step[any(ARRAY_SIZE(step))]();
		look();
	}
}

/* stress SEED STEPS: everything that a process can do, at random. */
void umain(int argc, char **argv)
{
	uint32_t seed = argc > 1 ? strtol(argv[1], NULL, 10) : 1;
	uint32_t n = argc > 2 ? strtol(argv[2], NULL, 10) : 200;

	state = seed * 2654435761u | 1;
	for (int i = 0; i < PAGES; i++)
		sys_page_alloc(0, (void *)word(i), RWU);
	paint();
	steps(n);
	for (int i = 0; i < CHILDREN; i++)
		if (child[i] != 0)
			sys_env_destroy(child[i]);
	cprintf("stress: seed %u, %u steps\n", seed, n);
}

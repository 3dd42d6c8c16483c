/*
 * What flights cost the processors of both nodes, for machine/bench: the cycles
 * that they did not spend waiting, which with one processor each are
 * instructions. What went over the wire is in the log of the hub.
 *
 * args=calls: what a forwarded call costs them as well, before that.
 */
#include "inc/lib.h"

enum {
	AWAY	= 2,			/* the other node */
	TRIPS	= 4,			/* there and back */
	CALLS	= 500,
};

static char *const memory = (char *)0x10000000;

static uint32_t busy_here(void)
{
	struct node_info n;

	sys_cluster(0, &n);
	return n.load.busy;
}

/* As the next hello tells. */
static uint32_t busy_there(void)
{
	struct node_info n;
	uint32_t old;

	sys_cluster(AWAY, &n);
	old = n.load.busy;
	while (n.load.busy == old)
		sys_cluster(AWAY, &n);
	return n.load.busy;
}

static void fly(int node)
{
	if (sys_migrate(0, node) < 0)
		panic("it did not fly");
}

/* What so many trips, with so many forwarded calls in each, cost both nodes. */
static uint32_t cost_of(int trips, int calls)
{
	uint32_t there = busy_there(), here = busy_here();

	for (int i = 0; i < trips; i++) {
		fly(AWAY);
		for (int k = 0; k < calls; k++)
			sys_getuid();
		fly(0);
	}
	here = busy_here() - here;
	there = busy_there() - there;
	if ((int32_t)here < 0 || (int32_t)there < 0)
		cprintf("flights: what a node was busy has gone back\n");
	return here + there;
}

static void get_pages(int from, int to)
{
	for (int i = from; i < to; i++)
		if (sys_page_alloc(0, memory + i * PGSIZE,
				   PTE_P | PTE_U | PTE_W) < 0)
			panic("no memory");
}

void umain(int argc, char **argv)
{
	static const int sizes[] = { 0, 16, 64, 256 };
	uint32_t trip;
	int had = 0;

	USED(argv);
	need_mosix();
	if (argc > 1) {
		trip = cost_of(1, 0);
		cprintf("forwarded call: %u instructions\n",
			(cost_of(1, CALLS) - trip) / CALLS);
	}
	for (uint32_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		get_pages(had, sizes[i]);
		had = sizes[i];
		cprintf("flight: %d pages more, %u instructions\n", had,
			cost_of(TRIPS, 0) / (2 * TRIPS));
	}
}

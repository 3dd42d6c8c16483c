#include "inc/lib.h"

/* Numbers that depend on all those before them, so that no step can be lost or
 * done twice. */
static uint32_t table[4096];

static uint32_t compute(uint32_t sum, int rounds)
{
	for (int i = 0; i < rounds; i++) {
		uint32_t *word = &table[sum % 4096];

		*word += sum ^ i;
		sum = sum * 1664525 + *word + 1013904223;
	}
	return sum;
}

static int next_node(int hop)
{
	struct node_info n;
	int node = hop % 3;

	return sys_cluster(node + 1, &n) >= 0 && n.state == NODE_UP ?
	       node + 1 : 0;
}

/* From node to node, and computes at each: args="HOPS". */
void umain(int argc, char **argv)
{
	int hops = argc > 1 ? strtol(argv[1], NULL, 10) : 10;
	uint32_t away = 1, home = 1;
	struct mosix_info info;

	need_mosix();
	for (int i = 0; i < hops; i++) {
		int err;

		while ((err = sys_migrate(0, next_node(i))) == -E_IN_FLIGHT)
			sys_yield();
		if (err < 0)
			panic("hop %d: %e", i, err);
		away = compute(away, 1000);
	}
	sys_migrate(0, 0);
	sys_where(0, &info);
	memset(table, 0, sizeof(table));
	for (int i = 0; i < hops; i++)
		home = compute(home, 1000);
	cprintf("fly: %u moves, %s\n", info.moves,
		away == home ? "the sum is right" : "THE SUM IS WRONG");
}

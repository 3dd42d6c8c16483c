#include "kern/cmdline.h"
#include "kern/env.h"
#include "kern/printf.h"
#include "kern/times.h"
#include "net/cluster.h"
#include "hpc/flight.h"

/* throw=SEED every=TICKS: processes are thrown from node to node, which and
 * where to by chance. */
static uint32_t chance;
static uint32_t every;

static uint32_t any(uint32_t n)
{
	chance ^= chance << 13;
	chance ^= chance >> 17;
	chance ^= chance << 5;
	return chance % n;
}

void throw_init(void)
{
	chance = cmdline_number("throw", 0) * 2654435761u;
	every = MAX(1, cmdline_number("every", 5));
}

/* One of the nodes that are up, or 0: home. */
static int any_node(void)
{
	int up[NNODES] = { 0 }, n = 1;

	for (int node = 1; node < NNODES; node++)
		if (node_hosts(node))
			up[n++] = node;
	return up[any(n)];
}

/* Each of those that may be thrown as likely as any other. */
static struct task *any_process(void)
{
	struct task *chosen = NULL;
	uint32_t n = 0;

	for (int i = 0; i < NENV; i++) {
		struct task *t = &tasks[i];

		if (t->env->env_status != ENV_FREE && t->started &&
		    !(t->mosix.stay & DNOMIGRATE) && any(++n) == 0)
			chosen = t;
	}
	return chosen;
}

void throw_tick(void)
{
	struct task *t;

	if (chance == 0 || ticks % every != 0)
		return;
	t = any_process();
	if (t != NULL && home_request(t, any_node()) == 0)
		record("thrown env=%08x to=%d", t->env->env_id,
		       t->mosix.whereto);
}

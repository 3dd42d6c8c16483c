#include "inc/lib.h"

static const char *const states[] = {
	[NODE_UNKNOWN] = "unknown",
	[NODE_HEARD] = "heard",
	[NODE_UP] = "up",
	[NODE_DEAD] = "dead",
	[NODE_LEFT] = "left",
};

/* The cluster, as this node knows it. */
void umain(int argc, char **argv)
{
	struct node_info n;
	int me = sys_cluster(0, &n);

	USED(argc);
	USED(argv);
	if (me == 0) {
		cprintf("this machine is on its own\n");
		return;
	}
	cprintf("node state CPUs   pages    free running\n");
	for (int i = 1; sys_cluster(i, &n) >= 0; i++)
		if (n.state != NODE_UNKNOWN)
			cprintf("%3d%c %-5s %4u %7u %7u %7u\n", i,
				i == me ? '*' : ' ', states[n.state],
				n.load.cpus, n.load.pages, n.load.free_pages,
				n.load.running);
}

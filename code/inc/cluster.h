#ifndef INC_CLUSTER_H
#define INC_CLUSTER_H

#include "inc/types.h"

enum node_state {
	NODE_UNKNOWN = 0,		/* nothing has been heard of it */
	NODE_HEARD,			/* it is there: no session yet */
	NODE_UP,
	NODE_DEAD,			/* it fell silent */
	NODE_LEFT,			/* it said goodbye */
};

/* What a node tells of itself in every hello. */
struct node_load {
	uint32_t cpus;
	uint32_t features;		/* of its processors: CPUID 1, edx */
	uint32_t guests;		/* does it take any? */
	uint32_t pages, free_pages;
	uint32_t running;		/* processes that run or could */
	uint32_t busy;			/* cycles not spent waiting */
};

/* What sys_cluster gives for a node. Frames and bytes: of the link between
 * it and the node that asks, which are 0 for that one itself. */
struct node_info {
	uint32_t node;
	uint32_t state;			/* enum node_state */
	struct node_load load;
	uint32_t frames_out, bytes_out;
	uint32_t frames_in, bytes_in;
	uint32_t again;			/* frames sent again */
};

#endif

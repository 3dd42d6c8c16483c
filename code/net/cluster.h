#ifndef NET_CLUSTER_H
#define NET_CLUSTER_H

#include "inc/cluster.h"
#include "kern/hooks.h"
#include "net/frame.h"

/* Times, in ticks. A guest is let run for LEASE after its home node was heard
 * from; its home waits for DEAD before it says that it is lost. */
enum {
	HELLO_EVERY	= 10,
	LEASE		= 150,
	DEAD		= 300,
};

extern uint8_t my_mac[6];

/* Frames that were dropped, by the reason. */
struct cluster_counts {
	uint32_t foreign;		/* not ours: another ethertype */
	uint32_t damaged;		/* length or sum */
	uint32_t version;
	uint32_t stranger;		/* no node sends from there */
	uint32_t stale;			/* of a session that is not */
	uint32_t nonsense;		/* a message that makes no sense */
};

extern struct cluster_counts cluster_counts;

/* What is known of a node. */
struct node {
	enum node_state state;
	uint32_t heard;			/* tick of the last good hello */
	uint32_t stamp;			/* that it had: its own tick */
	uint32_t lease;			/* until this tick of ours it has not
					 * given us up */
	bool done;			/* its programs have ended */
	bool given_up;
	bool seen;			/* it has been heard */
	uint32_t gone;			/* its session that said goodbye */
	struct node_load load;
};

extern struct node nodes[NNODES];

static inline bool node_up(int node)
{
	return node > 0 && node < NNODES && nodes[node].state == NODE_UP;
}

/* Is it up, and with hpc/ in its kernel? */
static inline bool node_hosts(int node)
{
	return node_up(node) && nodes[node].load.guests;
}

/* Of this node: hpc/ says so. */
extern bool takes_guests;

/* Does node still count on us? What runs here for it may go on. */
bool node_lease(int node);

/* net/wire.c: its turn to send to node. */
void wire_tick(int node);

/* Whoever wants to know that a session with node begins or ends. */
typedef void node_handler(int node, bool up);
void node_register(node_handler *handler);
/* The same, for each tick. */
void tick_register(void (*f)(void));
/* The session with node is to end: a promise made there cannot be kept. */
void cluster_give_up(int node);

#endif

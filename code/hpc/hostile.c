#include "kern/cmdline.h"
#include "kern/hooks.h"
#include "kern/power.h"
#include "net/cluster.h"
#include "net/link.h"
#include "net/message.h"
#include "hpc/flight.h"

/* hostile=NODE junk=SEED: that node keeps to the protocol of the link and to
 * no other: it sends messages of every type with anything in them. */
static uint32_t chance;

static uint32_t any(uint32_t n)
{
	chance ^= chance << 13;
	chance ^= chance >> 17;
	chance ^= chance << 5;
	return chance % n;
}

void hostile_init(void)
{
	if (cmdline_number("hostile", 0) == (uint32_t)my_node)
		chance = cmdline_number("junk", 1) * 2654435761u;
}

/* What is most likely to be taken for something: numbers that are in use. */
static void plausible(struct flight_head *h, int node)
{
	h->flight = any(8) == 0 ? chance : any(40);
	h->slot = any(8) == 0 ? chance : any(8);
	h->offset = any(3) * 1368;
	h->pid = (any(2) ? node : my_node) << ENVNODESHIFT |
		 (1 + any(3)) << ENVGENSHIFT | any(16);
	h->value = any(2) ? 0 : (int32_t)any(64) - 32;
}

static void send_junk(int node)
{
	uint32_t len = any(4) ? any(160) : any(MESSAGE_MAX + 1);
	struct packet *p = packet_alloc();

	if (p == NULL)
		return;
	for (uint32_t i = 0; i < len / 4; i++)
		message_of(p, uint32_t)[i] = any(3) ? any(64) : chance;
	if (len >= sizeof(struct flight_head))
		plausible(message_of(p, struct flight_head), node);
	link_send(node, p, MSG_PREPARE + any(MSG_START), len);
}

enum {
	JUNK_TICKS = 300,		/* then it says goodbye */
};

void hostile_tick(void)
{
	static uint32_t sent;

	if (chance == 0 || !cluster_complete())
		return;
	if (sent++ == JUNK_TICKS) {
		cluster_leave();
		poweroff();
	}
	for (int node = 1; node < NNODES; node++)
		if (node_up(node) && links[node].pending.n < WINDOW)
			send_junk(node);
}

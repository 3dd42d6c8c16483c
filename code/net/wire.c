#include "kern/cmdline.h"
#include "kern/printf.h"
#include "kern/sched.h"
#include "kern/times.h"
#include "net/cluster.h"
#include "net/link.h"
#include "net/message.h"

/* test=wire: every node sends messages=N messages of all lengths to every
 * other, and each sees that they arrive once, whole and in order. */
static struct {
	bool on;
	uint32_t total;			/* to send to each, and to get */
	uint32_t sent[NNODES], got[NNODES];
	uint32_t wrong;
	uint32_t peers;			/* how many nodes there are to be */
} wire;

/* Byte i of message n from one node to another. */
static uint8_t wire_byte(int from, int to, uint32_t n, uint32_t i)
{
	return from * 41 + to * 17 + n * 5 + i * 3;
}

static uint32_t wire_length(uint32_t n)
{
	return n * 131 % (MESSAGE_MAX + 1);
}

static void send_one(int node)
{
	struct packet *p = packet_alloc();
	uint32_t n = wire.sent[node], len = wire_length(n);

	if (p == NULL)
		return;
	for (uint32_t i = 0; i < len; i++)
		p->frame.data[i] = wire_byte(my_node, node, n, i);
	wire.sent[node]++;
	link_send(node, p, MSG_WIRE, len);
}

static bool as_it_was(int node, const struct frame *f, uint32_t n)
{
	if (f->length != wire_length(n))
		return false;
	for (uint32_t i = 0; i < f->length; i++)
		if (f->data[i] != wire_byte(node, my_node, n, i))
			return false;
	return true;
}

static void report(int node)
{
	const struct link_counts *c = &link_counts[node];

	cprintf("wire: %u messages from node %d, %u wrong\n", wire.got[node],
		node, wire.wrong);
	record("wire node=%d got=%u wrong=%u frames=%u again=%u repeated=%u "
	       "early=%u", node, wire.got[node], wire.wrong, c->frames_out,
	       c->again, c->repeated, c->early);
}

static void wire_message(int node, struct packet *p)
{
	uint32_t n = wire.got[node]++;

	if (n >= wire.total || !as_it_was(node, &p->frame, n))
		wire.wrong++;
	if (wire.got[node] == wire.total)
		report(node);
	packet_free(p);
}

/* What the session before has not delivered will never come. */
static void wire_session(int node, bool up)
{
	if (up)
		wire.sent[node] = wire.got[node] = 0;
}

void wire_start(void)
{
	wire.on = true;
	wire.total = cmdline_number("messages", 500);
	wire.peers = cmdline_number("nodes", 1) - 1;
	message_register(MSG_WIRE, wire_message);
	node_register(wire_session);
}

/* What was sent has to have been acknowledged too. From one that is not there
 * any more nothing is expected. */
static bool complete(int node)
{
	enum node_state state = nodes[node].state;

	return state == NODE_DEAD || state == NODE_LEFT ||
	       (wire.sent[node] == wire.total && wire.got[node] == wire.total &&
		links[node].acked == links[node].next);
}

bool wire_busy(void)
{
	uint32_t n = 0;

	for (int i = 1; i < NNODES; i++)
		n += complete(i);
	return wire.on && n < wire.peers;
}

/* A few at a time: the card of the other takes in one a millisecond. */
void wire_tick(int node)
{
	if (!wire.on || !node_up(node))
		return;
	for (int i = 0; i < 10 && wire.sent[node] < wire.total &&
	     links[node].pending.n < WINDOW; i++)
		send_one(node);
	if (!wire_busy())
		look_again();
}


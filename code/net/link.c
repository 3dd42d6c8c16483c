#include "inc/assert.h"
#include "inc/error.h"
#include "inc/string.h"
#include "kern/env.h"
#include "kern/times.h"
#include "kern/wait.h"
#include "net/cluster.h"
#include "net/link.h"
#include "net/nic.h"

enum {
	NTYPES		= 64,
	PATIENCE	= 10,		/* ticks until it is sent again */
	PATIENCE_MAX	= 80,
	ACK_EVERY	= 4,		/* messages */
	ACK_WITHIN	= 2,		/* ticks */
	PENDING_MAX	= 2 * WINDOW,
};

struct link links[NNODES];
struct link_counts link_counts[NNODES];

static message_handler *handlers[NTYPES];

void message_register(uint16_t type, message_handler *handler)
{
	assert(type < NTYPES && handlers[type] == NULL);
	handlers[type] = handler;
}

/* Any one bit that changes changes it, and words that change places nearly
 * always do. */
static uint32_t frame_sum(const struct frame *f)
{
	const uint32_t *word = &f->check + 1;
	uint32_t n = (sizeof(*f) - offsetof(struct frame, from_session) +
		      f->length + 3) / 4;
	uint32_t sum = f->version << 8 | f->kind;

	while (n-- > 0)
		sum = (sum << 1 | sum >> 31) + *word++;
	return sum;
}

/* The last word is filled up with zeros: they are summed. */
static void pad(struct frame *f)
{
	for (uint32_t i = f->length; i % 4 != 0; i++)
		f->data[i] = 0;
}

void frame_finish(struct packet *p, const uint8_t *dst, int kind, size_t len)
{
	struct frame *f = &p->frame;

	memcpy(f->dst, dst, sizeof(f->dst));
	memcpy(f->src, my_mac, sizeof(f->src));
	f->ethertype = ETHERTYPE >> 8 | (ETHERTYPE & 0xFF) << 8;
	f->version = FRAME_VERSION;
	f->kind = kind;
	f->length = len;
	pad(f);
	p->len = sizeof(*f) + len;
}

bool frame_intact(struct packet *p)
{
	struct frame *f = &p->frame;

	if (p->len < sizeof(*f) || f->length > p->len - sizeof(*f))
		return false;
	pad(f);
	return f->check == frame_sum(f);
}

void frame_send(struct packet *p)
{
	p->frame.check = frame_sum(&p->frame);
	nic_send(&p->frame, p->len);
}

void link_reset(int node, uint32_t my_session)
{
	struct link *l = &links[node];

	link_close(node);
	memset(l, 0, sizeof(*l));
	packet_queue_init(&l->pending);
	queue_init(&l->senders);
	l->my_session = my_session;
	l->patience = PATIENCE;
}

static void forget(struct packet **slot)
{
	if (*slot != NULL)
		packet_free(*slot);
	*slot = NULL;
}

void link_close(int node)
{
	struct link *l = &links[node];

	if (l->my_session == 0)
		return;
	l->my_session = l->its_session = 0;
	l->open = false;
	for (int i = 0; i < WINDOW; i++) {
		forget(&l->sent[i]);
		forget(&l->early[i]);
	}
	packet_free_all(&l->pending);
	wake_all(&l->senders);
}

/* With what this end has of the session: every frame tells how far it is. */
static void transmit(int node, struct packet *p)
{
	struct link *l = &links[node];

	p->frame.from_session = l->my_session;
	p->frame.to_session = l->its_session;
	p->frame.ack = l->expected;
	l->unacked = 0;
	link_counts[node].frames_out++;
	link_counts[node].bytes_out += p->len;
	frame_send(p);
}

static void send_again(int node)
{
	struct link *l = &links[node];

	link_counts[node].again++;
	transmit(node, l->sent[l->acked % WINDOW]);
}

/* early: because one has come before its turn. */
static void send_ack(int node, bool early)
{
	struct packet *p = packet_for_input();

	if (p == NULL)
		return;			/* with the next tick */
	frame_finish(p, links[node].mac, FRAME_ACK, 0);
	p->frame.seq = 0;
	p->frame.type = early;
	transmit(node, p);
	packet_free(p);
}

/* As many as the window has room for. */
static void send_pending(int node)
{
	struct link *l = &links[node];
	struct packet *p;

	while (l->next - l->acked < WINDOW &&
	       (p = packet_take(&l->pending)) != NULL) {
		if (l->next == l->acked)
			l->retry = ticks + l->patience;
		p->frame.seq = l->next;
		l->sent[l->next++ % WINDOW] = p;
		transmit(node, p);
	}
	if (l->pending.n < PENDING_MAX)
		wake_all(&l->senders);
}

void link_send(int node, struct packet *p, uint16_t type, size_t len)
{
	struct link *l = &links[node];

	assert(len <= MESSAGE_MAX);
	if (!l->open) {
		packet_free(p);
		return;
	}
	p->frame.type = type;
	frame_finish(p, l->mac, FRAME_DATA, len);
	packet_put(&l->pending, p);
	send_pending(node);
}

struct packet *link_packet(int node, int *err)
{
	struct link *l = &links[node];
	uint32_t session = l->my_session;
	struct packet *p;

	for (;;) {
		if (!l->open || l->my_session != session) {
			*err = -E_NO_NODE;
			return NULL;
		}
		if (l->pending.n < PENDING_MAX && (p = packet_alloc()) != NULL)
			return p;
		*err = sleep_shown(&l->senders, ENV_RUNNING);
		if (*err < 0)
			return NULL;
	}
}

/* The other end has all before ack. */
static void got_ack(int node, uint32_t ack)
{
	struct link *l = &links[node];

	if (ack - l->acked > l->next - l->acked)
		return;			/* an old one, or nonsense */
	while (l->acked != ack) {
		forget(&l->sent[l->acked++ % WINDOW]);
		l->patience = PATIENCE;
		l->retry = ticks + PATIENCE;
		l->hurried = false;
	}
	send_pending(node);
}

/* The other end says again that it lacks this one, and others come after it:
 * it was lost. */
static void missing(int node, uint32_t ack)
{
	struct link *l = &links[node];

	if (ack != l->acked || l->acked == l->next || l->hurried)
		return;
	l->hurried = true;
	send_again(node);
}

static void deliver(int node, struct packet *p)
{
	uint16_t type = p->frame.type;
	struct link *l = &links[node];

	l->expected++;
	if (l->unacked++ == 0)
		l->ack_by = ticks + ACK_WITHIN;
	if (type < NTYPES && handlers[type] != NULL) {
		handlers[type](node, p);
	} else {
		cluster_counts.nonsense++;
		packet_free(p);
	}
}

/* Those that came before their turn, now that it is. */
static void deliver_early(int node)
{
	struct link *l = &links[node];
	struct packet *p;

	while ((p = l->early[l->expected % WINDOW]) != NULL) {
		l->early[l->expected % WINDOW] = NULL;
		deliver(node, p);
	}
}

static void keep_early(int node, struct packet *p)
{
	struct link *l = &links[node];
	struct packet **slot = &l->early[p->frame.seq % WINDOW];

	link_counts[node].early++;
	if (*slot != NULL)
		packet_free(p);
	else
		*slot = p;
}

static void got_data(int node, struct packet *p)
{
	struct link *l = &links[node];
	uint32_t ahead = p->frame.seq - l->expected;

	if (ahead >= WINDOW || !packets_left()) {
		if (ahead >= WINDOW)
			link_counts[node].repeated++;
		packet_free(p);
		send_ack(node, false);	/* or it would come for ever */
	} else if (ahead > 0) {
		keep_early(node, p);
		send_ack(node, true);
	} else {
		deliver(node, p);
		deliver_early(node);
		if (l->open && l->unacked >= ACK_EVERY)
			send_ack(node, false);
	}
}

void link_input(int node, struct packet *p)
{
	link_counts[node].frames_in++;
	link_counts[node].bytes_in += p->len;
	if (p->frame.kind == FRAME_ACK && p->frame.type != 0)
		missing(node, p->frame.ack);
	got_ack(node, p->frame.ack);
	if (p->frame.kind == FRAME_DATA)
		got_data(node, p);
	else
		packet_free(p);
}

/* Has tick t come? Ticks go round after 497 days. */
static bool come(uint32_t t, uint32_t now)
{
	return (int32_t)(now - t) >= 0;
}

void link_tick(int node, uint32_t now)
{
	struct link *l = &links[node];

	if (l->unacked > 0 && come(l->ack_by, now))
		send_ack(node, false);
	if (l->pending.n < PENDING_MAX)
		wake_all(&l->senders);	/* a packet may be free */
	if (l->acked == l->next || !come(l->retry, now))
		return;
	l->patience = MIN(2 * l->patience, PATIENCE_MAX);
	l->retry = now + l->patience;
	send_again(node);
}

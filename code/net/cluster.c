#include "inc/assert.h"
#include "inc/error.h"
#include "inc/string.h"
#include "inc/x86.h"
#include "kern/cmdline.h"
#include "kern/cpu.h"
#include "kern/mpconfig.h"
#include "kern/pmap.h"
#include "kern/printf.h"
#include "kern/sched.h"
#include "kern/syscall.h"
#include "kern/times.h"
#include "kern/usercopy.h"
#include "net/cluster.h"
#include "net/link.h"
#include "net/nic.h"

/* What one node says to one other, in its hello to all. */
struct greeting {
	uint32_t mine;			/* number of its session with you */
	uint32_t yours;			/* the number that it knows of yours */
	uint32_t echo;			/* the last stamp that it has of you */
};

struct hello {
	uint32_t stamp;			/* its tick */
	uint32_t leaving;
	uint32_t done;
	struct node_load load;
	struct greeting to[NNODES];
};

enum {
	NHANDLERS = 4,
};

int my_node;
uint8_t my_mac[6];
struct node nodes[NNODES];
struct cluster_counts cluster_counts;
bool takes_guests;

static uint32_t expected_nodes = 1;	/* the word nodes= */
static bool seen_all;
static bool done, leaving;
static node_handler *handlers[NHANDLERS];
static void (*tick_handler)(void);

void tick_register(void (*f)(void))
{
	tick_handler = f;
}

void cluster_give_up(int node)
{
	nodes[node].given_up = true;
}

void node_register(node_handler *handler)
{
	int i = 0;

	while (i < NHANDLERS && handlers[i] != NULL)
		i++;
	assert(i < NHANDLERS);
	handlers[i] = handler;
}

static void tell_handlers(int node, bool up)
{
	for (int i = 0; i < NHANDLERS && handlers[i] != NULL; i++)
		handlers[i](node, up);
}

static const char *const state_names[] = {
	[NODE_UNKNOWN]	= "unknown",
	[NODE_HEARD]	= "heard",
	[NODE_UP]	= "up",
	[NODE_DEAD]	= "dead",
	[NODE_LEFT]	= "left",
};

static void set_state(int node, enum node_state state)
{
	nodes[node].state = state;
	if (state == NODE_HEARD)
		return;
	cprintf("cluster: node %d: %s\n", node, state_names[state]);
	record("node n=%d state=%s", node, state_names[state]);
}

/* --- the numbers of sessions -------------------------------------------- */

/* Never 0, and hardly ever one that has been: the time when a frame arrives
 * is the only thing here that is not the same at every boot. */
static uint32_t any_number(void)
{
	static uint32_t number;

	number = (number ^ (uint32_t)read_tsc()) * 2654435761u + ticks;
	return number != 0 ? number : 1;
}

static uint32_t count_seen(void)
{
	uint32_t n = 1;

	for (int i = 1; i < NNODES; i++)
		n += nodes[i].seen;
	return n;
}

static void session_begins(int node)
{
	links[node].open = true;
	set_state(node, NODE_UP);
	tell_handlers(node, true);
	look_again();
}

static void session_ends(int node, enum node_state state)
{
	bool was_up = nodes[node].state == NODE_UP;

	link_close(node);
	nodes[node].given_up = false;
	set_state(node, state);
	if (was_up)
		tell_handlers(node, false);
	look_again();
}

/* --- saying hello ------------------------------------------------------- */

static void my_load(struct node_load *load)
{
	load->cpus = ncpu;
	load->features = cpu_features();
	load->guests = takes_guests;
	load->pages = npages;
	load->free_pages = nfree;
	load->running = count_ready();
	load->busy = times_busy();
}

static void hello(void)
{
	static const uint8_t everybody[6] = {
		0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
	};
	struct packet *p = packet_for_input();
	struct hello *h;

	if (p == NULL)
		return;			/* there will be another one */
	h = message_of(p, struct hello);
	h->stamp = ticks;
	h->leaving = leaving;
	h->done = done;
	my_load(&h->load);
	for (int i = 0; i < NNODES; i++)
		h->to[i] = (struct greeting){ links[i].my_session,
			links[i].its_session, nodes[i].stamp };
	frame_finish(p, everybody, FRAME_HELLO, sizeof(*h));
	p->frame.from_session = p->frame.to_session = 0;
	p->frame.seq = p->frame.ack = 0;
	p->frame.type = 0;
	frame_send(p);
	packet_free(p);
}

/* --- hearing one -------------------------------------------------------- */

static void note_hello(int node, const struct hello *h)
{
	struct node *n = &nodes[node];

	n->heard = ticks;
	n->stamp = h->stamp;
	n->lease = h->to[my_node].echo + LEASE;
	if (n->done != (h->done != 0))
		look_again();
	n->done = h->done != 0;
	n->load = h->load;
}

/* The first that is heard of it, or the first after its end. */
static void meet(int node, const uint8_t *mac)
{
	link_reset(node, any_number());
	memcpy(links[node].mac, mac, sizeof(links[node].mac));
	nodes[node].seen = true;
	set_state(node, NODE_HEARD);
}

static void hello_of_known(int node, const struct hello *h)
{
	const struct greeting *g = &h->to[my_node];
	struct link *l = &links[node];

	if (nodes[node].state == NODE_UP) {
		if (g->mine != l->its_session || g->yours != l->my_session ||
		    (int32_t)(h->stamp - nodes[node].stamp) < 0) {
			cluster_counts.stale++;
			return;		/* if it insists, it will be dead */
		}
		note_hello(node, h);
		if (h->leaving) {
			nodes[node].gone = g->mine;
			session_ends(node, NODE_LEFT);
		}
		return;
	}
	note_hello(node, h);
	l->its_session = g->mine;
	if (g->mine != 0 && g->yours == l->my_session)
		session_begins(node);
}

/* A hello that comes after the goodbye of who sent it. */
static bool has_left(int node, const struct hello *h)
{
	return nodes[node].gone != 0 &&
	       h->to[my_node].mine == nodes[node].gone;
}

static void got_hello(int node, struct packet *p)
{
	const struct hello *h = message_of(p, struct hello);

	if (p->frame.length != sizeof(*h)) {
		cluster_counts.nonsense++;
		return;
	}
	if (nodes[node].state != NODE_UP && (h->leaving || has_left(node, h)))
		return;
	if (links[node].my_session == 0)
		meet(node, p->frame.src);
	hello_of_known(node, h);
}

/* --- every frame that arrives ------------------------------------------- */

/* The node that sent it, or 0 if no node has that address. */
static int sender(const struct frame *f)
{
	int node = f->src[5];

	if (node == 0 || node >= NNODES || node == my_node)
		return 0;
	if (links[node].my_session != 0 &&
	    memcmp(links[node].mac, f->src, sizeof(f->src)) != 0)
		return 0;
	return node;
}

static bool is_ours(const struct frame *f)
{
	return f->ethertype == (ETHERTYPE >> 8 | (ETHERTYPE & 0xFF) << 8);
}

/* A frame of a session, if it is of the one that is. The other end may have
 * opened it a hello earlier. */
static bool of_session(int node, const struct frame *f)
{
	const struct link *l = &links[node];

	if (l->my_session == 0 || f->to_session != l->my_session ||
	    l->its_session == 0 || f->from_session != l->its_session)
		return false;
	if (!l->open)
		session_begins(node);
	return true;
}

/* Which count a frame goes to that is not to be used; NULL: it is good. */
static uint32_t *defect(struct packet *p, int *node)
{
	if (!is_ours(&p->frame))
		return &cluster_counts.foreign;
	if (!frame_intact(p))
		return &cluster_counts.damaged;
	if (p->frame.version != FRAME_VERSION)
		return &cluster_counts.version;
	*node = sender(&p->frame);
	if (*node == 0)
		return &cluster_counts.stranger;
	if (p->frame.kind == FRAME_HELLO)
		return NULL;
	if (p->frame.kind > FRAME_ACK || p->frame.kind == 0)
		return &cluster_counts.nonsense;
	if (!of_session(*node, &p->frame))
		return &cluster_counts.stale;
	return NULL;
}

static void frame_arrived(struct packet *p)
{
	int node;
	uint32_t *count = defect(p, &node);

	if (count != NULL) {
		(*count)++;
		packet_free(p);
	} else if (p->frame.kind == FRAME_HELLO) {
		got_hello(node, p);
		packet_free(p);
	} else {
		link_input(node, p);
	}
}

void *net_buffer(void)
{
	struct packet *p = packet_for_input();

	return p == NULL ? NULL : p->bytes;
}

void net_input(void *buffer, size_t len)
{
	struct packet *p = buffer - offsetof(struct packet, bytes);

	p->len = len;
	frame_arrived(p);
}

/* --- time --------------------------------------------------------------- */

bool node_lease(int node)
{
	return node_up(node) && (int32_t)(nodes[node].lease - ticks) > 0;
}

static void tick_node(int node)
{
	struct node *n = &nodes[node];

	if (links[node].my_session == 0)
		return;
	if (n->given_up || ticks - n->heard >= DEAD)
		session_ends(node, NODE_DEAD);
	else
		link_tick(node, ticks);
	wire_tick(node);
}

void cluster_tick(void)
{
	if (my_node == 0)
		return;
	for (int i = 1; i < NNODES; i++)
		tick_node(i);
	if (ticks % HELLO_EVERY == 0)
		hello();
	if (tick_handler != NULL)
		tick_handler();
}

/* --- beginning and end -------------------------------------------------- */

static int node_number(void)
{
	int node = cmdline_number("node", my_mac[5]);

	return node > 0 && node < NNODES ? node : 0;
}

void cluster_init(void)
{
	if (!nic_init(my_mac)) {
		cprintf("cluster: no card: this machine is on its own\n");
		return;
	}
	my_node = node_number();
	if (my_node == 0) {
		cprintf("cluster: no node has number %d, nor is there node=N: "
			"this machine is on its own\n", my_mac[5]);
		return;
	}
	my_mac[5] = my_node;
	expected_nodes = cmdline_number("nodes", 1);
	packets_init();
	nic_listen(my_mac);
	cprintf("cluster: this is node %d\n", my_node);
	record("node n=%d state=me", my_node);
}

/* Those that are being met are waited for. */
bool cluster_complete(void)
{
	if (my_node == 0 || seen_all)
		return true;
	for (int i = 1; i < NNODES; i++)
		if (nodes[i].state == NODE_HEARD)
			return false;
	seen_all = count_seen() >= expected_nodes;
	return seen_all;
}

void cluster_done(void)
{
	if (!done && my_node != 0) {
		done = true;
		hello();
	}
}

bool cluster_all_done(void)
{
	for (int i = 1; i < NNODES; i++)
		if (nodes[i].state == NODE_UP && !nodes[i].done)
			return false;
	return true;
}

static void record_counts(void)
{
	const struct cluster_counts *c = &cluster_counts;

	record("dropped foreign=%u damaged=%u version=%u stranger=%u stale=%u "
	       "nonsense=%u", c->foreign, c->damaged, c->version, c->stranger,
	       c->stale, c->nonsense);
}

void cluster_leave(void)
{
	if (my_node == 0)
		return;
	record_counts();
	leaving = true;
	hello();
	nic_flush();
}

/* --- what programs see -------------------------------------------------- */

static void fill_info(struct node_info *info, int node)
{
	const struct link_counts *c = &link_counts[node];

	*info = (struct node_info){
		.node = node, .state = nodes[node].state,
		.load = nodes[node].load,
		.frames_out = c->frames_out, .bytes_out = c->bytes_out,
		.frames_in = c->frames_in, .bytes_in = c->bytes_in,
		.again = c->again,
	};
	if (node != my_node)
		return;
	info->state = NODE_UP;
	my_load(&info->load);
}

/* What is known of node, at *buf; of node 0: of this one. The number of this
 * node; -E_NO_NODE: there is no such node, -E_FAULT. */
int32_t sys_cluster(uint32_t node, uint32_t buf)
{
	struct node_info info;

	if (node == 0)
		node = my_node;
	if (node >= NNODES)
		return -E_NO_NODE;
	fill_info(&info, node);
	if (copy_to_user(buf, &info, sizeof(info)) < 0)
		return -E_FAULT;
	return my_node;
}

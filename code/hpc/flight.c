#include "inc/string.h"
#include "inc/x86.h"
#include "kern/env.h"
#include "kern/printf.h"
#include "net/cluster.h"
#include "net/link.h"
#include "net/message.h"
#include "hpc/flight.h"

void flight_tell(const struct address *to, uint16_t type, int32_t value)
{
	struct packet *p;

	if (!node_up(to->node))
		return;			/* whoever has to know will be told */
	p = packet_for_input();
	if (p == NULL) {
		cluster_give_up(to->node);
		return;
	}
	*message_of(p, struct flight_head) = (struct flight_head){
		.flight = to->flight, .slot = to->slot, .pid = to->pid,
		.value = value,
	};
	link_send(to->node, p, type, sizeof(struct flight_head));
}

const void *flight_message(const struct packet *p, size_t size)
{
	if (p->frame.length >= size)
		return p->frame.data;
	cluster_counts.nonsense++;
	return NULL;
}

void flight_odd(const char *machine, const char *state, int event)
{
	cluster_counts.nonsense++;
	record("odd machine=%s state=%s event=%d", machine, state, event);
}

static void hpc_tick(void)
{
	guest_tick();
	shadow_tick();
	throw_tick();
	hostile_tick();
}

static void hpc_node(int node, bool up)
{
	home_node(node, up);
	guest_node(node, up);
	shadow_node(node, up);
}

void hpc_init(void)
{
	if (my_node == 0)
		return;
	takes_guests = true;
	home_init();
	guest_init();
	shadow_init();
	throw_init();
	hostile_init();
	node_register(hpc_node);
	tick_register(hpc_tick);
}

bool mosix_busy(void)
{
	return naway > 0 || nguests > 0 || nshadows > 0;
}

void mosix_init(struct task *t)
{
	memset(&t->mosix, 0, sizeof(t->mosix));
	queue_init(&t->mosix.wait);
	packet_queue_init(&t->mosix.inbox);
}

static void move_on(struct task *t)
{
	if (t->mosix.dflags & DREMOTE)
		guest_leave(t);
	else
		home_leave(t);
}

bool mosix_pre_usermode_actions(void)
{
	struct task *t = current;

	if (t->mosix.dreqs & DREQ_LEASE)
		guest_wait_lease(t);
	else if (t->mosix.dreqs & DREQ_MOVE)
		move_on(t);
	else if (t->mosix.dreqs & DREQ_DEPUTY)
		home_be_deputy(t);
	else if (t->mosix.dreqs & DREQ_HATCH)
		guest_wait_start(t);
	return true;
}

void mosix_carry_trap(uint32_t vector, uint32_t error)
{
	struct mosix *m = &current->mosix;

	m->trap = (struct carried_trap){ true, vector, error, rcr2() };
	m->dreqs |= DREQ_MOVE;
	m->whereto = 0;
}

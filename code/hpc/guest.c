#include "inc/error.h"
#include "inc/string.h"
#include "kern/env.h"
#include "kern/hooks.h"
#include "kern/kstack.h"
#include "kern/pmap.h"
#include "kern/printf.h"
#include "kern/sched.h"
#include "kern/times.h"
#include "kern/wait.h"
#include "net/cluster.h"
#include "net/link.h"
#include "net/message.h"
#include "hpc/flight.h"
#include "flight-guest.h"		/* made from hpc/flight.tbl */

enum {
	NGUEST = 256,
	SPARE_PAGES = 64,		/* that guests leave to others */
};

/* A process of another node that runs here, or is on its way. It is not in
 * envs[]: that is for those that were born here. */
struct guest {
	struct task task;
	struct Env env;
};

static struct guest guests[NGUEST];
uint32_t nguests;

/* Those that may not run until their homes are heard of again. */
static struct task_queue unsure = TASK_QUEUE(unsure);

static uint16_t slot_of(struct task *t)
{
	return (struct guest *)t - guests;
}

static void guest_event(struct task *t, enum guest_event event)
{
	int state = t->mosix.state;
	const struct flight_step *step = &guest_steps[state][event];

	if (step->action == NULL) {
		flight_odd("guest", guest_state_names[state], event);
		return;
	}
	t->mosix.state = step->next;
	step->action(t);
}

static struct address home_of(struct task *t)
{
	return (struct address){ t->mosix.node, t->mosix.flight,
				 ENVX(t->env->env_id), t->env->env_id };
}

static void tell_home(struct task *t, uint16_t type, uint16_t slot,
		      int32_t value)
{
	struct address a = home_of(t);

	a.slot = slot;
	flight_tell(&a, type, value);
}

/* --- arriving ----------------------------------------------------------- */

static int settle(struct task *t)
{
	int err = env_memory(t, TASKSTACKTOP(slot_of(t)) - TASKSLOT / 2);

	if (err < 0)
		return err;
	err = shadow_map(t, t->mosix.node);
	if (err < 0)
		guest_free(t);
	return err;
}

/* Its memory is asked for before it is promised: it is all here, or none. */
static void make_room(struct task *t)
{
	int err = -E_NO_MEM;

	if (nfree >= SPARE_PAGES && t->mosix.npages <= nfree - SPARE_PAGES)
		err = settle(t);
	if (err < 0)
		t->mosix.state = GUEST_FREE;
	else
		nguests++;
	tell_home(t, MSG_ACCEPT, slot_of(t), err);
}

static void report(struct task *t)
{
	tell_home(t, MSG_READY, slot_of(t), 0);
}

static void begin(struct task *t)
{
	record("guest env=%08x node=%d pages=%u", t->env->env_id,
	       t->mosix.node, t->mosix.pages);
	make_runnable(t);
}

/* --- leaving ------------------------------------------------------------ */

/* The processor that runs it, if one does, is to look at what is asked. */
static void ask(struct task *t, int node)
{
	t->mosix.dreqs |= DREQ_MOVE;
	t->mosix.whereto = node;
	if (t->cpu >= 0)
		call_back_cpu(t);
}

static void turn_home(struct task *t)
{
	ask(t, 0);
	if (t->queue == &t->mosix.wait)
		wake(t);		/* even in the middle of a call */
}

static void take_off(struct task *t)
{
	ask(t, t->mosix.target);
}

static void nothing(struct task *t)
{
	(void)t;
}

/* The same, before it has set out. */
static void forget(struct task *t)
{
	t->mosix.dreqs &= ~DREQ_MOVE;
}

/* Its home has decided that it stays. */
static void land(struct task *t)
{
	if (t->mosix.trap.there)
		ask(t, 0);		/* which nobody can attend here */
	if (t->queue == &t->mosix.wait)
		wake(t);
}

static int send_home(struct task *t)
{
	struct address a = home_of(t);

	flight_tell(&a, MSG_COMING, 0);
	return cargo_send(t, &a, MSG_PAGE_HOME, MSG_STATE_HOME);
}

/* The child of parent's that was born here and nobody has started, with that id
 * or (0) with any. */
static struct task *unstarted(struct task *parent, envid_t id)
{
	for (int i = 0; i < NGUEST; i++) {
		struct task *t = &guests[i].task;

		if (t->mosix.state == GUEST_RUNNING &&
		    t->mosix.dreqs == DREQ_HATCH &&
		    t->mosix.node == parent->mosix.node &&
		    (id == 0 || t->env->env_id == id) &&
		    t->env->env_parent_id == parent->env->env_id)
			return t;
	}
	return NULL;
}

static int send_on(struct task *t)
{
	struct address a = {
		t->mosix.target, t->mosix.target_flight,
		t->mosix.target_slot, t->env->env_id,
	};

	if (!node_up(a.node))
		return -E_NO_NODE;
	if (unstarted(t, 0) != NULL)
		return -E_STAY;
	return cargo_send(t, &a, MSG_PAGE, MSG_STATE);
}

/* Goes, and waits until its home has said what is to become of this copy. */
void guest_leave(struct task *t)
{
	int err;

	t->mosix.dreqs &= ~DREQ_MOVE;
	guest_event(t, GUEST_EV_LEAVE);
	err = t->mosix.whereto == 0 ? send_home(t) : send_on(t);
	if (err < 0 && err != -E_INTR && t->mosix.whereto != 0)
		tell_home(t, MSG_FAIL, slot_of(t), err);
	while (t->mosix.state == GUEST_LEAVING && !t->killed)
		sleep_on(&t->mosix.wait);
}

void guest_expel(void)
{
	for (int i = 0; i < NGUEST; i++)
		if (guests[i].task.mosix.state == GUEST_RUNNING)
			ask(&guests[i].task, 0);
}

/* --- the end of one here ------------------------------------------------ */

/* It has never run: nobody is on its stack. */
static void vanish(struct task *t)
{
	guest_free(t);
	nguests--;
	look_again();
}

static void kill(struct task *t)
{
	stop_dead(t);
}

void guest_free(struct task *t)
{
	queue_leave(t);
	if (t->pgdir[PDX(UENVS)] != kern_pgdir[PDX(UENVS)])
		shadow_unmap(t->mosix.node);
	env_memory_free(t);
	t->env->env_status = ENV_FREE;
	t->env->env_id = 0;
	if (t->mosix.answer != NULL)
		packet_free(t->mosix.answer);
	t->mosix.answer = NULL;
	if (t->mosix.state != GUEST_ENDING)
		return;
	t->mosix.state = GUEST_FREE;
	nguests--;
	look_again();
}

/* --- the lease ---------------------------------------------------------- */

void guest_wait_lease(struct task *t)
{
	while (!node_lease(t->mosix.node) && !t->killed)
		sleep_on(&unsure);
	t->mosix.dreqs &= ~DREQ_LEASE;
}

void guest_tick(void)
{
	uint32_t seen = 0;

	for (int i = 0; i < NGUEST && seen < nguests; i++) {
		struct task *t = &guests[i].task;

		seen += t->mosix.state != GUEST_FREE;
		if (t->mosix.state != GUEST_RUNNING ||
		    node_lease(t->mosix.node) ||
		    (t->mosix.dreqs & DREQ_LEASE))
			continue;
		t->mosix.dreqs |= DREQ_LEASE;
		if (t->cpu >= 0)
			call_back_cpu(t);
	}
	wake_all(&unsure);
}

/* --- messages ----------------------------------------------------------- */

static struct task *find_free(void)
{
	for (int i = 0; i < NGUEST; i++)
		if (guests[i].task.mosix.state == GUEST_FREE)
			return &guests[i].task;
	return NULL;
}

static void fill(struct task *t, int node, const struct prepare *q)
{
	memset(&t->mosix, 0, sizeof(t->mosix));
	queue_init(&t->mosix.wait);
	t->env->env_id = q->head.pid;
	t->env->env_parent_id = q->parent;
	t->env->env_type = q->type;
	t->env->env_status = ENV_NOT_RUNNABLE;
	t->env->env_runs = 0;
	t->started = true;
	t->killed = t->stopped = t->asleep = t->halfway =
		t->resched = false;
	t->mosix.dflags = DREMOTE;
	t->mosix.node = node;
	t->mosix.flight = q->head.flight;
	t->mosix.npages = q->pages;
}

/* --- those who are born here -------------------------------------------- */

void guest_wait_start(struct task *t)
{
	sleep_on(&t->mosix.wait);
}

static void begin_life(struct task *t, struct task *parent)
{
	t->regs = parent->regs;
	t->regs.eax = 0;
	t->started = false;
	t->mosix.dreqs = DREQ_HATCH;
	t->mosix.state = GUEST_RUNNING;
	t->env->env_pgfault_upcall = NULL;
	shadow_set(t->mosix.node, t->env);
	nguests++;
	make_runnable(t);
}

int guest_hatch(uint32_t pid, uint32_t flight)
{
	struct task *parent = current, *t = find_free();
	struct prepare q = {
		.head = { .flight = flight, .pid = pid },
		.parent = parent->env->env_id, .type = parent->env->env_type,
	};
	struct address a = { parent->mosix.node, flight, 0, pid };
	int err = -E_NO_FREE_ENV;

	assert(!parent->killed);	/* its children are born where it is */
	if (t != NULL) {
		fill(t, parent->mosix.node, &q);
		err = settle(t);
		a.slot = slot_of(t);
	}
	if (err == 0)
		begin_life(t, parent);
	flight_tell(&a, MSG_HATCHED, err);
	return err;
}

int guest_lookup(envid_t id, struct task **store)
{
	struct task *me = current;

	*store = id == 0 || id == me->env->env_id ? me : unstarted(me, id);
	return *store != NULL ? 0 : -E_BAD_ENV;
}

void guest_env_changed(struct task *t)
{
	if (t->mosix.dflags & DREMOTE)
		shadow_set(t->mosix.node, t->env);
}

static void start(struct task *t)
{
	t->started = true;
	t->mosix.dreqs &= ~DREQ_HATCH;
	if (t->queue == &t->mosix.wait)
		wake(t);
}

static void got_prepare(int node, struct packet *p)
{
	const struct prepare *q = flight_message(p, sizeof(*q));
	struct task *t = find_free();

	if (q != NULL && t != NULL) {
		fill(t, node, q);
		guest_event(t, GUEST_EV_PREPARE);
	} else if (q != NULL) {
		struct address a = { node, q->head.flight, 0, q->head.pid };

		flight_tell(&a, MSG_ACCEPT, -E_NO_FREE_ENV);
	}
	packet_free(p);
}

/* The guest that a message of its home is about; NULL: that is over. */
static struct task *about(int node, const struct flight_head *h)
{
	struct task *t;

	if (h == NULL || h->slot >= NGUEST)
		return NULL;
	t = &guests[h->slot].task;
	if (t->mosix.state == GUEST_FREE || t->mosix.node != node ||
	    t->mosix.flight != h->flight ||
	    t->env->env_id != (envid_t)h->pid)
		return NULL;
	return t;
}

/* The same, where its home may not know its slot yet. */
static struct task *by_flight(int node, const struct flight_head *h)
{
	for (int i = 0; i < NGUEST && h != NULL; i++) {
		struct mosix *m = &guests[i].task.mosix;

		if (m->flight == h->flight && m->node == node &&
		    m->state != GUEST_FREE)
			return &guests[i].task;
	}
	return NULL;
}

static void order(int node, struct packet *p, enum guest_event event)
{
	const struct flight_head *h = flight_message(p, sizeof(*h));
	struct task *t = about(node, h);

	if (t != NULL)
		guest_event(t, event);
	packet_free(p);
}

static void got_commit(int node, struct packet *p)
{
	order(node, p, GUEST_EV_COMMIT);
}

static void got_come(int node, struct packet *p)
{
	const struct flight_head *h = flight_message(p, sizeof(*h));
	struct task *t = by_flight(node, h);

	if (t != NULL)
		guest_event(t, GUEST_EV_COME);
	packet_free(p);
}

static void got_resume(int node, struct packet *p)
{
	const struct flight_head *h = flight_message(p, sizeof(*h));
	struct task *t = about(node, h);

	if (t != NULL && h->value == t->mosix.whereto)
		guest_event(t, GUEST_EV_RESUME);
	packet_free(p);
}

static void got_start(int node, struct packet *p)
{
	const struct flight_head *h = flight_message(p, sizeof(*h));
	struct task *t = by_flight(node, h);

	if (t != NULL)
		start(t);
	packet_free(p);
}

/* What came of a call. */
static void got_reply(int node, struct packet *p)
{
	const struct flight_head *h = flight_message(p,
						     sizeof(struct reply));
	struct task *t = about(node, h);

	if (t == NULL || t->mosix.answer != NULL) {
		packet_free(p);
		return;
	}
	t->mosix.answer = p;
	if (t->queue == &t->mosix.wait)
		wake(t);
}

static void got_copy(int node, struct packet *p)
{
	const struct flight_head *h = flight_message(p, sizeof(struct copy));
	struct task *t = about(node, h);

	if (t == NULL)
		packet_free(p);
	else
		remote_copy(t, p);
}

static void got_regs(int node, struct packet *p)
{
	const struct flight_head *h = flight_message(p,
					sizeof(struct registers));
	struct task *t = by_flight(node, h);

	if (t == NULL)
		packet_free(p);
	else
		remote_registers(t, p);
}

static void got_release(int node, struct packet *p)
{
	const struct flight_head *h = flight_message(p, sizeof(*h));
	struct task *t = by_flight(node, h);

	if (t != NULL)
		guest_event(t, GUEST_EV_RELEASE);
	packet_free(p);
}

static void got_send(int node, struct packet *p)
{
	const struct send *s = flight_message(p, sizeof(*s));
	struct task *t = about(node, s ? &s->head : NULL);

	if (t != NULL && t->mosix.state == GUEST_RUNNING) {
		t->mosix.target = s->head.value;
		t->mosix.target_flight = s->target_flight;
		t->mosix.target_slot = s->target_slot;
	}
	if (t != NULL)
		guest_event(t, GUEST_EV_SEND);
	packet_free(p);
}

/* A piece may come from the home or from where it was: who knows the number of
 * its flight was told by its home. */
static void got_page(int node, struct packet *p)
{
	const uint32_t *flight = flight_message(p, 8);
	uint16_t slot = flight ? *(const uint16_t *)(flight + 1) : NGUEST;
	struct task *t = slot < NGUEST ? &guests[slot].task : NULL;
	int err = 0;

	(void)node;
	if (t != NULL && t->mosix.state == GUEST_ARRIVING &&
	    t->mosix.flight == *flight)
		err = cargo_page(t, p);
	if (err < 0) {
		tell_home(t, MSG_READY, slot, err);
		guest_event(t, GUEST_EV_RELEASE);
	}
	packet_free(p);
}

static void got_state(int node, struct packet *p)
{
	const struct flight_head *h = flight_message(p, sizeof(*h));
	struct task *t = h != NULL && h->slot < NGUEST ?
			 &guests[h->slot].task : NULL;

	(void)node;
	if (t != NULL && t->mosix.state == GUEST_ARRIVING &&
	    t->mosix.flight == h->flight) {
		if (cargo_state(t, p) == 0) {
			guest_event(t, GUEST_EV_COMPLETE);
		} else {
			tell_home(t, MSG_READY, h->slot, -E_INVAL);
			guest_event(t, GUEST_EV_RELEASE);
		}
	}
	packet_free(p);
}

/* The home of these is no more: nor are they. */
void guest_node(int node, bool up)
{
	for (int i = 0; i < NGUEST && !up; i++) {
		struct task *t = &guests[i].task;

		if (t->mosix.state != GUEST_FREE &&
		    t->mosix.state != GUEST_ENDING && t->mosix.node == node)
			guest_event(t, GUEST_EV_RELEASE);
	}
}

void guest_init(void)
{
	for (int i = 0; i < NGUEST; i++) {
		guests[i].task.env = &guests[i].env;
		guests[i].task.cpu = -1;
	}
	message_register(MSG_PREPARE, got_prepare);
	message_register(MSG_PAGE, got_page);
	message_register(MSG_STATE, got_state);
	message_register(MSG_COMMIT, got_commit);
	message_register(MSG_SEND, got_send);
	message_register(MSG_COME, got_come);
	message_register(MSG_RESUME, got_resume);
	message_register(MSG_RELEASE, got_release);
	message_register(MSG_START, got_start);
	message_register(MSG_REPLY, got_reply);
	message_register(MSG_COPY, got_copy);
	message_register(MSG_REGS, got_regs);
}

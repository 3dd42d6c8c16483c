#include "inc/error.h"
#include "inc/string.h"
#include "inc/x86.h"
#include "kern/env.h"
#include "kern/exit.h"
#include "kern/hooks.h"
#include "kern/pmap.h"
#include "kern/printf.h"
#include "kern/sched.h"
#include "kern/trap.h"
#include "kern/wait.h"
#include "net/cluster.h"
#include "net/link.h"
#include "net/message.h"
#include "hpc/flight.h"
#include "flight-home.h"		/* made from hpc/flight.tbl */

uint32_t naway;				/* processes that are not at home */

static uint32_t flights;		/* the last number given */
static uint32_t away_at[NNODES];	/* guests that each node has of ours */
struct task_queue visitors = TASK_QUEUE(visitors);

static void home_event(struct task *t, enum home_event event)
{
	int state = t->mosix.state;
	const struct flight_step *step = &home_steps[state][event];

	if (step->action == NULL) {
		flight_odd("home", home_state_names[state], event);
		return;
	}
	t->mosix.state = step->next;
	step->action(t);
}

/* Where t is, and where it is going. */
static struct address here(struct task *t)
{
	return (struct address){ t->mosix.node, t->mosix.flight,
				 t->mosix.slot, t->env->env_id };
}

static struct address there(struct task *t)
{
	return (struct address){ t->mosix.target, t->mosix.target_flight,
				 t->mosix.target_slot, t->env->env_id };
}

static void tell_here(struct task *t, uint16_t type, int32_t value)
{
	struct address a = here(t);

	flight_tell(&a, type, value);
}

static void tell_there(struct task *t, uint16_t type, int32_t value)
{
	struct address a = there(t);

	flight_tell(&a, type, value);
}

/* t waits for others to decide, if it waits; they have. */
static void decided(struct task *t)
{
	if (t->queue == &t->mosix.wait)
		wake(t);
	wake_all(&visitors);
}

/* --- which nodes have to know of our envs[] ----------------------------- */

static int count_in(int node)
{
	if (away_at[node] == 0) {
		int err = shadow_begin(node);

		if (err < 0)
			return err;
	}
	away_at[node]++;
	naway++;
	return 0;
}

static void count_out(int node)
{
	naway--;
	if (--away_at[node] == 0)
		shadow_end(node);
	look_again();
}

/* --- leaving ------------------------------------------------------------ */

static void ask(struct task *t)
{
	struct mosix *m = &t->mosix;
	struct prepare *q;
	struct packet *p;

	m->target = m->whereto;
	m->target_flight = ++flights;
	m->error = 0;
	p = packet_for_input();
	if (p == NULL || count_in(m->target) < 0) {
		if (p != NULL)
			packet_free(p);
		m->error = -E_NO_MEM;
		m->state = m->dflags & DDEPUTY ? HOME_AWAY : HOME_AT_HOME;
		return;
	}
	q = message_of(p, struct prepare);
	*q = (struct prepare){
		.head = { m->target_flight, 0, 0, t->env->env_id, 0 },
		.pages = m->dflags & DDEPUTY ? m->npages : cargo_count(t),
		.parent = t->env->env_parent_id,
		.type = t->env->env_type,
	};
	m->npages = q->pages;
	link_send(m->target, p, MSG_PREPARE, sizeof(*q));
}

static void stay(struct task *t)
{
	count_out(t->mosix.target);
	t->mosix.target = 0;
	decided(t);
}

static void call_off(struct task *t)
{
	tell_there(t, MSG_RELEASE, 0);
	stay(t);
}

/* It has to load itself: that takes its own stack. */
static void load(struct task *t)
{
	decided(t);
}

/* From here on this node never lets its own copy run. */
static void commit(struct task *t)
{
	struct mosix *m = &t->mosix;

	tell_there(t, MSG_COMMIT, 0);
	m->dflags |= DDEPUTY;
	m->in_call = false;
	m->node = m->target;
	m->slot = m->target_slot;
	m->flight = m->target_flight;
	m->target = 0;
	m->moves++;
	env_empty(t);
	record("away env=%08x node=%d pages=%u", t->env->env_id, m->node,
	       m->npages);
	decided(t);
}

/* --- coming home -------------------------------------------------------- */

static void call_home(struct task *t)
{
	tell_here(t, MSG_COME, 0);
}

static void unload(struct task *t)
{
	t->mosix.pages = 0;
}

static void welcome(struct task *t)
{
	struct mosix *m = &t->mosix;

	tell_here(t, MSG_RELEASE, 0);
	count_out(m->node);
	record("home env=%08x node=%d pages=%u", t->env->env_id, m->node,
	       m->pages);
	m->dflags &= ~DDEPUTY;
	m->node = 0;
	m->moves++;
	decided(t);
}

static void send_back(struct task *t)
{
	env_empty(t);
	tell_here(t, MSG_RESUME, 0);
}

/* --- from one node to another ------------------------------------------- */

static void point(struct task *t)
{
	struct mosix *m = &t->mosix;
	struct address a = here(t);
	struct packet *p = packet_for_input();

	if (p == NULL) {
		cluster_give_up(m->node);
		return;
	}
	*message_of(p, struct send) = (struct send){
		{ a.flight, a.slot, 0, a.pid, m->target },
		m->target_flight, m->target_slot,
	};
	link_send(m->node, p, MSG_SEND, sizeof(struct send));
}

static void hand_over(struct task *t)
{
	struct mosix *m = &t->mosix;

	shadow_push(m->target);
	tell_there(t, MSG_COMMIT, 0);
	tell_here(t, MSG_RELEASE, 0);
	count_out(m->node);
	m->node = m->target;
	m->slot = m->target_slot;
	m->flight = m->target_flight;
	m->target = 0;
	m->moves++;
	record("away env=%08x node=%d pages=%u", t->env->env_id, m->node,
	       m->npages);
	decided(t);
}

static void go_on(struct task *t)
{
	tell_here(t, MSG_RESUME, t->mosix.target);
	stay(t);
}

static void call_off_there(struct task *t)
{
	tell_there(t, MSG_RELEASE, 0);
	go_on(t);
}

/* It had set out for home by itself. */
static void turn(struct task *t)
{
	call_off(t);
	unload(t);
}

/* Somebody wants it at home: before it has been told of the other node. */
static void recall(struct task *t)
{
	call_off(t);
	call_home(t);
}

/* And after. */
static void call_back(struct task *t)
{
	call_off_there(t);
	call_home(t);
}

static void nothing(struct task *t)
{
	(void)t;
}

/* --- the end of one that is away ---------------------------------------- */

static void release(struct task *t)
{
	tell_here(t, MSG_RELEASE, 0);
	env_empty(t);
	count_out(t->mosix.node);
	decided(t);
}

static void release_both(struct task *t)
{
	tell_there(t, MSG_RELEASE, 0);
	count_out(t->mosix.target);
	t->mosix.target = 0;
	release(t);
}

static void bury(struct task *t)
{
	cprintf("[%08x] lost with node %d\n", t->env->env_id, t->mosix.node);
	record("lost env=%08x node=%d", t->env->env_id, t->mosix.node);
	t->status = STATUS_SIGNAL(SIGKILL);
	env_empty(t);
	count_out(t->mosix.node);
	decided(t);
	stop_dead(t);
}

static void bury_both(struct task *t)
{
	tell_there(t, MSG_RELEASE, 0);
	count_out(t->mosix.target);
	t->mosix.target = 0;
	bury(t);
}

/* --- the process itself, or what has stayed of it ----------------------- */

static void load_now(struct task *t)
{
	struct address a = there(t);
	int err;

	t->mosix.loaded = true;
	shadow_push(a.node);
	err = cargo_send(t, &a, MSG_PAGE, MSG_STATE);
	if (err == 0 || t->mosix.state != HOME_SENDING)
		return;
	t->mosix.error = err;
	home_event(t, err == -E_INTR ? HOME_EV_END : HOME_EV_FAILED);
}

/* A node whose processors cannot do what ours can is not for a process that
 * may have counted on it. */
static int may_go(struct task *t, int node)
{
	uint32_t reasons = stay_reasons(t);

	if (!node_hosts(node))
		return -E_NO_NODE;
	if (cpu_features() & ~nodes[node].load.features)
		return -E_STAY;
	if (reasons == 0)
		return 0;
	stay_print(t, reasons);
	return -E_STAY;
}

static bool flying(struct task *t)
{
	return t->mosix.state != HOME_AT_HOME && t->mosix.state != HOME_GONE;
}

/* What programs see of one that is away. */
static int shown(struct task *t)
{
	return t->started && !t->stopped ? ENV_RUNNING : ENV_NOT_RUNNABLE;
}

/* One that was born away has come home before anybody has started it. */
static void wait_start(struct task *t)
{
	while (!t->started && !t->killed) {
		t->env->env_status = ENV_NOT_RUNNABLE;
		sched_leave();
	}
}

static void be_deputy(struct task *t)
{
	struct mosix *m = &t->mosix;

	while (flying(t)) {
		if (m->state == HOME_SENDING && !m->loaded)
			load_now(t);
		else if (m->inbox.first != NULL && m->dflags & DDEPUTY)
			deputy_call(t, packet_take(&m->inbox));
		else if (sleep_shown(&m->wait, shown(t)) < 0 && flying(t))
			home_event(t, HOME_EV_END);
	}
	if (m->state == HOME_AT_HOME && m->in_call)
		deputy_finish(t);
	packet_free_all(&m->inbox);
	if (m->answer != NULL)
		packet_free(m->answer);
	m->answer = NULL;
	if (m->state == HOME_AT_HOME)
		wait_start(t);
}

static void be_away(struct task *t)
{
	t->mosix.loaded = false;
	home_event(t, HOME_EV_GO);
	be_deputy(t);
}

/* What it brought from where it was. */
static void unpack_trap(struct task *t)
{
	struct carried_trap trap = t->mosix.trap;

	if (!trap.there || t->killed)
		return;
	t->mosix.trap.there = false;
	lcr2(trap.cr2);
	trap_attend(&t->regs, trap.vector, trap.error);
}

void home_leave(struct task *t)
{
	struct mosix *m = &t->mosix;
	uint32_t moves = m->moves;

	m->dreqs &= ~DREQ_MOVE;
	m->error = m->whereto == 0 ? 0 : may_go(t, m->whereto);
	if (m->whereto != 0 && m->error == 0)
		be_away(t);
	if (m->self && m->moves == moves && m->error < 0)
		t->regs.eax = m->error;
	m->self = false;
	unpack_trap(t);
}

void home_be_deputy(struct task *t)
{
	t->mosix.dreqs &= ~DREQ_DEPUTY;
	be_deputy(t);
	unpack_trap(t);
}

/* --- what others want of it --------------------------------------------- */

int home_request(struct task *t, int node)
{
	struct mosix *m = &t->mosix;

	if (m->state == HOME_AT_HOME) {
		m->dreqs |= DREQ_MOVE;
		m->whereto = node;
		if (t->cpu >= 0)
			call_back_cpu(t);
	} else if (m->state != HOME_AWAY) {
		return -E_IN_FLIGHT;
	} else if (node == 0) {
		home_event(t, HOME_EV_COME);
	} else if (node != m->node) {
		if (!node_hosts(node))
			return -E_NO_NODE;
		if (stay_hatching(t))
			return -E_STAY;
		m->whereto = node;
		home_event(t, HOME_EV_GO);
	}
	return 0;
}

void mosix_come_home(struct task *t)
{
	int state = t->mosix.state;

	if (home_steps[state][HOME_EV_COME].action != NULL)
		home_event(t, HOME_EV_COME);
}

bool mosix_at_home(struct task *t)
{
	return t->mosix.dflags & DREMOTE || t->mosix.state == HOME_AT_HOME;
}

int home_fetch(struct task *t)
{
	envid_t id = t->env->env_id;

	while (t->mosix.state != HOME_AT_HOME) {
		int err;

		mosix_come_home(t);
		err = t->mosix.state == HOME_GONE ? -E_BAD_ENV :
		      	      sleep_shown(&visitors, ENV_RUNNING);
		if (err < 0)
			return err;
		if (t->env->env_id != id || t->env->env_status == ENV_FREE)
			return -E_BAD_ENV;
	}
	return 0;
}

/* --- messages ----------------------------------------------------------- */

/* The process that a message is about, if it comes from where it must. */
static struct task *about(int node, const struct flight_head *h)
{
	struct task *t;

	if (h == NULL)
		return NULL;
	t = &tasks[ENVX(h->pid)];
	if (t->env->env_id == (envid_t)h->pid &&
	    t->mosix.state != HOME_GONE &&
	    ((t->mosix.node == node && t->mosix.flight == h->flight) ||
	     (t->mosix.target == node &&
	      t->mosix.target_flight == h->flight)))
		return t;
	return NULL;			/* it is late: that is over */
}

/* An answer of the node where it wants to go. */
static void answer(int node, struct packet *p, enum home_event event)
{
	const struct flight_head *h = flight_message(p, sizeof(*h));
	struct task *t = about(node, h);

	if (t != NULL && h->flight == t->mosix.target_flight) {
		if (h->value < 0) {
			t->mosix.error = h->value;
			shadow_forget(node);
		} else if (event == HOME_EV_ACCEPTED)
			t->mosix.target_slot = h->slot;
		home_event(t, h->value < 0 ? HOME_EV_REFUSED : event);
	}
	packet_free(p);
}

static void got_accept(int node, struct packet *p)
{
	answer(node, p, HOME_EV_ACCEPTED);
}

static void got_ready(int node, struct packet *p)
{
	answer(node, p, HOME_EV_READY);
}

/* News of the node where it is. */
static void news(int node, struct packet *p, enum home_event event)
{
	const struct flight_head *h = flight_message(p, sizeof(*h));
	struct task *t = about(node, h);

	if (t != NULL && h->flight == t->mosix.flight)
		home_event(t, event);
	packet_free(p);
}

static void got_fail(int node, struct packet *p)
{
	news(node, p, HOME_EV_FAILED);
}

static void got_coming(int node, struct packet *p)
{
	news(node, p, HOME_EV_COMING);
}

/* A child of one that is away is there too, or there was no room for it. It may
 * be dead already: then there is nobody to let it go but this. */
static void got_hatched(int node, struct packet *p)
{
	const struct flight_head *h = flight_message(p, sizeof(*h));
	struct task *t = about(node, h);

	if (t == NULL && h != NULL)
		flight_tell(&(struct address){ node, h->flight, h->slot,
					       h->pid }, MSG_RELEASE, 0);
	else if (t != NULL && h->value < 0)
		env_destroy(t, "no room");
	else if (t != NULL)
		t->mosix.slot = h->slot;
	packet_free(p);
}

/* For the deputy to do, on its own stack. */
static void got_call(int node, struct packet *p)
{
	const struct flight_head *h = flight_message(p, sizeof(*h));
	struct task *t = about(node, h);

	if (t == NULL || h->flight != t->mosix.flight ||
	    t->mosix.inbox.n > 0 || !(t->mosix.dflags & DDEPUTY)) {
		packet_free(p);
		return;
	}
	packet_put(&t->mosix.inbox, p);
	decided(t);
}

static void got_answer(int node, struct packet *p)
{
	const struct flight_head *h = flight_message(p, sizeof(struct copy));
	struct task *t = about(node, h);

	if (t == NULL || t->mosix.answer != NULL ||
	    message_of(p, struct copy)->number != t->mosix.asked) {
		packet_free(p);
		return;
	}
	t->mosix.answer = p;
	decided(t);
}

static void got_registers(int node, struct packet *p)
{
	const struct flight_head *h = flight_message(p,
					sizeof(struct registers));
	struct task *t = about(node, h);

	if (t != NULL && t->mosix.dflags & DDEPUTY)
		home_registers(t, p);
	packet_free(p);
}

/* A piece of one that comes home: by its slot here, which is its index. */
static void got_page(int node, struct packet *p)
{
	const uint32_t *flight = flight_message(p, 8);
	uint16_t slot = flight ? *(const uint16_t *)(flight + 1) : NENV;
	struct task *t = slot < NENV ? &tasks[slot] : NULL;

	if (t != NULL && t->mosix.state == HOME_RETURNING &&
	    t->mosix.node == node && t->mosix.flight == *flight &&
	    cargo_page(t, p) < 0)
		home_event(t, HOME_EV_NO_ROOM);
	packet_free(p);
}

static void got_state(int node, struct packet *p)
{
	const struct flight_head *h = flight_message(p, sizeof(*h));
	struct task *t = about(node, h);

	if (t != NULL && h->flight == t->mosix.flight &&
	    t->mosix.state == HOME_RETURNING)
		home_event(t, cargo_state(t, p) < 0 ? HOME_EV_NO_ROOM :
			   HOME_EV_ARRIVED);
	packet_free(p);
}

void home_node(int node, bool up)
{
	for (int i = 0; i < NENV && !up; i++) {
		struct task *t = &tasks[i];
		struct mosix *m = &t->mosix;
		int state = m->state;

		if (t->env->env_status == ENV_FREE || state == HOME_AT_HOME)
			continue;
		if (m->target == node &&
		    home_steps[state][HOME_EV_TARGET_LOST].action != NULL) {
			m->error = -E_NO_NODE;
			home_event(t, HOME_EV_TARGET_LOST);
		} else if (m->node == node && state != HOME_GONE)
			home_event(t, HOME_EV_LOST);
	}
}

void home_init(void)
{
	flights = (uint32_t)my_node << 24;
	message_register(MSG_ACCEPT, got_accept);
	message_register(MSG_READY, got_ready);
	message_register(MSG_FAIL, got_fail);
	message_register(MSG_COMING, got_coming);
	message_register(MSG_PAGE_HOME, got_page);
	message_register(MSG_STATE_HOME, got_state);
	message_register(MSG_HATCHED, got_hatched);
	message_register(MSG_CALL, got_call);
	message_register(MSG_COPIED, got_answer);
	message_register(MSG_REGS_ARE, got_registers);
}

/* --- births, starts and ends away from home ----------------------------- */

void mosix_hatch(struct task *child)
{
	struct mosix *m = &child->mosix, *parent = &current->mosix;

	m->dflags = DDEPUTY;
	m->dreqs = DREQ_DEPUTY;
	m->state = HOME_AWAY;
	m->node = parent->node;
	m->flight = ++flights;
	m->npages = parent->npages;
	count_in(m->node);		/* its parent is there already */
	make_runnable(child);
}

bool mosix_start(struct task *t)
{
	if (!(t->mosix.dflags & DDEPUTY) || t->killed)
		return false;
	env_started(t);
	if (t->asleep)
		t->env->env_status = shown(t);
	tell_here(t, MSG_START, 0);
	return true;
}

void home_unhatch(struct task *child, const struct pt_regs *r)
{
	struct mosix *m = &child->mosix;

	if (!(m->dflags & DDEPUTY))
		return;			/* it was made here, like any other */
	child->regs = *r;
	child->regs.eax = 0;
	m->state = HOME_AT_HOME;
	m->dflags &= ~DDEPUTY;
	count_out(m->node);
	m->node = 0;
	decided(child);
}

void mosix_end(struct task *t)
{
	if (flying(t))
		home_event(t, HOME_EV_END);
}

/* One that waits for the wire, or is away and does not wait for anybody's
 * doing. */
static bool active(struct task *t)
{
	int status = t->env->env_status;

	if (status == ENV_FREE)
		return false;
	if (t->asleep && status == ENV_RUNNING)
		return true;
	return flying(t) && !(t->asleep && status == ENV_NOT_RUNNABLE &&
			      t->started && !t->stopped);
}

bool mosix_active(void)
{
	for (int i = 0; i < NENV && naway > 0; i++)
		if (active(&tasks[i]))
			return true;
	return false;
}

int mosix_go_home_for_reason(int x, uint32_t reason)
{
	struct task *t = current;

	if (x)
		t->mosix.stay |= reason;
	else
		t->mosix.stay &= ~reason;
	return !x || home_fetch(t) == 0;
}

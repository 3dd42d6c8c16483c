#include "inc/error.h"
#include "inc/string.h"
#include "kern/env.h"
#include "kern/syscall.h"
#include "kern/usercopy.h"
#include "kern/wait.h"
#include "net/cluster.h"
#include "net/link.h"
#include "net/message.h"
#include "hpc/flight.h"

/* --- what comes of a call ----------------------------------------------- */

/* Until it is decided whether a process that is on its way home has arrived. */
static void settle(struct task *t)
{
	while (t->mosix.state == HOME_RETURNING && !t->killed)
		sleep_shown(&t->mosix.wait, ENV_RUNNING);
}

static bool is_away(struct task *t)
{
	int state = t->mosix.state;

	return state == HOME_AWAY || state == HOME_OFFERED ||
	       state == HOME_MOVING;
}

static bool has_child(uint32_t number, int32_t value)
{
	return number == SYS_exofork && value > 0;
}

static void send_reply(struct task *t, uint32_t number, int32_t value)
{
	struct packet *p;
	struct reply *r;
	int err;

	p = link_packet(t->mosix.node, &err);
	if (p == NULL)
		return;			/* it is being killed, or lost */
	r = message_of(p, struct reply);
	*r = (struct reply){
		.head = { t->mosix.flight, t->mosix.slot, 0,
			  t->env->env_id, value },
		.env = *t->env,
	};
	if (has_child(number, value))
		r->child_flight = tasks[ENVX(value)].mosix.flight;
	link_send(t->mosix.node, p, MSG_REPLY, sizeof(*r));
}

/* The process has come home before it could be told. */
static void answer_here(struct task *t, uint32_t number, int32_t value)
{
	if (has_child(number, value))
		home_unhatch(&tasks[ENVX(value)], &t->regs);
	t->regs.eax = value;
	t->mosix.in_call = false;
}

/* To whoever made the call, wherever it is now. */
static void answer(struct task *t, uint32_t number, int32_t value)
{
	settle(t);
	t->mosix.last_call = number;
	t->mosix.last_value = value;
	if (t->mosix.state == HOME_AT_HOME)
		answer_here(t, number, value);
	else if (is_away(t))
		send_reply(t, number, value);
}

/* A number from the wire is checked as one from a program is, and only what
 * may be forwarded is done. */
static bool may_be_called(const struct packet *p, const struct call *c)
{
	return p->frame.length >= sizeof(*c) && c->number < NR_syscalls &&
	       call_forwarded[c->number];
}

static void take_arguments(struct task *t, const struct call *c)
{
	t->regs.orig_eax = t->regs.eax = c->number;
	t->regs.ebx = c->args[0];
	t->regs.ecx = c->args[1];
	t->regs.edx = c->args[2];
	t->regs.esi = c->args[3];
	t->regs.edi = c->args[4];
	t->regs.ebp = c->args[5];
	t->cycles = c->cycles;
	t->mosix.forwarded++;
}

void deputy_call(struct task *t, struct packet *p)
{
	struct call *c = message_of(p, struct call);
	bool good = may_be_called(p, c);
	uint32_t number = c->number;

	settle(t);
	if (good)
		take_arguments(t, c);
	else
		cluster_counts.nonsense++;
	packet_free(p);
	answer(t, number, good ? sys_call_table[number](&t->regs) :
				 -E_NO_SYS);
}

/* It set out in the middle of a call: which has not begun, or whose answer it
 * did not wait for. */
void deputy_finish(struct task *t)
{
	struct packet *p = packet_take(&t->mosix.inbox);

	if (p != NULL)
		deputy_call(t, p);
	else
		answer_here(t, t->mosix.last_call, t->mosix.last_value);
}

/* --- the memory of the other half --------------------------------------- */

static struct packet *wait_answer(struct task *t)
{
	struct packet *p;

	while (t->mosix.answer == NULL && is_away(t) && !t->killed)
		sleep_shown(&t->mosix.wait, ENV_RUNNING);
	p = t->mosix.answer;
	t->mosix.answer = NULL;
	return p;
}

/* Asks; the answer, or NULL and why there is none: -E_IN_FLIGHT, where it has
 * to be asked again. */
static struct packet *ask(struct task *t, const struct copy *question,
			  const void *data, int *err)
{
	struct packet *p = link_packet(t->mosix.node, err);
	size_t len = sizeof(*question);
	struct copy *c;

	if (p == NULL)
		return NULL;
	c = message_of(p, struct copy);
	*c = *question;
	c->head = (struct flight_head){ t->mosix.flight, t->mosix.slot, 0,
					t->env->env_id, 0 };
	c->number = ++t->mosix.asked;
	if (c->kind == COPY_OUT) {
		memcpy(c->data, data, c->len);
		len += c->len;
	}
	link_send(t->mosix.node, p, MSG_COPY, len);
	p = wait_answer(t);
	*err = p == NULL ? -E_IN_FLIGHT : message_of(p, struct copy)->head.value;
	return p;
}

/* The same at home: it has arrived while it was being asked. */
static int at_home(struct task *t, const struct copy *q, void *buf,
		   uint32_t *bad)
{
	if (q->kind == COPY_CHECK)
		return user_mem_check(t, q->va, q->len, q->perm, bad);
	return task_copy(t, q->va, buf, q->len, q->kind == COPY_OUT);
}

/* One question, wherever the process is by now. */
static int question(const struct copy *q, void *buf, uint32_t *bad)
{
	struct task *t = current;
	struct packet *p;
	int err;

	do {
		settle(t);
		if (t->killed)
			return -E_INTR;
		if (t->mosix.state == HOME_AT_HOME)
			return at_home(t, q, buf, bad);
		p = ask(t, q, buf, &err);
		if (p == NULL)
			continue;
		if (err == 0 && q->kind == COPY_IN) {
			if (p->frame.length < sizeof(*q) + q->len) {
				cluster_counts.nonsense++;
				err = -E_FAULT;
			} else {
				memcpy(buf, message_of(p, struct copy)->data, q->len);
			}
		}
		if (err == -E_FAULT && bad != NULL)
			*bad = message_of(p, struct copy)->va;
		packet_free(p);
	} while (err == -E_IN_FLIGHT);
	return err;
}

int deputy_check(uint32_t va, size_t n, int perm, uint32_t *bad)
{
	struct copy q = { .kind = COPY_CHECK, .va = va, .len = n,
			  .perm = perm };

	return question(&q, NULL, bad);
}

int deputy_copy(uint32_t va, void *buf, size_t n, bool out)
{
	int err = 0;

	if (n > COPY_MAX)
		err = deputy_check(va, n, out ? PTE_W : 0, NULL);
	for (size_t at = 0; at < n && err == 0; at += COPY_MAX) {
		struct copy q = {
			.kind = out ? COPY_OUT : COPY_IN, .va = va + at,
			.len = MIN(COPY_MAX, n - at),
		};

		err = question(&q, buf + at, NULL);
	}
	return err;
}

/* --- its registers ------------------------------------------------------ */

static int ask_registers(struct task *t, uint32_t mask)
{
	struct registers *r;
	struct packet *p;
	int err;

	p = link_packet(t->mosix.node, &err);
	if (p == NULL)
		return err;
	r = message_of(p, struct registers);
	r->head = (struct flight_head){ t->mosix.flight, t->mosix.slot, 0,
					t->env->env_id, 0 };
	r->mask = mask;
	link_send(t->mosix.node, p, MSG_REGS, sizeof(*r));
	return 0;
}

void home_registers(struct task *t, const struct packet *p)
{
	const struct registers *r = message_of(p, struct registers);
	uint32_t *regs = (uint32_t *)&t->regs;
	uint32_t n = 0, words = (p->frame.length - sizeof(*r)) / 4;

	for (uint32_t i = 0; i < NREGISTERS && n < words; i++)
		if (r->mask & 1 << i)
			regs[i] = r->word[n++];
	t->mosix.obtained |= r->mask;
	wake_all(&visitors);
}

/* Asked again if it moves meanwhile. */
int mosix_obtain_registers(struct task *t, uint32_t mask)
{
	uint32_t flight = t->mosix.flight - 1;
	envid_t id = t->env->env_id;
	int err = 0;

	t->mosix.obtained &= ~mask;
	while (err == 0 && t->mosix.dflags & DDEPUTY &&
	       (t->mosix.obtained & mask) != mask) {
		if (t->mosix.flight != flight) {
			flight = t->mosix.flight;
			err = ask_registers(t, mask);
		}
		if (err == 0)
			err = sleep_shown(&visitors, ENV_RUNNING);
		if (t->env->env_id != id || t->env->env_status == ENV_FREE ||
		    t->mosix.state == HOME_GONE)
			return -E_BAD_ENV;
	}
	return err;
}

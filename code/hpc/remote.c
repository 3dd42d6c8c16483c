#include "inc/error.h"
#include "inc/mmu.h"
#include "inc/string.h"
#include "kern/env.h"
#include "kern/syscall.h"
#include "kern/usercopy.h"
#include "kern/wait.h"
#include "net/cluster.h"
#include "net/link.h"
#include "net/message.h"
#include "hpc/flight.h"

/* The current guest asks its deputy. 0, or why it could not. */
static int send_call(struct task *t, const struct pt_regs *r)
{
	struct packet *p;
	int err;

	p = link_packet(t->mosix.node, &err);
	if (p == NULL)
		return err;
	*message_of(p, struct call) = (struct call){
		.head = { .flight = t->mosix.flight,
			  .pid = t->env->env_id },
		.number = r->orig_eax,
		.args = { r->ebx, r->ecx, r->edx, r->esi, r->edi, r->ebp },
		.cycles = t->cycles,
	};
	link_send(t->mosix.node, p, MSG_CALL, sizeof(struct call));
	return 0;
}

/* Until the answer is there. Its home may want the process meanwhile: then it
 * goes, and the call ends there: what comes for the copy that it left behind,
 * which is to end, is nobody's. NULL then. */
static struct packet *wait_answer(struct task *t)
{
	struct packet *p;

	while (t->mosix.answer == NULL && !t->killed) {
		if (t->mosix.dreqs & DREQ_MOVE && t->mosix.whereto == 0)
			guest_leave(t);
		else
			sleep_on(&t->mosix.wait);
	}
	if (t->killed)
		return NULL;
	p = t->mosix.answer;
	t->mosix.answer = NULL;
	return p;
}

static int32_t forward(struct pt_regs *r, uint32_t *child_flight)
{
	struct task *t = current;
	const struct reply *reply;
	struct packet *p;
	int32_t value;
	int err = send_call(t, r);

	if (err < 0)
		return err;
	t->mosix.in_call = true;
	p = wait_answer(t);
	t->mosix.in_call = false;
	if (p == NULL)
		return -E_INTR;
	reply = message_of(p, struct reply);
	value = reply->head.value;
	*child_flight = reply->child_flight;
	cargo_env(t, &reply->env);
	packet_free(p);
	return value;
}

int32_t remote_forward(struct pt_regs *r)
{
	uint32_t unused;

	return forward(r, &unused);
}

/* --- calls that are not like the others --------------------------------- */

/* The child is born here, and its deputy at home. */
int32_t remote_exofork(struct pt_regs *r)
{
	uint32_t flight;
	int32_t id = forward(r, &flight);
	int err;

	if (id <= 0)
		return id;
	err = guest_hatch(id, flight);
	return err < 0 ? err : id;
}

/* Calls on memory: where it is, if that is here. */
static int32_t on_memory(struct pt_regs *r)
{
	struct task *t;

	if (guest_lookup(r->ebx, &t) == 0)
		return sys_call_table[r->orig_eax](r);
	return remote_forward(r);
}

/* A page that two will write has to be at home, where all who have it are. */
static int32_t on_memories(struct pt_regs *r, envid_t a, envid_t b, int perm)
{
	struct task *from, *to;

	if (guest_lookup(a, &from) == 0 && guest_lookup(b, &to) == 0 &&
	    (from == to || !(perm & PTE_W)))
		return sys_call_table[r->orig_eax](r);
	return remote_forward(r);
}

int32_t remote_page_alloc(struct pt_regs *r)
{
	return on_memory(r);
}

int32_t remote_page_map(struct pt_regs *r)
{
	return on_memories(r, r->ebx, r->edx, r->edi);
}

int32_t remote_page_unmap(struct pt_regs *r)
{
	return on_memory(r);
}

int32_t remote_env_set_pgfault_upcall(struct pt_regs *r)
{
	return on_memory(r);
}

int32_t remote_page_map_run(struct pt_regs *r)
{
	return on_memories(r, r->ebx, r->edx, r->ebp);
}

int32_t remote_page_copy(struct pt_regs *r)
{
	return on_memory(r);
}

/* --- its memory, for its deputy ----------------------------------------- */

static int do_copy(struct task *t, struct copy *c)
{
	uint32_t bad;

	if (t->mosix.state != GUEST_RUNNING)
		return -E_IN_FLIGHT;
	switch (c->kind) {
	case COPY_OUT:
		return task_copy(t, c->va, c->data, c->len, true);
	case COPY_IN:
		return task_copy(t, c->va, c->data, c->len, false);
	case COPY_CHECK:
		if (user_mem_check(t, c->va, c->len, c->perm, &bad) == 0)
			return 0;
		c->va = bad;
		return -E_FAULT;
	}
	return -E_INVAL;
}

/* The question becomes the answer. */
void remote_copy(struct task *t, struct packet *p)
{
	struct copy *c = message_of(p, struct copy);
	size_t len = sizeof(*c);

	if (c->kind != COPY_CHECK && (c->len > COPY_MAX ||
	    (c->kind == COPY_OUT && p->frame.length < len + c->len))) {
		cluster_counts.nonsense++;
		packet_free(p);
		return;
	}
	c->head.value = do_copy(t, c);
	if (c->head.value == 0 && c->kind == COPY_IN)
		len += c->len;
	link_send(t->mosix.node, p, MSG_COPIED, len);
}

/* Its registers, those that are asked for and no more. */
void remote_registers(struct task *t, struct packet *p)
{
	struct registers *r = message_of(p, struct registers);
	const uint32_t *regs = (const uint32_t *)&t->regs;
	uint32_t n = 0;

	for (uint32_t i = 0; i < NREGISTERS; i++)
		if (r->mask & 1 << i)
			r->word[n++] = regs[i];
	link_send(t->mosix.node, p, MSG_REGS_ARE, sizeof(*r) + 4 * n);
}

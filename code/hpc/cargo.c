#include "inc/error.h"
#include "inc/memlayout.h"
#include "inc/string.h"
#include "kern/cpu.h"
#include "kern/env.h"
#include "kern/pmap.h"
#include "kern/syscall.h"
#include "net/cluster.h"
#include "net/link.h"
#include "hpc/flight.h"

/* A page travels in three pieces. */
enum {
	PIECE = 1368,
};

struct page_cargo {
	uint32_t flight;
	uint16_t slot;
	uint16_t offset;		/* in the page, a multiple of PIECE */
	uint32_t va;			/* of the page, and permissions */
	uint8_t data[];
};

_Static_assert(sizeof(struct page_cargo) + PIECE <= MESSAGE_MAX, "a frame");
_Static_assert(3 * PIECE >= PGSIZE, "three pieces");

/* All but the memory. */
struct state_cargo {
	struct flight_head head;
	struct pt_regs regs;
	struct Env env;			/* what programs see of it */
	uint32_t pages;			/* that have been sent before */
	uint64_t cycles;
	struct carried_trap trap;
	uint32_t in_call;
};

/* Calls f for each page of t below UTOP, until one does not return 0. */
static int each_page(struct task *t, int (*f)(void *arg, uint32_t va,
					      pte_t pte), void *arg)
{
	for (uint32_t va = 0; va < UTOP; va += PGSIZE) {
		pde_t pde = t->pgdir[PDX(va)];
		pte_t pte;
		int err;

		if (!(pde & PTE_P)) {
			va += PTSIZE - PGSIZE;
			continue;
		}
		pte = ((pte_t *)KADDR(PTE_ADDR(pde)))[PTX(va)];
		err = pte & PTE_P ? f(arg, va, pte) : 0;
		if (err != 0)
			return err;
	}
	return 0;
}

static int count_one(void *arg, uint32_t va, pte_t pte)
{
	(void)va, (void)pte;
	++*(uint32_t *)arg;
	return 0;
}

uint32_t cargo_count(struct task *t)
{
	uint32_t n = 0;

	each_page(t, count_one, &n);
	return n;
}

struct shipment {
	const struct address *to;
	uint16_t type;
	uint32_t pages;
};

static int send_piece(struct shipment *s, uint32_t va, pte_t pte,
		      uint32_t offset)
{
	uint32_t len = MIN(PIECE, PGSIZE - offset);
	struct page_cargo *c;
	struct packet *p;
	int err;

	p = link_packet(s->to->node, &err);
	if (p == NULL)
		return err;
	c = message_of(p, struct page_cargo);
	c->flight = s->to->flight;
	c->slot = s->to->slot;
	c->offset = offset;
	c->va = va | (pte & PTE_SYSCALL);
	memcpy(c->data, KADDR(PTE_ADDR(pte)) + offset, len);
	link_send(s->to->node, p, s->type, sizeof(*c) + len);
	return 0;
}

static int send_page(void *arg, uint32_t va, pte_t pte)
{
	struct shipment *s = arg;
	int err = 0;

	for (uint32_t at = 0; at < PGSIZE && err == 0; at += PIECE)
		err = send_piece(s, va, pte, at);
	s->pages++;
	return err;
}

static int send_state(struct task *t, const struct address *to, uint16_t type,
		      uint32_t npages)
{
	struct state_cargo *c;
	struct packet *p;
	int err;

	p = link_packet(to->node, &err);
	if (p == NULL)
		return err;
	c = message_of(p, struct state_cargo);
	*c = (struct state_cargo){
		.head = { to->flight, to->slot, 0, to->pid, 0 },
		.regs = t->regs,
		.env = *t->env,
		.pages = npages,
		.cycles = t->cycles,
		.trap = t->mosix.trap,
		.in_call = t->mosix.in_call,
	};
	link_send(to->node, p, type, sizeof(*c));
	return 0;
}

int cargo_send(struct task *t, const struct address *to, uint16_t page_type,
	       uint16_t state_type)
{
	struct shipment s = { to, page_type, 0 };
	int err = each_page(t, send_page, &s);

	return err < 0 ? err : send_state(t, to, state_type, s.pages);
}

/* The page that a piece is of: a new one with the first, and then that one. */
static int page_for(struct task *t, uint32_t va, int perm, uint32_t offset,
		    struct PageInfo **store)
{
	struct PageInfo *pp = page_lookup(t->pgdir, (void *)va, NULL);
	int err;

	*store = pp;
	if (offset > 0)
		return pp == NULL ? -E_INVAL : 0;
	if (pp != NULL)
		return -E_INVAL;
	pp = *store = page_alloc(0);
	if (pp == NULL)
		return -E_NO_MEM;
	err = page_insert(t->pgdir, pp, (void *)va, perm);
	if (err < 0)
		page_free(pp);
	else
		t->mosix.pages++;
	return err;
}

int cargo_page(struct task *t, const struct packet *p)
{
	const struct page_cargo *c = message_of(p, struct page_cargo);
	uint32_t len = p->frame.length - sizeof(*c);
	uint32_t va = PTE_ADDR(c->va), perm = PGOFF(c->va);
	struct PageInfo *pp;
	int err;

	if (p->frame.length < sizeof(*c) || !good_page(va, perm) ||
	    c->offset % PIECE != 0 || c->offset >= PGSIZE ||
	    len != MIN(PIECE, PGSIZE - (uint32_t)c->offset))
		return -E_INVAL;
	err = page_for(t, va, perm, c->offset, &pp);
	if (err == 0)
		memcpy(page2kva(pp) + c->offset, c->data, len);
	return err;
}

/* Registers that came over the wire: nothing in them may give a process more
 * than it would have here. */
static void take_registers(struct task *t, const struct pt_regs *r)
{
	t->regs = *r;
	t->regs.xds = t->regs.xes = t->regs.xss = GD_UD | 3;
	t->regs.xcs = GD_UT | 3;
	t->regs.eflags = (r->eflags & FL_USER) | FL_FIXED | FL_IF;
}

void cargo_env(struct task *t, const struct Env *e)
{
	t->env->env_parent_id = e->env_parent_id;
	t->env->env_runs = e->env_runs;
	t->env->env_ipc_recving = e->env_ipc_recving;
	t->env->env_ipc_dstva = e->env_ipc_dstva;
	t->env->env_ipc_value = e->env_ipc_value;
	t->env->env_ipc_from = e->env_ipc_from;
	t->env->env_ipc_perm = e->env_ipc_perm;
	shadow_set(t->mosix.node, t->env);
}

int cargo_state(struct task *t, const struct packet *p)
{
	const struct state_cargo *c = message_of(p, struct state_cargo);

	if (p->frame.length != sizeof(*c) || c->pages != t->mosix.pages)
		return -E_INVAL;
	take_registers(t, &c->regs);
	t->env->env_pgfault_upcall = c->env.env_pgfault_upcall;
	if (t->mosix.dflags & DREMOTE)
		cargo_env(t, &c->env);	/* its home knows better */
	t->cycles = c->cycles;
	t->mosix.trap = c->trap;
	t->mosix.in_call = c->in_call;
	return 0;
}

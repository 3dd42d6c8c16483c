#include "inc/error.h"
#include "inc/memlayout.h"
#include "inc/string.h"
#include "kern/env.h"
#include "kern/pmap.h"
#include "kern/sched.h"
#include "kern/times.h"
#include "net/cluster.h"
#include "net/link.h"
#include "net/message.h"
#include "hpc/flight.h"

enum {
	PUSH_EVERY	= 5,		/* ticks: 50 ms */
	PER_PAGE	= 256,		/* of those below, in a page */
	TOLD_PAGES	= NENV / PER_PAGE,
	SHADOW_PAGES	= NENV * sizeof(struct Env) / PGSIZE,
	PER_MESSAGE	= 88,
};

_Static_assert(NENV * sizeof(struct Env) % PGSIZE == 0, "whole pages");

/* What another node knows of one process of ours. */
struct env_news {
	uint32_t id;
	uint32_t parent;
	uint32_t status;
	uint32_t index;
};

/* At home: what each node has been told. */
static struct env_news *told[NNODES][TOLD_PAGES];

/* Where guests are: the envs[] of a home as they see it, at UENVS, through a
 * table of its own. */
struct shadow {
	struct PageInfo *table;
	uint8_t *page[SHADOW_PAGES];
	uint32_t guests;		/* that see it */
	bool over;			/* nobody tells us of it any more */
};

static struct shadow shadows[NNODES];
uint32_t nshadows;

/* --- at home ------------------------------------------------------------ */

static void free_told(int node)
{
	for (int i = 0; i < TOLD_PAGES; i++)
		if (told[node][i] != NULL) {
			page_decref(pa2page(PADDR(told[node][i])));
			told[node][i] = NULL;
		}
}

int shadow_begin(int node)
{
	for (int i = 0; i < TOLD_PAGES; i++) {
		struct PageInfo *pp = page_alloc(ALLOC_ZERO);

		if (pp == NULL) {
			free_told(node);
			return -E_NO_MEM;
		}
		pp->pp_ref++;
		told[node][i] = page2kva(pp);
	}
	return 0;
}

void shadow_forget(int node)
{
	for (int i = 0; i < TOLD_PAGES; i++)
		if (told[node][i] != NULL)
			memset(told[node][i], 0, PGSIZE);
}

void shadow_end(int node)
{
	struct address a = { .node = node };

	free_told(node);
	flight_tell(&a, MSG_ENVS_END, 0);
}

/* Is what node was told of process i still true? If not, the truth. */
static bool changed(int node, int i, struct env_news *news)
{
	struct env_news *old = &told[node][i / PER_PAGE][i % PER_PAGE];

	*news = (struct env_news){
		envs[i].env_id, envs[i].env_parent_id, envs[i].env_status, i,
	};
	if (news->status == ENV_RUNNING)
		news->status = ENV_RUNNABLE;	/* it changes all the time */
	if (old->id == news->id && old->parent == news->parent &&
	    old->status == news->status)
		return false;
	*old = *news;
	return true;
}

/* As much as fits in p. How many. */
static int gather(int node, int *i, struct packet *p)
{
	struct env_news *news = message_of(p, struct env_news);
	int n = 0;

	for (; *i < NENV && n < PER_MESSAGE; ++*i)
		n += changed(node, *i, &news[n]);
	return n;
}

/* As much of what has changed as packets can be had for. */
void shadow_push(int node)
{
	int n, i = 0;

	while (i < NENV) {
		struct packet *p = packet_alloc();

		if (p == NULL)
			return;		/* the rest, with the next tick */
		n = gather(node, &i, p);
		if (n > 0)
			link_send(node, p, MSG_ENVS,
				  n * sizeof(struct env_news));
		else
			packet_free(p);
	}
}

void shadow_tick(void)
{
	if (ticks % PUSH_EVERY != 0)
		return;
	for (int node = 1; node < NNODES; node++)
		if (told[node][0] != NULL && node_up(node))
			shadow_push(node);
}

/* --- where guests are --------------------------------------------------- */

static void shadow_free(int home)
{
	struct shadow *s = &shadows[home];

	for (int i = 0; i < SHADOW_PAGES; i++)
		if (s->page[i] != NULL)
			page_decref(pa2page(PADDR(s->page[i])));
	if (s->table != NULL) {
		page_decref(s->table);
		nshadows--;
		look_again();
	}
	memset(s, 0, sizeof(*s));
}

static int add_page(struct shadow *s, int i)
{
	struct PageInfo *pp = page_alloc(ALLOC_ZERO);
	pte_t *table = page2kva(s->table);

	if (pp == NULL)
		return -E_NO_MEM;
	pp->pp_ref++;
	s->page[i] = page2kva(pp);
	table[PTX(UENVS) + i] = page2pa(pp) | PTE_P | PTE_U;
	return 0;
}

static int shadow_alloc(int home)
{
	struct shadow *s = &shadows[home];
	int err = 0;

	s->table = page_alloc(ALLOC_ZERO);
	if (s->table == NULL)
		return -E_NO_MEM;
	s->table->pp_ref++;
	nshadows++;
	for (int i = 0; i < SHADOW_PAGES && err == 0; i++)
		err = add_page(s, i);
	if (err < 0)
		shadow_free(home);
	return err;
}

/* Those who saw it are dying, and a new one comes. */
static void shadow_clear(struct shadow *s)
{
	for (int i = 0; i < SHADOW_PAGES; i++)
		memset(s->page[i], 0, PGSIZE);
}

/* Nobody will tell us more; it is kept for as long as somebody sees it. */
static void shadow_over(int home)
{
	shadows[home].over = true;
	if (shadows[home].guests == 0)
		shadow_free(home);
}

void shadow_unmap(int home)
{
	if (--shadows[home].guests == 0 && shadows[home].over)
		shadow_free(home);
}

int shadow_map(struct task *t, int home)
{
	struct shadow *s = &shadows[home];
	int err = 0;

	if (s->table == NULL)
		err = shadow_alloc(home);
	else if (s->over)
		shadow_clear(s);
	if (err < 0)
		return err;
	s->over = false;
	s->guests++;
	t->pgdir[PDX(UENVS)] = page2pa(s->table) | PTE_P | PTE_U;
	return 0;
}

/* len bytes of it, which may lie in two pages. */
static void shadow_write(int home, uint32_t at, const void *from, uint32_t len)
{
	struct shadow *s = &shadows[home];

	while (len > 0) {
		uint32_t n = MIN(len, PGSIZE - at % PGSIZE);

		memcpy(s->page[at / PGSIZE] + at % PGSIZE, from, n);
		at += n;
		from += n;
		len -= n;
	}
}

void shadow_set(int home, const struct Env *e)
{
	if (shadows[home].table != NULL)
		shadow_write(home, ENVX(e->env_id) * sizeof(*e), e,
			     sizeof(*e));
}

static void take_news(int home, const struct env_news *n)
{
	uint32_t at = n->index * sizeof(struct Env);

	if (n->index >= NENV) {
		cluster_counts.nonsense++;
		return;
	}
	shadow_write(home, at + offsetof(struct Env, env_id), &n->id, 4);
	shadow_write(home, at + offsetof(struct Env, env_parent_id),
		     &n->parent, 4);
	shadow_write(home, at + offsetof(struct Env, env_status),
		     &n->status, 4);
}

static void got_envs(int node, struct packet *p)
{
	const struct env_news *news = message_of(p, struct env_news);
	uint32_t n = p->frame.length / sizeof(*news);

	for (uint32_t i = 0; i < n && shadows[node].table != NULL; i++)
		take_news(node, &news[i]);
	packet_free(p);
}

static void got_envs_end(int node, struct packet *p)
{
	shadow_over(node);
	packet_free(p);
}

void shadow_node(int node, bool up)
{
	if (up)
		return;
	free_told(node);
	shadow_over(node);
}

void shadow_init(void)
{
	message_register(MSG_ENVS, got_envs);
	message_register(MSG_ENVS_END, got_envs_end);
}

#include "inc/assert.h"
#include "kern/pmap.h"
#include "net/frame.h"

enum {
	NPAGES		= 96,
	FOR_INPUT	= 32,		/* packets that only input may use */
	FOR_ACKS	= 8,		/* and of these, not to be kept */
};

_Static_assert(sizeof(struct packet) <= PGSIZE / 2, "two in a page");

static struct packet *free_packets;
static uint32_t nfree_packets;

void packets_init(void)
{
	for (int i = 0; i < NPAGES; i++) {
		struct PageInfo *pp = page_alloc(0);

		if (pp == NULL)
			panic("no memory for packets");
		pp->pp_ref++;
		packet_free(page2kva(pp));
		packet_free(page2kva(pp) + PGSIZE / 2);
	}
}

struct packet *packet_for_input(void)
{
	struct packet *p = free_packets;

	if (p == NULL)
		return NULL;
	free_packets = p->next;
	nfree_packets--;
	return p;
}

struct packet *packet_alloc(void)
{
	return nfree_packets > FOR_INPUT ? packet_for_input() : NULL;
}

void packet_free(struct packet *p)
{
	p->next = free_packets;
	free_packets = p;
	nfree_packets++;
}

bool packets_left(void)
{
	return nfree_packets >= FOR_ACKS;
}

void packet_queue_init(struct packet_queue *q)
{
	q->first = NULL;
	q->last = &q->first;
	q->n = 0;
}

void packet_put(struct packet_queue *q, struct packet *p)
{
	p->next = NULL;
	*q->last = p;
	q->last = &p->next;
	q->n++;
}

struct packet *packet_take(struct packet_queue *q)
{
	struct packet *p = q->first;

	if (p == NULL)
		return NULL;
	q->first = p->next;
	if (q->first == NULL)
		q->last = &q->first;
	q->n--;
	return p;
}

void packet_free_all(struct packet_queue *q)
{
	struct packet *p;

	while ((p = packet_take(q)) != NULL)
		packet_free(p);
}

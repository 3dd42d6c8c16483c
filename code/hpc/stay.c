#include "kern/env.h"
#include "kern/pmap.h"
#include "kern/printf.h"
#include "hpc/flight.h"

static const struct {
	uint32_t bit;
	const char *name;
} names[] = {
	{ DSTAY_FOR_MONKEY,	"MONKEY: shares a page that is written" },
	{ DSTAY_FOR_DEV,	"DEV: maps a device" },
	{ DSTAY_FOR_86,		"86: is in virtual 8086 mode" },
	{ DSTAY_FOR_PRIV,	"PRIV: uses ports" },
	{ DSTAY_FOR_MLOCK,	"MLOCK: has locked its memory" },
	{ DSTAY_FOR_CLONE,	"CLONE: shares all its memory" },
	{ DSTAY_FOR_RT,		"RT: runs in real time" },
	{ DSTAY_FOR_IOPL,	"IOPL: may use ports" },
	{ DSTAY_FOR_INIT,	"INIT: belongs to the system" },
	{ DSTAY_FOR_OTHER1,	"OTHER1: is making a child" },
	{ DSTAY_FOR_OTHER2,	"OTHER2: has not been started" },
	{ DNOMIGRATE,		"NOMIGRATE: is locked" },
};

void stay_print(struct task *t, uint32_t reasons)
{
	for (uint32_t i = 0; i < ARRAY_SIZE(names); i++)
		if (reasons & names[i].bit)
			cprintf("[%08x] stays at home: %s\n", t->env->env_id,
				names[i].name);
	record("stay env=%08x reasons=%08x", t->env->env_id, reasons);
}

/* Somebody else has one of its pages, and somebody may write there. */
static bool shares(struct task *t)
{
	for (uint32_t va = 0; va < UTOP; va += PGSIZE) {
		struct PageInfo *pp;

		if (!(t->pgdir[PDX(va)] & PTE_P)) {
			va += PTSIZE - PGSIZE;
			continue;
		}
		pp = page_lookup(t->pgdir, (void *)va, NULL);
		if (pp != NULL && pp->pp_ref > 1 && pp->pp_wref > 0)
			return true;
	}
	return false;
}

static bool makes_child(struct task *t)
{
	for (struct task *c = t->children; c != NULL; c = c->sibling)
		if (!c->started)
			return true;
	return false;
}

bool stay_hatching(struct task *t)
{
	return makes_child(t) || !t->started;
}

uint32_t stay_reasons(struct task *t)
{
	uint32_t reasons = t->mosix.stay & ~DNOMIGRATE;

	if (shares(t))
		reasons |= DSTAY_FOR_MONKEY;
	if (makes_child(t))
		reasons |= DSTAY_FOR_OTHER1;
	if (!t->started)
		reasons |= DSTAY_FOR_OTHER2;
	return reasons;
}

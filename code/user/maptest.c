#include "inc/lib.h"

#define RWU	(PTE_P | PTE_U | PTE_W)
#define RU	(PTE_P | PTE_U)
#define HERE	((void *)0xA00000)
#define THERE	((void *)0xA01000)
#define NOTHING	((void *)0xA02000)

static int good, bad;

static void expect(const char *what, int got, int wanted)
{
	if (got == wanted) {
		good++;
		return;
	}
	bad++;
	cprintf("maptest: %s: %d instead of %d\n", what, got, wanted);
}

static void addresses(void)
{
	expect("alloc", sys_page_alloc(0, HERE, RWU), 0);
	expect("alloc, off a page", sys_page_alloc(0, HERE + 1, RWU),
	       -E_INVAL);
	expect("alloc at UTOP", sys_page_alloc(0, (void *)UTOP, RWU), -E_INVAL);
	expect("alloc, kernel", sys_page_alloc(0, (void *)KERNBASE, RWU),
	       -E_INVAL);
	expect("unmap, off a page", sys_page_unmap(0, HERE + 4), -E_INVAL);
	expect("unmap at UTOP", sys_page_unmap(0, (void *)UTOP), -E_INVAL);
	expect("unmap nothing", sys_page_unmap(0, NOTHING), 0);
	expect("map, source off", sys_page_map(0, HERE + 1, 0, THERE, RU),
	       -E_INVAL);
	expect("map, source UTOP", sys_page_map(0, (void *)UENVS, 0, THERE, RU),
	       -E_INVAL);
	expect("map, target UTOP", sys_page_map(0, HERE, 0, (void *)UTOP, RU),
	       -E_INVAL);
	expect("map nothing", sys_page_map(0, NOTHING, 0, THERE, RU),
	       -E_INVAL);
}

static void permissions(void)
{
	expect("alloc without U", sys_page_alloc(0, HERE, PTE_P | PTE_W),
	       -E_INVAL);
	expect("alloc without P", sys_page_alloc(0, HERE, PTE_U), -E_INVAL);
	expect("alloc with PCD", sys_page_alloc(0, HERE, RWU | PTE_PCD),
	       -E_INVAL);
	expect("map, read only", sys_page_map(0, HERE, 0, THERE, RU), 0);
	expect("map, more than it had", sys_page_map(0, THERE, 0, THERE, RWU),
	       -E_INVAL);
	expect("map with AVAIL", sys_page_map(0, HERE, 0, THERE,
					      RWU | PTE_AVAIL), 0);
	expect("one page twice", pages[PGNUM(uvpt[PGNUM(HERE)])].pp_ref, 2);
	expect("unmap", sys_page_unmap(0, THERE), 0);
	expect("one page once", pages[PGNUM(uvpt[PGNUM(HERE)])].pp_ref, 1);
}

static void strangers(envid_t parent, envid_t child)
{
	expect("alloc in the parent", sys_page_alloc(parent, HERE, RWU),
	       -E_BAD_ENV);
	expect("unmap in the parent", sys_page_unmap(parent, HERE),
	       -E_BAD_ENV);
	expect("map from the parent", sys_page_map(parent, HERE, 0, HERE, RU),
	       -E_BAD_ENV);
	expect("map to nobody", sys_page_map(0, HERE, child + (1 << 12), HERE,
					     RU), -E_BAD_ENV);
	expect("status of the parent",
	       sys_env_set_status(parent, ENV_NOT_RUNNABLE), -E_BAD_ENV);
	expect("status FREE", sys_env_set_status(child, ENV_FREE), -E_INVAL);
	expect("status DYING", sys_env_set_status(child, ENV_DYING), -E_INVAL);
	expect("status RUNNING", sys_env_set_status(child, ENV_RUNNING),
	       -E_INVAL);
	expect("end of the parent", sys_env_destroy(parent), -E_BAD_ENV);
}

/* What the calls of chapter 7 refuse, and a child that is never started. */
void umain(int argc, char **argv)
{
	envid_t parent = sys_getenvid(), child;

	USED(argc), USED(argv);
	addresses();
	permissions();
	child = dumbfork();
	if (child != 0) {
		while (envs[ENVX(child)].env_status != ENV_FREE)
			sys_yield();
		return;
	}
	child = sys_exofork();
	expect("alloc", sys_page_alloc(0, HERE, RWU), 0);
	expect("alloc in the child", sys_page_alloc(child, HERE, RWU), 0);
	strangers(parent, child);
	cprintf("maptest: %d good, %d bad\n", good, bad);
}

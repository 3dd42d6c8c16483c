#include "inc/lib.h"

#define SHARED	((volatile int *)0x20000000)
#define PAGES	40

static int value = 1;
static char area[PAGES * PGSIZE];
static int bad;

static void expect(const char *what, int got, int wanted)
{
	if (got == wanted)
		return;
	bad++;
	cprintf("cowtest: %s: %d instead of %d\n", what, got, wanted);
}

/* Sees what the parent had, and leaves no trace in it. */
static void child(void)
{
	envid_t grandchild;

	expect("the child's copy", value, 2);
	expect("what came from before", area[17 * PGSIZE], 17);
	value = 3;
	grandchild = fork();
	if (grandchild == 0) {
		expect("the grandchild's copy", value, 3);
		value = 4;
		area[20 * PGSIZE] = 4;	/* nobody has since the parent did */
		++*SHARED;
		exit();
	}
	wait(grandchild);
	expect("after the grandchild", value, 3);
	for (int i = 0; i < PAGES; i++)
		area[i * PGSIZE] = -1;
	*SHARED += 10;
	exit();
}

/* How many of the pages of area have more than one reference. */
static int in_common(void)
{
	int n = 0;

	for (int i = 0; i < PAGES; i++)
		n += pages[PGNUM(uvpt[PGNUM(area + i * PGSIZE)])].pp_ref > 1;
	return n;
}

void umain(int argc, char **argv)
{
	envid_t id;

	USED(argc), USED(argv);
	for (int i = 0; i < PAGES; i++)
		area[i * PGSIZE] = i;
	sys_page_alloc(0, (void *)SHARED, PTE_P | PTE_U | PTE_W | PTE_SHARE);
	*SHARED = 100;
	value = 2;
	id = fork();
	if (id == 0)
		child();
	if (id < 0)
		panic("fork: %e", id);
	wait(id);
	expect("the parent's copy", value, 2);
	expect("written in common", *SHARED, 111);
	expect("pages that are still common", in_common(), 0);
	for (int i = 0; i < PAGES; i++)
		expect("the parent's page", area[i * PGSIZE], i);
	cprintf("cowtest: %d bad\n", bad);
}

/* The program of the tests: labtest TEST NONCE */
#define LAB_FORKS
#include "lab/labtest.h"

#define PAGES	64
#define SHARED	((volatile uint32_t *)0x20000000)

static volatile uint32_t page[PAGES][PGSIZE / 4]
	__attribute__((aligned(PGSIZE)));

static void test_child(void)
{
	volatile uint32_t local = nonce * 3;
	envid_t id;

	page[5][7] = nonce * 2;
	id = child_of();
	if (id == 0) {
		cprintf("child: %u %u %u\n", nonce, page[5][7], local);
		cprintf("child: it is %s\n", thisenv->env_id == sys_getenvid() ?
			"itself" : "somebody else");
		exit();
	}
	wait(id);
	cprintf("parent: %u\n", page[5][7]);
}

static void test_apart(void)
{
	volatile uint32_t local = nonce;
	envid_t id;

	for (int i = 0; i < PAGES; i++)
		page[i][i] = nonce + i;
	id = child_of();
	if (id == 0) {
		local = 1;
		for (int i = 0; i < PAGES; i += 2)
			page[i][i] = 1;
		exit();
	}
	for (int i = 1; i < PAGES; i += 2)
		page[i][i] = nonce * 2;
	wait(id);
	for (int i = 0; i < PAGES; i++)
		if (page[i][i] != (i % 2 ? nonce * 2 : nonce + i))
			cprintf("apart: page %d has %u\n", i, page[i][i]);
	cprintf("apart: %u %u %u\n", local, page[10][10], page[11][11]);
}

/* How many of the pages have more than one reference */
static int in_common(void)
{
	int n = 0;

	for (int i = 0; i < PAGES; i++)
		n += pages[PGNUM(uvpt[PGNUM(page[i])])].pp_ref > 1;
	return n;
}

/* The child writes in as many pages as the nonce says, and waits. */
static void test_pages(void)
{
	int some = nonce % (PAGES - 2) + 1;
	envid_t id;

	sys_page_alloc(0, (void *)SHARED, PTE_P | PTE_U | PTE_W | PTE_SHARE);
	for (int i = 0; i < PAGES; i++)
		page[i][0] = i;
	id = child_of();
	if (id == 0) {
		for (int i = 0; i < some; i++)
			page[i][0]++;
		*SHARED = 1;
		for (;;)
			sys_yield();
	}
	while (*SHARED == 0)
		sys_yield();
	cprintf("in common: %d\n", in_common());
	sys_env_destroy(id);
	wait(id);
	cprintf("in common at the end: %d\n", in_common());
}

static void test_shared(void)
{
	envid_t id;

	sys_page_alloc(0, (void *)SHARED, PTE_P | PTE_U | PTE_W | PTE_SHARE);
	SHARED[0] = nonce;
	id = child_of();
	if (id == 0) {
		SHARED[1] = SHARED[0] * 5;
		exit();
	}
	wait(id);
	cprintf("shared: %u\n", SHARED[1]);
}

/* A write where nothing is: not a page to copy. */
static void test_bad(void)
{
	envid_t id = child_of();

	if (id == 0) {
		*(volatile uint32_t *)(0x30000000 + nonce * 4) = 1;
		cprintf("bad: written\n");
		exit();
	}
	wait(id);
	cprintf("bad: %u, the parent goes on\n", nonce);
}

/* Four generations of two: each adds its share in its own memory, and in the
 * page of all. */
static void grow(int depth)
{
	envid_t child[2];

	page[depth][depth] += depth + 1;
	SHARED[depth] += page[depth][depth];
	for (int i = 0; depth < 3 && i < 2; i++) {
		child[i] = child_of();
		if (child[i] == 0) {
			grow(depth + 1);
			exit();
		}
		wait(child[i]);
	}
}

static void test_many(void)
{
	sys_page_alloc(0, (void *)SHARED, PTE_P | PTE_U | PTE_W | PTE_SHARE);
	for (int i = 0; i < 4; i++)
		page[i][i] = nonce;
	grow(0);
	cprintf("many: %u %u %u %u\n", SHARED[0], SHARED[1], SHARED[2],
		SHARED[3]);
}

LABTESTS({ "child", test_child }, { "apart", test_apart },
	 { "pages", test_pages }, { "shared", test_shared },
	 { "bad", test_bad }, { "many", test_many })

/* The program of the tests: labtest TEST NONCE, on node 1 */
#define LAB_FORKS
#include "lab/labtest.h"

#define BIG	((volatile uint32_t *)0x20000000)
#define FLAG	((volatile uint32_t *)0x30000000)
#define WORDS	(PGSIZE / 4)		/* from a page to the next */
#define PERM	(PTE_P | PTE_U | PTE_W)

static struct mosix_info info_of(envid_t id)
{
	struct mosix_info info = { 0 };

	sys_where(id, &info);
	return info;
}

/* A child that computes for ever, and calls nobody any more */
static envid_t spinner(void)
{
	envid_t me = sys_getenvid(), id = child_of();

	if (id == 0) {
		ipc_send(me, 0, NULL, 0);
		for (;;)
			asm volatile("");
	}
	ipc_recv(NULL, NULL, NULL);
	return id;
}

static void give_page(volatile uint32_t *va)
{
	int err = sys_page_alloc(0, (void *)va, PERM);

	if (err < 0)
		panic("page: %e", err);
}

/* It is seen there within three seconds. */
static void wait_until_at(envid_t id, uint32_t node)
{
	int start = sys_times(NULL);

	while (info_of(id).node != node) {
		if (sys_times(NULL) - start > 300)
			panic("after 3 seconds it is not at node %d", node);
		sys_yield();
	}
}

static void fly_to(envid_t id, int node)
{
	int err = sys_migrate(id, node);

	if (err < 0)
		panic("it cannot go to node %d: %e", node, err);
	wait_until_at(id, node);
}

/* Pages that we have, and pages of this machine that somebody has */
static uint32_t our_pages(void)
{
	uint32_t n = 0;

	for (uint32_t pn = 0; pn < PGNUM(UTOP); pn++) {
		if (!(uvpd[pn / NPTENTRIES] & PTE_P))
			pn += NPTENTRIES - 1;
		else if (uvpt[pn] & PTE_P)
			n++;
	}
	return n;
}

static uint32_t pages_in_use(void)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < 4080; i++)	/* of 16 MB */
		n += pages[i].pp_ref > 0;
	return n;
}

static void test_leave(void)
{
	uint32_t many = 20 + nonce % 60, before;
	envid_t me = sys_getenvid(), id = child_of();
	int status = 0;

	if (id == 0) {
		for (uint32_t i = 0; i < many; i++) {
			give_page(BIG + i * WORDS);
			BIG[i * WORDS] = i;
		}
		cprintf("leave: with %u pages\n", our_pages());
		ipc_send(me, pages_in_use(), NULL, 0);
		sys_migrate(0, 2);
		for (;;)
			asm volatile("");
	}
	before = ipc_recv(NULL, NULL, NULL);
	wait_until_at(id, 2);
	before -= pages_in_use();
	if (before >= many && before < many + 20)
		cprintf("leave: %u pages are free again\n", many);
	else
		cprintf("leave: %d pages are free again, not %u and a few\n",
			before, many);
	cprintf("leave: %u move\n", info_of(id).moves);
	sys_env_destroy(id);
	waitpid(id, &status, 0);
	cprintf("leave: %u, ended with %d\n", nonce, status);
}

/* Three times there and back; what is done is done there. */
static void test_back(void)
{
	uint32_t many = 10 + nonce % 50, sum = 0;

	for (uint32_t i = 0; i < many; i++) {
		give_page(BIG + i * WORDS);
		BIG[i * WORDS] = nonce + i;
	}
	for (int trip = 0; trip < 3; trip++) {
		int err = sys_migrate(0, 2);

		for (uint32_t i = 0; i < many; i++)
			BIG[i * WORDS] = BIG[i * WORDS] * 3 + 1;
		if (err < 0)
			panic("trip %d: %e", trip, err);
		sys_migrate(0, 0);
	}
	for (uint32_t i = 0; i < many; i++)
		sum += BIG[i * WORDS];
	cprintf("back: %u at node %u, %u moves, sum %u\n", nonce,
		info_of(0).node, info_of(0).moves, sum);
}

/* Adds the nonce here and there, until it is given a page that says so. */
static void walk(envid_t parent)
{
	uint32_t steps = 0, sum = 0;

	for (int i = 0; i < 16; i++) {
		give_page(BIG + i * WORDS);
		BIG[i * WORDS] = 0;
	}
	give_page(FLAG);
	ipc_send(parent, 0, NULL, 0);
	for (; *FLAG == 0; steps++)
		BIG[steps % 16 * WORDS] += nonce;
	for (int i = 0; i < 16; i++)
		sum += BIG[i * WORDS];
	cprintf("path: %u, %u moves, %s\n", *FLAG, info_of(0).moves,
		sum == steps * nonce ? "every step once" : "WRONG SUM");
	exit();
}

static void end_walk(envid_t id)
{
	give_page(FLAG);
	*FLAG = nonce + 1;
	sys_page_map(0, (void *)FLAG, id, (void *)FLAG, PTE_P | PTE_U);
}

static void test_path(void)
{
	envid_t me = sys_getenvid(), id = child_of();

	if (id == 0)
		walk(me);
	ipc_recv(NULL, NULL, NULL);
	for (int i = 0; i < 4; i++)
		fly_to(id, 2 + i % 2);
	end_walk(id);
	waitpid(id, NULL, 0);
}

static void reasons(const char *who, envid_t id)
{
	cprintf("stay: %s: %x\n", who, info_of(id).stay);
}

/* A child that tries to leave while a page is its parent's too. */
static void try_to_leave(void)
{
	int err = sys_migrate(0, 2);

	FLAG[1] = FLAG[0] * 5;
	FLAG[2] = err;
	for (;;)
		asm volatile("");
}

static void test_stay(void)
{
	int start = sys_times(NULL);
	envid_t id;

	reasons("alone", 0);
	id = spinner();
	reasons("with copies to be made", 0);
	reasons("the same, the child", id);
	fly_to(id, 2);
	sys_env_destroy(id);
	waitpid(id, NULL, 0);

	sys_page_alloc(0, (void *)FLAG, PERM | PTE_SHARE);
	FLAG[0] = nonce;
	id = child_of();
	if (id == 0)
		try_to_leave();
	while (FLAG[1] == 0 && sys_times(NULL) - start < 600)
		sys_yield();
	cprintf("stay: %u, error %d\n", FLAG[1], (int)FLAG[2]);
	reasons("both write", 0);
	sys_page_map(0, (void *)FLAG, 0, (void *)FLAG, PTE_P | PTE_U);
	reasons("the other one writes", 0);
	sys_page_map(0, (void *)FLAG, id, (void *)FLAG, PTE_P | PTE_U);
	reasons("nobody writes", 0);
	sys_env_destroy(id);
	waitpid(id, NULL, 0);
	reasons("alone again", 0);
}

/* Node 3 falls as soon as it has been told to run it. */
static void test_lost(void)
{
	envid_t id = spinner();
	int status = 0;

	fly_to(id, 2);
	fly_to(id, 3);
	waitpid(id, &status, 0);
	cprintf("lost: %u, ended with %d\n", nonce, status);
}

static uint32_t compute(uint32_t x)
{
	for (int i = 0; i < 200 * 1000; i++) {
		x = x * 1664525 + 1013904223;
		asm volatile("" : "+r"(x));
	}
	return x;
}

static void test_many(void)
{
	uint32_t right = 0;
	envid_t id[6];

	sys_lock(0, 1);
	for (uint32_t i = 0; i < 6; i++) {
		id[i] = child_of();
		if (id[i] == 0) {
			sys_lock(0, 0);
			_exit(compute(nonce + i) == compute(nonce + i) ?
			      (nonce + i) % 200 : 255);
		}
	}
	for (uint32_t i = 0; i < 6; i++) {
		int status = -1;

		waitpid(id[i], &status, 0);
		if (status == (int)((nonce + i) % 200 << 8))
			right++;
		else
			cprintf("many: the child %u ended with %x\n", i,
				status);
	}
	cprintf("many: %u, %u right\n", nonce, right);
}

LABTESTS({ "leave", test_leave }, { "back", test_back },
	 { "path", test_path }, { "stay", test_stay },
	 { "lost", test_lost }, { "many", test_many })

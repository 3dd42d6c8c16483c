/* The program of the tests: labtest TEST NONCE */
#define LAB_FORKS
#include "lab/labtest.h"

#define MINE	((volatile uint32_t *)0x20000000)
#define OTHER	((volatile uint32_t *)0x20001000)
#define YOURS	((volatile uint32_t *)0x30000000)
#define NO_PAGE	((void *)UTOP)
#define RU	(PTE_P | PTE_U)
#define RWU	(PTE_P | PTE_U | PTE_W)
#define MEMBERS	12
#define LONG	20000		/* yields, for what should not take so long */

/* Until that process waits for a message. */
static void until_receives(envid_t id)
{
	for (int i = 0; !envs[ENVX(id)].env_ipc_recving; i++, sys_yield())
		if (i == LONG)
			panic("%08x does not want a message", id);
}

/* Until it does not run, whatever it waits for. */
static void until_waits(envid_t id)
{
	for (int i = 0; envs[ENVX(id)].env_status != ENV_NOT_RUNNABLE;
	     i++, sys_yield())
		if (i == LONG)
			panic("%08x does not wait", id);
}

/* The child gives back three times what it gets, with try_send alone: nobody
 * has to wait to send. */
static void test_value(void)
{
	envid_t id = child_of(), from;
	uint32_t got;
	int perm = 77;

	if (id == 0) {
		got = ipc_recv(&from, NULL, NULL);
		until_receives(from);
		sys_ipc_try_send(from, got * 3, NO_PAGE, 0);
		exit();
	}
	until_receives(id);
	cprintf("value: before %d\n",
		sys_ipc_try_send(sys_getenvid(), 1, NO_PAGE, 0));
	cprintf("value: sent %d\n", sys_ipc_try_send(id, nonce, NO_PAGE, 0));
	cprintf("value: again %d\n", sys_ipc_try_send(id, 1, NO_PAGE, 0));
	got = ipc_recv(&from, NULL, &perm);
	cprintf("value: %u perm %d from %s\n", got, perm,
		from == id ? "the child" : "somebody else");
	wait(id);
}

/* What the child of test_page tells after each message. */
static void tell_pages(void)
{
	uint32_t n;
	int perm;

	ipc_recv(NULL, NULL, &perm);
	cprintf("page: not wanted, perm %x\n", perm);
	ipc_recv(NULL, (void *)YOURS, &perm);
	cprintf("page: not sent, perm %x\n", perm);
	n = ipc_recv(NULL, (void *)YOURS, &perm);
	cprintf("page: %u %u perm %x\n", n, YOURS[0], perm);
	YOURS[1] = YOURS[0] * 2;
	ipc_recv(NULL, (void *)YOURS, &perm);
	cprintf("page: another %u perm %x\n", YOURS[0], perm);
	YOURS[0] = 1;			/* it may not: this is its end */
	cprintf("page: written\n");
}

static int send_when_it_waits(envid_t id, uint32_t value, void *page, int perm)
{
	until_receives(id);
	return sys_ipc_try_send(id, value, page, perm);
}

static void test_page(void)
{
	envid_t id = child_of();
	int wrong = 0;

	if (id == 0) {
		tell_pages();
		exit();
	}
	sys_page_alloc(0, (void *)MINE, RWU);
	sys_page_alloc(0, (void *)OTHER, RWU);
	MINE[0] = nonce;
	OTHER[0] = nonce + 7;
	sys_page_map(0, (void *)OTHER, 0, (void *)OTHER, RU);
	send_when_it_waits(id, 0, (void *)MINE, RWU);
	send_when_it_waits(id, 0, NO_PAGE, RWU);
	until_receives(id);
	wrong += sys_ipc_try_send(id, 1, (void *)OTHER, RWU) != -E_INVAL;
	wrong += sys_ipc_try_send(id, 2, (void *)MINE + 4, RU) != -E_INVAL;
	wrong += sys_ipc_try_send(id, 3, (void *)MINE, PTE_P) != -E_INVAL;
	wrong += sys_ipc_try_send(id, 4, (void *)YOURS, RU) != -E_INVAL;
	wrong += !envs[ENVX(id)].env_ipc_recving;
	cprintf("page: %d wrong\n", wrong);
	send_when_it_waits(id, nonce * 5, (void *)MINE, RWU);
	until_receives(id);
	cprintf("page: answer %u\n", MINE[1]);
	send_when_it_waits(id, 0, (void *)OTHER, RU);
	wait(id);
	cprintf("page: at the end %u\n", OTHER[0]);
}

/* As many senders as the nonce says; each has waited before the next one is
 * born. Then a second round: the queue was empty in between. */
static void test_order(void)
{
	int n = 3 + nonce % 6, rounds;
	envid_t id[MEMBERS], from, me = sys_getenvid();
	uint32_t sum;

	for (rounds = 0; rounds < 2; rounds++) {
		for (int i = 0; i < n; i++) {
			id[i] = child_of();
			if (id[i] == 0) {
				int err = sys_ipc_send(me, nonce + i * i,
						       NO_PAGE, 0);
				ipc_send(me, err + 500 + i, NULL, 0);
				exit();
			}
			until_waits(id[i]);
		}
		sum = 0;
		for (int i = 0; i < n; i++) {
			uint32_t got = ipc_recv(&from, NULL, NULL);

			if (got != nonce + i * i || from != id[i])
				cprintf("order: %u in place %d\n", got, i);
			sum += got * (i + 1);
		}
		cprintf("order: round %d, %d senders, %u\n", rounds, n, sum);
		sum = 0;
		for (int i = 0; i < n; i++)
			sum += ipc_recv(NULL, NULL, NULL);
		cprintf("order: results %u\n", sum);
		for (int i = 0; i < n; i++)
			wait(id[i]);
	}
}

/* The first two that wait lose their page; the third one sends none. */
static void test_lost(void)
{
	envid_t id[3], from, me = sys_getenvid();
	uint32_t got;
	int perm;

	for (int i = 0; i < 3; i++) {
		id[i] = child_of();
		if (id[i] == 0) {
			int err;

			sys_page_alloc(0, (void *)MINE, RWU);
			err = sys_ipc_send(me, nonce + i, i == 2 ? NO_PAGE :
					   (void *)MINE, RWU);
			cprintf("lost: sender %d: %d\n", i, err);
			exit();
		}
		until_waits(id[i]);
	}
	sys_page_unmap(id[0], (void *)MINE);
	sys_page_unmap(id[1], (void *)MINE);
	got = ipc_recv(&from, (void *)YOURS, &perm);
	cprintf("lost: got %u perm %d from %s\n", got, perm,
		from == id[2] ? "the third" : "another one");
	for (int i = 0; i < 3; i++)
		wait(id[i]);
}

/* Children that send to somebody and tell what came of it. */
static envid_t sender_to(envid_t to, uint32_t value)
{
	envid_t id = child_of();

	if (id == 0) {
		int err = sys_ipc_send(to, value, NO_PAGE, 0);

		cprintf("dead: %u: %d\n", value, err);
		exit();
	}
	until_waits(id);
	return id;
}

static void test_dead(void)
{
	envid_t receiver = child_of(), id[4];
	uint32_t got;

	if (receiver == 0)
		for (;;)
			sys_yield();
	for (int i = 0; i < 3; i++)
		id[i] = sender_to(receiver, nonce + i);
	sys_env_destroy(id[1]);
	wait(id[1]);
	sys_env_destroy(receiver);
	wait(id[0]);
	wait(id[2]);

	/* the last one ends, and one more comes after it */
	for (int i = 0; i < 3; i++)
		id[i] = sender_to(sys_getenvid(), nonce + 10 + i);
	sys_env_destroy(id[2]);
	wait(id[2]);
	id[3] = sender_to(sys_getenvid(), nonce + 13);
	sys_env_destroy(id[0]);
	wait(id[0]);
	for (int i = 0; i < 2; i++) {
		got = ipc_recv(NULL, NULL, NULL);
		cprintf("dead: got %u\n", got);
	}
	wait(id[1]);
	wait(id[3]);
}

/* A number goes round among MEMBERS processes, with a page that all of them have
 * had, and everybody adds its place; meanwhile the rest send to the first. */
static void member(int place, envid_t next)
{
	uint32_t n;

	for (int round = 0; round < 20; round++) {
		n = ipc_recv(NULL, (void *)YOURS, NULL);
		YOURS[place]++;
		ipc_send(next, n + place, (void *)YOURS, RWU);
	}
	exit();
}

static void test_ring(void)
{
	envid_t id[MEMBERS], next = sys_getenvid();
	uint32_t n = nonce, pages = 0;

	for (int i = MEMBERS - 1; i > 0; i--) {
		id[i] = child_of();
		if (id[i] == 0)
			member(i, next);
		next = id[i];
	}
	sys_page_alloc(0, (void *)MINE, RWU);
	for (int round = 0; round < 20; round++) {
		ipc_send(next, n, (void *)MINE, RWU);
		n = ipc_recv(NULL, (void *)MINE, NULL);
	}
	for (int i = 1; i < MEMBERS; i++) {
		pages += MINE[i];
		wait(id[i]);
	}
	cprintf("ring: %u, %u times\n", n, pages);
}

LABTESTS({ "value", test_value }, { "page", test_page },
	 { "order", test_order }, { "lost", test_lost },
	 { "dead", test_dead }, { "ring", test_ring })

/* The program of the tests: labtest TEST NONCE, on node 1. A child of it goes
 * to node 2 and calls; it stays, and says what became of it. */
#define LAB_FORKS
#include "lab/labtest.h"

#define BIG	((volatile uint8_t *)0x20000000)
#define PERM	(PTE_P | PTE_U | PTE_W)

/* Of this lab: at to, the n bytes at from, backwards */
int sys_echo(const volatile void *from, uint32_t n, volatile void *to);

static int where(envid_t id)
{
	struct mosix_info info = { 0 };

	sys_where(id, &info);
	return info.node;
}

static void give_page(volatile uint8_t *va, int perm)
{
	int err = sys_page_alloc(0, (void *)va, perm);

	if (err < 0)
		panic("page: %e", err);
}

static bool late(int start)
{
	return sys_times(NULL) - start > 300;
}

/* It is seen there within three seconds; and it waits for a message. */
static void wait_until_at(envid_t id, int node)
{
	int start = sys_times(NULL);

	while (where(id) != node) {
		if (late(start))
			panic("after 3 seconds it is not at node %d", node);
		sys_yield();
	}
}

static void wait_until_it_waits(envid_t id)
{
	int start = sys_times(NULL);

	while (!envs[ENVX(id)].env_ipc_recving) {
		if (late(start))
			panic("after 3 seconds it does not receive");
		sys_yield();
	}
}

/* What it calls is printed only when it is home again. */
static void call_from_afar(envid_t parent)
{
	int uid = nonce % 60000 + 1, err = sys_migrate(0, 2), wrong = 0;
	int set = setuid(uid), got = getuid();
	int none = sys_wait4(-1, NULL, 0, NULL);
	int nobody = kill(sys_getenvid() + 1, 0);

	for (int i = 0; i < 50; i++)
		wrong += sys_getppid() != parent || getuid() != uid;
	sys_migrate(0, 0);
	cprintf("call: there %d, uid %d %d %d\n", err, set, got, getuid());
	cprintf("call: no child %d, nobody %d\n", none == -E_CHILD,
		nobody == -E_BAD_ENV);
	cprintf("call: %u, %d of 100 wrong\n", nonce, wrong);
	exit();
}

static void test_call(void)
{
	envid_t me = sys_getenvid(), id = child_of();

	if (id == 0)
		call_from_afar(me);
	waitpid(id, NULL, 0);
}

/* A child that ends when its grandparent says so */
static envid_t obedient(envid_t grandparent)
{
	envid_t id = child_of();

	if (id == 0) {
		ipc_send(grandparent, 0, NULL, 0);
		ipc_recv(NULL, NULL, NULL);
		_exit(0);
	}
	return id;
}

/* The first message finds it away; the second one, after it was called home in
 * the middle of the call. The ends of its children come when it is called, and
 * when it has just been. */
static void wait_from_afar(envid_t parent)
{
	uint32_t value[2];
	int strangers = 0, wrong = 0;

	sys_migrate(0, 2);
	for (int i = 0; i < 2; i++) {
		envid_t from;

		value[i] = ipc_recv(&from, NULL, NULL);
		strangers += from != parent;
	}
	for (int i = 0; i < 4; i++) {
		envid_t id;

		sys_migrate(0, 0);
		id = obedient(parent);
		sys_migrate(0, 2);
		wrong += sys_wait4(id, NULL, 0, NULL) != id;
	}
	sys_migrate(0, 0);
	cprintf("letters: %u and %u, %d not from my parent\n", value[0],
		value[1], strangers);
	cprintf("letters: %d of 4 waited for another\n", wrong);
	exit();
}

static void test_letters(void)
{
	envid_t me = sys_getenvid(), id = child_of(), who;

	if (id == 0)
		wait_from_afar(me);
	wait_until_at(id, 2);
	wait_until_it_waits(id);
	ipc_send(id, nonce + 1, NULL, 0);
	wait_until_it_waits(id);
	cprintf("letters: it waits at node %d\n", where(id));
	sys_migrate(id, 0);
	wait_until_at(id, 1);
	ipc_send(id, nonce * 3, NULL, 0);
	for (int i = 0; i < 4; i++) {
		ipc_recv(&who, NULL, NULL);
		wait_until_at(id, 2);
		while (envs[ENVX(id)].env_status != ENV_NOT_RUNNABLE)
			sys_yield();
		sys_migrate(id, 0);
		if (i % 2 == 0)
			wait_until_at(id, 1);
		ipc_send(who, 0, NULL, 0);
	}
	waitpid(id, NULL, 0);
}

static uint8_t from[8192], to[8192];

static uint8_t letter(uint32_t i)
{
	return nonce + i * 7 + i / 256;
}

/* How many of the n bytes at p are not those of from, backwards */
static int differ(const volatile uint8_t *p, uint32_t n)
{
	int count = 0;

	for (uint32_t i = 0; i < n; i++)
		count += p[i] != letter(n - 1 - i);
	return count;
}

/* How many of the n bytes at p are not what */
static int not_all(const volatile uint8_t *p, uint32_t n, uint8_t what)
{
	int count = 0;

	for (uint32_t i = 0; i < n; i++)
		count += p[i] != what;
	return count;
}

/* What there was at to is there, behind the n bytes. */
static int echo(uint32_t n)
{
	int got;

	memset(to, 0x5A, sizeof(to));
	got = sys_echo(from, n, to);
	if (got < 0)
		return got;
	return differ(to, n) + not_all(to + n, sizeof(to) - n, 0x5A) == 0 ?
		got : -1000;
}

static void copy_from_afar(void)
{
	uint32_t n[] = { 0, 1 + nonce % 1000, 1408, 1409, 2816,
			 4200 + nonce % 3000, 8192 };
	int got[7], bad[4];

	for (uint32_t i = 0; i < sizeof(from); i++)
		from[i] = letter(i);
	give_page(BIG, PERM);
	give_page(BIG + PGSIZE, PTE_P | PTE_U);
	memset((void *)BIG, 0xA5, PGSIZE);
	sys_migrate(0, 2);
	for (int i = 0; i < 7; i++)
		got[i] = echo(n[i]);
	bad[0] = sys_echo(from, 1000, (void *)0x30000000);
	bad[1] = sys_echo(from, 4000, BIG + 100);	/* read-only */
	bad[2] = sys_echo(BIG + PGSIZE, 5000, to);	/* and no more */
	bad[3] = sys_echo(from, 8000, BIG + 4000);
	sys_migrate(0, 0);
	for (int i = 0; i < 7; i++)
		cprintf("pieces: %u bytes: %d\n", n[i], got[i]);
	for (int i = 0; i < 4; i++)
		cprintf("pieces: bad %d: %s\n", i,
			bad[i] == -E_FAULT ? "refused" : "NOT REFUSED");
	cprintf("pieces: %u, %d bytes written by the bad ones\n", nonce,
		not_all(BIG, PGSIZE, 0xA5) + not_all(BIG + PGSIZE, PGSIZE, 0));
	exit();
}

static void test_pieces(void)
{
	envid_t id = child_of();

	if (id == 0)
		copy_from_afar();
	waitpid(id, NULL, 0);
}

/* Each has its own copy of its parent's memory; it waits until its
 * grandparent has seen where it is. */
static void newborn(envid_t grandparent, uint32_t i, volatile uint32_t *words)
{
	words[i] += i;
	ipc_send(grandparent, words[i], NULL, 0);
	ipc_recv(NULL, NULL, NULL);
	_exit(0);
}

static void bear_from_afar(envid_t parent)
{
	static volatile uint32_t words[3];
	envid_t id;

	sys_migrate(0, 2);
	for (int i = 0; i < 3; i++)
		words[i] = nonce;
	for (int i = 0; i < 3; i++) {
		id = fork();
		if (id == 0)
			newborn(parent, i, words);
		if (id < 0)
			ipc_send(parent, id, NULL, 0);
		sys_wait4(id, NULL, 0, NULL);
	}
	id = sys_exofork();
	if (id == 0)
		_exit(1);
	sys_env_destroy(id);			/* never started */
	sys_wait4(id, NULL, 0, NULL);
	ipc_send(parent, words[0] + words[1] + words[2], NULL, 0);
	_exit(0);
}

static void test_birth(void)
{
	envid_t me = sys_getenvid(), id = child_of(), who;

	if (id == 0)
		bear_from_afar(me);
	for (int i = 0; i < 3; i++) {
		uint32_t value = ipc_recv(&who, NULL, NULL);

		cprintf("birth: %u at node %d\n", value, where(who));
		ipc_send(who, 0, NULL, 0);
	}
	cprintf("birth: their parent has %u\n", ipc_recv(NULL, NULL, NULL));
	waitpid(id, NULL, 0);
}

static void test_killed(void)
{
	envid_t id = child_of();
	int status = 0;

	if (id == 0) {
		sys_migrate(0, 2);
		ipc_recv(NULL, NULL, NULL);
		_exit(1);
	}
	wait_until_at(id, 2);
	wait_until_it_waits(id);
	sys_env_destroy(id);
	waitpid(id, &status, 0);
	cprintf("killed: %u, ended with %d\n", nonce, status);
}

/* A tree: what a leaf ends with comes from the nonce, what others end with from
 * their two children. */
static int grow(uint32_t place)
{
	envid_t id[2];
	int sum = 0;

	if (place >= 8)
		return (nonce + place) % 97;
	for (int i = 0; i < 2; i++) {
		id[i] = child_of();
		if (id[i] == 0)
			_exit(grow(2 * place + i));
	}
	for (int i = 0; i < 2; i++) {
		int status = -1;

		if (waitpid(id[i], &status, 0) != id[i] || status & 0xFF)
			cprintf("many: %u: status %x\n", place, status);
		sum += status >> 8;
	}
	return sum % 251;
}

static void test_many(void)
{
	cprintf("many: %u, %d\n", nonce, grow(1));
}

LABTESTS({ "call", test_call }, { "letters", test_letters },
	 { "pieces", test_pieces }, { "birth", test_birth },
	 { "killed", test_killed }, { "many", test_many })

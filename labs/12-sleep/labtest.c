/* The program of the tests: labtest TEST NONCE */
#define LAB_FORKS
#include "lab/labtest.h"

#define SHARED	((volatile uint32_t *)0x20000000)
#define NO_PAGE	((void *)UTOP)
#define MANY	8
#define LONG	4000		/* yields, for what should not take so long */

static void share_page(void)
{
	sys_page_alloc(0, (void *)SHARED, PTE_P | PTE_U | PTE_W | PTE_SHARE);
}

static int until(envid_t id, int status)
{
	for (int i = 0; i < LONG; i++) {
		if ((int)envs[ENVX(id)].env_status == status)
			return 1;
		sys_yield();
	}
	return 0;
}

/* Nobody sleeps here: all give way, and the clock takes turns from those that
 * do not. */
static uint32_t steps(uint32_t n, int place)
{
	for (int i = 0; i < 40; i++) {
		n = n * 3 + place;
		if (place % 2)
			sys_yield();
		else
			for (volatile int j = 0; j < 20000; j++)
				;
	}
	return n;
}

static void test_turns(void)
{
	int n = 3 + nonce % 5;
	envid_t id[MANY];
	uint32_t sum = 0;

	share_page();
	for (int i = 0; i < n; i++) {
		id[i] = child_of();
		if (id[i] == 0) {
			SHARED[i] = steps(nonce, i);
			exit();
		}
	}
	for (int i = 0; i < n; i++) {
		wait(id[i]);
		sum += SHARED[i];
	}
	cprintf("turns: %d processes, %u\n", n, sum);
}

static void receive_and_exit(void)
{
	_exit(ipc_recv(NULL, NULL, NULL));
}

static void test_codes(void)
{
	volatile int zero = 0;
	int status = -1, code = nonce % 200 + 1;
	envid_t id = child_of(), other;

	if (id == 0)
		receive_and_exit();
	cprintf("codes: alive %d\n", waitpid(id, &status, 1));
	cprintf("codes: a stranger %d\n", waitpid(sys_getenvid(), NULL, 0));
	cprintf("codes: options %d\n", waitpid(id, NULL, 2));
	cprintf("codes: rusage %d\n", sys_wait4(id, NULL, 1, &status));
	other = child_of();
	if (other == 0)
		_exit(10 / zero);
	cprintf("codes: division %s", waitpid(other, &status, 0) == other ?
		"" : "of another ");
	cprintf("%d\n", status);
	ipc_send(id, code, NULL, 0);
	cprintf("codes: nowhere %d\n", sys_wait4(id, (int *)0x1000, 0, NULL));
	cprintf("codes: child %d ", waitpid(-1, &status, 0) == id);
	cprintf("%d\n", status / 256);
	cprintf("codes: again %d\n", waitpid(-1, &status, 0));
}

/* The others end first, one by one, and each wakes the parent of all. */
static void test_which(void)
{
	int n = 4 + nonce % 4, last = nonce / 4 % n, status;
	envid_t id[MANY], teller, ended;

	for (int i = 0; i < n; i++) {
		id[i] = child_of();
		if (id[i] == 0)
			receive_and_exit();
	}
	teller = child_of();
	if (teller == 0) {
		for (int i = 1; i <= n; i++) {
			int which = (last + i) % n;

			ipc_send(id[which], nonce % 100 + which, NULL, 0);
			wait(id[which]);
		}
		exit();
	}
	ended = waitpid(id[last], &status, 0);
	cprintf("which: %d of %d %s %d\n", last, n, ended == id[last] ?
		"ended with" : "is not who ended:", status / 256);
	waitpid(teller, NULL, 0);
	for (int i = 1; i < n; i++) {
		ended = waitpid(-1, &status, 0);
		cprintf("which: then %d %d\n", ended == id[(last + i) % n],
			status / 256);
	}
}

/* Somebody stops the one that waits and starts it again, and the child ends
 * some time later. */
static void meddler(envid_t waiter)
{
	uint32_t runs;
	int asleep = until(waiter, ENV_NOT_RUNNABLE);

	runs = envs[ENVX(waiter)].env_runs;
	sys_env_set_status(waiter, ENV_NOT_RUNNABLE);
	sys_yield();
	sys_env_set_status(waiter, ENV_RUNNABLE);
	for (int i = 0; i < 100; i++)
		sys_yield();
	cprintf("asleep: %s, %u times awake, state %d\n",
		asleep ? "yes" : "no", envs[ENVX(waiter)].env_runs - runs,
		envs[ENVX(waiter)].env_status == ENV_NOT_RUNNABLE);
}

static void test_asleep(void)
{
	envid_t waiter, child;
	int status = 0;

	share_page();
	waiter = child_of();
	if (waiter == 0) {
		child = child_of();
		if (child == 0) {
			SHARED[0] = sys_getenvid();
			receive_and_exit();
		}
		child = waitpid(child, &status, 0);
		cprintf("asleep: %d has come, %d\n", child == (envid_t)SHARED[0],
			status / 256);
		_exit(status / 256 + 1);
	}
	while (SHARED[0] == 0)
		sys_yield();
	meddler(waiter);
	ipc_send(SHARED[0], nonce % 200, NULL, 0);
	cprintf("asleep: %d ", waitpid(-1, &status, 0) == waiter);
	cprintf("%d\n", status / 256);
}

/* A process that waits for its child, for a message, or for somebody to want
 * one, is killed; its child goes on, as nobody's. */
static envid_t to_be_killed(int how, envid_t top)
{
	envid_t id = child_of();

	if (id != 0)
		return id;
	if (how == 0) {
		if (child_of() == 0) {
			while (sys_getppid() != 0)
				sys_yield();
			ipc_send(top, nonce + 1, NULL, 0);
			exit();
		}
		waitpid(-1, NULL, 0);
	} else if (how == 1) {
		ipc_recv(NULL, NULL, NULL);
	} else {
		sys_ipc_send(top, 7, NO_PAGE, 0);
	}
	cprintf("killed: %d goes on\n", how);
	exit();
}

static void test_killed(void)
{
	envid_t id, top = sys_getenvid();
	int status = 0;

	for (int how = 0; how < 3; how++) {
		id = to_be_killed(how, top);
		until(id, ENV_NOT_RUNNABLE);
		kill(id, 9);
		cprintf("killed: %d %d ", how, waitpid(id, &status, 0) == id);
		cprintf("%d\n", status);
		if (how == 0)
			cprintf("killed: the orphan says %d\n",
				ipc_recv(NULL, NULL, NULL));
	}
	/* woken, and killed before it has gone on */
	id = to_be_killed(1, top);
	until(id, ENV_NOT_RUNNABLE);
	sys_env_set_status(id, ENV_NOT_RUNNABLE);
	cprintf("killed: message %d\n", sys_ipc_try_send(id, 1, NO_PAGE, 0));
	kill(id, 9);
	cprintf("killed: 3 %d ", waitpid(id, &status, 0) == id);
	cprintf("%d\n", status);
	cprintf("killed: %u, and that is all\n", nonce);
}

/* Three children, of three children each, of three children each. The code of
 * each is what it has of its own, and what its children have said. */
static int grow(uint32_t depth)
{
	int sum = nonce / (depth + 1) % 64, status;

	if (depth == 3)
		return sum;
	for (int i = 0; i < 3; i++)
		if (child_of() == 0)
			_exit(grow(depth + 1) % 256);
	for (int i = 0; i < 3; i++) {
		if (waitpid(-1, &status, 0) < 0)
			cprintf("family: nobody has ended\n");
		sum += status / 256;
	}
	return sum;
}

static void test_family(void)
{
	cprintf("family: %d\n", grow(0) % 256);
}

LABTESTS({ "turns", test_turns }, { "codes", test_codes },
	 { "which", test_which }, { "asleep", test_asleep },
	 { "killed", test_killed }, { "family", test_family })

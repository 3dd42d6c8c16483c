#include "inc/lib.h"

static int good, bad;

static void expect(const char *what, int got, int wanted)
{
	if (got == wanted) {
		good++;
		return;
	}
	bad++;
	cprintf("waittest: %s: %x instead of %x\n", what, got, wanted);
}

/* A child that does what f says. */
static envid_t child_that(void (*f)(void))
{
	envid_t id = fork();

	if (id == 0) {
		f();
		exit();
	}
	return id;
}

static void say_seven(void)
{
	_exit(7);
}

static void divide(void)
{
	volatile int zero = 0;

	zero = 10 / zero;
}

static void for_ever(void)
{
	for (;;)
		;
}

static void end_when_told(void)
{
	_exit(ipc_recv(NULL, NULL, NULL));
}

static int status_of(envid_t id)
{
	int status = -1;

	expect("its id", waitpid(id, &status, 0), id);
	return status;
}

static void how_it_ended(void)
{
	envid_t id;

	expect("a code", status_of(child_that(say_seven)), 7 << 8);
	expect("a division", status_of(child_that(divide)), 8);
	id = child_that(for_ever);
	expect("kill, asking", kill(id, 0), 0);
	expect("kill", kill(id, 9), 0);
	expect("killed", status_of(id), 9);
	expect("gone", kill(id, 9), -E_BAD_ENV);
}

static void waiting(void)
{
	envid_t slow = child_that(end_when_told), quick;
	int status;

	expect("not yet", waitpid(slow, &status, 1), 0);
	quick = child_that(say_seven);
	expect("whoever is first", waitpid(-1, &status, 0), quick);
	ipc_send(slow, 1, NULL, 0);
	expect("then the other", waitpid(-1, &status, 0), slow);
	expect("its code", status, 1 << 8);
	expect("no more", waitpid(-1, &status, 0), -E_CHILD);
	expect("not ours", waitpid(sys_getppid(), &status, 0), -E_CHILD);
}

/* Killed when it has been woken and has not gone on: it was stopped before. */
static void woken(void)
{
	envid_t id = child_that(end_when_told);

	while (!envs[ENVX(id)].env_ipc_recving)
		sys_yield();
	sys_env_set_status(id, ENV_NOT_RUNNABLE);
	expect("a message", sys_ipc_try_send(id, 1, (void *)UTOP, 0), 0);
	kill(id, 9);
	expect("killed half way", status_of(id), 9);
}

/* The grandchild outlives its parent, and belongs to nobody. */
static void orphans(void)
{
	static envid_t top;
	envid_t child;

	top = sys_getenvid();
	child = fork();
	if (child == 0) {
		if (fork() != 0)
			_exit(3);
		while (sys_getppid() != 0)
			sys_yield();
		ipc_send(top, 5, NULL, 0);
		exit();
	}
	expect("the parent", status_of(child), 3 << 8);
	expect("the orphan", ipc_recv(NULL, NULL, NULL), 5);
}

static void ids(void)
{
	envid_t id = fork();

	if (id == 0) {
		bad = 0;
		expect("root", getuid(), 0);
		expect("to another", setuid(1000), 0);
		expect("and never back", setuid(0), -E_PERM);
		expect("kill root's", kill(sys_getppid(), 9), -E_PERM);
		_exit(bad);
	}
	expect("a stranger's", status_of(id), 0);
}

void umain(int argc, char **argv)
{
	USED(argc), USED(argv);
	how_it_ended();
	waiting();
	woken();
	orphans();
	ids();
	cprintf("waittest: %d good, %d bad\n", good, bad);
}

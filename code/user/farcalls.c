#include "inc/lib.h"

/* What a program can see of its own system calls: as at home, wherever it is.
 * args="NODE". */
static int good, bad;

static void expect(const char *what, int got, int wanted)
{
	if (got == wanted) {
		good++;
		return;
	}
	bad++;
	cprintf("farcalls: %s: %x instead of %x\n", what, got, wanted);
}

static int where(envid_t id)
{
	struct mosix_info info;

	return sys_where(id, &info) < 0 ? -1 : (int)info.node;
}

static void identity(envid_t me, envid_t parent)
{
	expect("getpid", sys_getpid(), me);
	expect("getenvid", sys_getenvid(), me);
	expect("thisenv", thisenv->env_id, me);
	expect("my place in envs", envs[ENVX(me)].env_id, me);
	expect("my parent there", thisenv->env_parent_id, parent);
	expect("getppid", sys_getppid(), parent);
	expect("getuid", getuid(), 0);
}

static void memory(void)
{
	static const char text[] = "farcalls: text from afar\n";
	uint32_t tms[4];

	expect("write", sys_write(1, text, sizeof(text) - 1),
	       sizeof(text) - 1);
	expect("write of the kernel's", sys_write(1, (void *)KERNBASE, 4),
	       -E_FAULT);
	expect("write of nothing", sys_write(1, (void *)0x1000, 4), -E_FAULT);
	expect("write, long and bad",
	       sys_write(1, text, 64 * 1024 * 1024), -E_FAULT);
	expect("times", sys_times(tms) > 0, 1);
	expect("times, bad", sys_times((void *)0x1000), -E_FAULT);
	expect("times, read-only", sys_times((void *)UENVS), -E_FAULT);
}

/* A page of ours, new, and written after it has been shared by a fork. */
static volatile int shared = 1;

static void child_life(void)
{
	expect("born with a copy", shared, 1);
	shared = 3;
	_exit(bad == 0 ? 42 : 43);
}

static void family(void)
{
	int status = -1, node = where(0);
	envid_t id = fork();

	if (id == 0)
		child_life();
	expect("fork", id > 0, 1);
	expect("still there", where(0), node);
	shared = 2;
	expect("waitpid", waitpid(id, &status, 0), id);
	expect("its status", status, 42 << 8);
	expect("our copy", shared, 2);
	expect("no more children", waitpid(-1, &status, 0), -E_CHILD);
	expect("it is gone", sys_kill(id, 0), -E_BAD_ENV);
}

static void letters(envid_t parent)
{
	envid_t from;

	ipc_send(parent, 7, NULL, 0);
	expect("an answer", ipc_recv(&from, NULL, NULL), 8);
	expect("from whom", from, parent);
}

static void life(envid_t parent, int node)
{
	envid_t me = sys_getenvid();

	expect("there", sys_migrate(0, node), 0);
	expect("where", where(0), node);
	identity(me, parent);
	memory();
	family();
	letters(parent);
	expect("home", sys_migrate(0, 0), 0);
	identity(me, parent);
	ipc_send(parent, bad, NULL, 0);
	cprintf("farcalls: %d good, %d bad\n", good, bad);
}

void umain(int argc, char **argv)
{
	int node = argc > 1 ? strtol(argv[1], NULL, 10) : 2;
	envid_t me = sys_getenvid(), child = fork();

	if (child == 0) {
		life(me, node);
		return;
	}
	sys_lock(0, 1);
	if (ipc_recv(NULL, NULL, NULL) == 7)
		ipc_send(child, 8, NULL, 0);
	ipc_recv(NULL, NULL, NULL);
}

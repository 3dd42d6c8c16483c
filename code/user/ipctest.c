#include "inc/lib.h"

#define PAGE	((char *)0x10000000)
#define OTHER	((char *)0x10001000)
#define RU	(PTE_P | PTE_U)
#define RWU	(PTE_P | PTE_U | PTE_W)
#define NO_PAGE	((void *)UTOP)

static int good, bad;

static void expect(const char *what, int got, int wanted)
{
	if (got == wanted) {
		good++;
		return;
	}
	bad++;
	cprintf("ipctest: %s: %d instead of %d\n", what, got, wanted);
}

/* Until that process waits for a message. */
static void until_waits(envid_t id)
{
	while (!envs[ENVX(id)].env_ipc_recving)
		sys_yield();
}

/* Until it waits for somebody to want its message. */
static void until_stopped(envid_t id)
{
	while (envs[ENVX(id)].env_status != ENV_NOT_RUNNABLE)
		sys_yield();
}

static void refusals(envid_t parent)
{
	envid_t child = fork();

	if (child == 0) {
		ipc_recv(NULL, PAGE, NULL);
		exit();
	}
	until_waits(child);
	expect("nobody", sys_ipc_try_send(child + (1 << 12), 0, NO_PAGE, 0),
	       -E_BAD_ENV);
	expect("one that does not wait", sys_ipc_try_send(parent, 0, NO_PAGE,
							  0), -E_IPC_NOT_RECV);
	expect("itself", sys_ipc_send(parent, 0, NO_PAGE, 0), -E_INVAL);
	expect("off a page", sys_ipc_send(child, 0, PAGE + 1, RU), -E_INVAL);
	expect("no page there", sys_ipc_send(child, 0, OTHER, RU), -E_INVAL);
	expect("without U", sys_ipc_send(child, 0, PAGE, PTE_P), -E_INVAL);
	sys_page_map(0, PAGE, 0, OTHER, RU);
	expect("more than it has", sys_ipc_send(child, 0, OTHER, RWU),
	       -E_INVAL);
	expect("a place off a page", sys_ipc_recv(PAGE + 1), -E_INVAL);
	expect("none of them", envs[ENVX(child)].env_ipc_recving, 1);
	expect("at last", sys_ipc_send(child, 0, OTHER, RU), 0);
	sys_page_unmap(0, OTHER);
	wait(child);
}

/* The first waits in vain: the receiver ends. */
static void dead_receiver(void)
{
	envid_t receiver = fork(), sender;

	if (receiver == 0)
		for (;;)
			sys_yield();
	sender = fork();
	if (sender == 0) {
		envid_t parent = thisenv->env_parent_id;
		int err = sys_ipc_send(receiver, 0, NO_PAGE, 0);

		ipc_send(parent, err, NULL, 0);
		exit();
	}
	until_stopped(sender);
	sys_env_destroy(receiver);
	expect("the receiver ended", ipc_recv(NULL, NULL, NULL), -E_BAD_ENV);
	wait(sender);
}

/* The second of three that wait to send ends: the others get through, in the
 * order in which they came. */
static void dead_sender(void)
{
	envid_t sender[3], from;

	for (int i = 0; i < 3; i++) {
		sender[i] = fork();
		if (sender[i] == 0) {
			ipc_send(thisenv->env_parent_id, i, NULL, 0);
			exit();
		}
		until_stopped(sender[i]);
	}
	sys_env_destroy(sender[1]);
	expect("the first", ipc_recv(&from, NULL, NULL), 0);
	expect("its id", from, sender[0]);
	expect("the third", ipc_recv(&from, NULL, NULL), 2);
	expect("its id", from, sender[2]);
	wait(sender[0]);
	wait(sender[2]);
}

/* A process is born where another one died waiting. */
static void reborn(void)
{
	envid_t child = fork();

	if (child == 0)
		ipc_recv(NULL, NULL, NULL);
	until_waits(child);
	sys_env_destroy(child);
	child = fork();
	if (child == 0) {
		ipc_send(thisenv->env_parent_id, 5, NULL, 0);
		exit();
	}
	expect("born awake", ipc_recv(NULL, NULL, NULL), 5);
	wait(child);
}

/* The page goes away while its sender waits: the sender hears of it, and the
 * receiver goes on waiting. */
static void lost_page(void)
{
	envid_t sender = fork(), from;

	if (sender == 0) {
		envid_t parent = thisenv->env_parent_id;

		sys_page_alloc(0, OTHER, RWU);
		ipc_send(parent, sys_ipc_send(parent, 1, OTHER, RWU), NULL, 0);
		exit();
	}
	until_stopped(sender);
	sys_page_unmap(sender, OTHER);
	expect("the page was lost", ipc_recv(&from, PAGE, NULL), -E_INVAL);
	expect("and it said so", from, sender);
	wait(sender);
}

/* Its parent stops a process that waits; the message comes, and it goes on
 * only when its parent says so. */
static void stopped(void)
{
	envid_t child = fork();
	uint32_t runs;

	if (child == 0) {
		int n = ipc_recv(NULL, NULL, NULL);

		ipc_send(thisenv->env_parent_id, n + 1, NULL, 0);
		exit();
	}
	until_waits(child);
	sys_env_set_status(child, ENV_NOT_RUNNABLE);
	runs = envs[ENVX(child)].env_runs;
	expect("to one that is stopped", sys_ipc_send(child, 7, NO_PAGE, 0),
	       0);
	for (int i = 0; i < 20; i++)
		sys_yield();
	expect("it is still stopped", envs[ENVX(child)].env_runs - runs, 0);
	sys_env_set_status(child, ENV_RUNNABLE);
	expect("it goes on", ipc_recv(NULL, NULL, NULL), 8);
	wait(child);
}

/* Two that send to each other: when all the rest have ended, one of them ends
 * and the other hears of it. */
static void embrace(void)
{
	envid_t one = sys_getenvid(), two = fork();
	int err;

	if (two == 0)
		two = one;
	err = sys_ipc_send(two, 0, NO_PAGE, 0);
	cprintf("ipctest: embrace: %e\n", err);
}

/* Messages that are refused, and those who wait for somebody that ends. */
void umain(int argc, char **argv)
{
	USED(argc), USED(argv);
	sys_page_alloc(0, PAGE, RWU);
	refusals(sys_getenvid());
	dead_receiver();
	dead_sender();
	reborn();
	lost_page();
	stopped();
	cprintf("ipctest: %d good, %d bad\n", good, bad);
	embrace();
}

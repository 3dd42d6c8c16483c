#include "inc/lib.h"

#define HERE	((void *)0xA00000)

static int good, bad;

static void check(const char *what, int got, int wanted)
{
	if (got == wanted) {
		good++;
		return;
	}
	bad++;
	cprintf("flytest: %s: %d instead of %d\n", what, got, wanted);
}

static struct mosix_info where(envid_t id)
{
	struct mosix_info info = { 0 };

	check("sys_where", sys_where(id, &info), 0);
	return info;
}

/* A child that computes for ever, in registers alone. */
static envid_t spinner(void)
{
	envid_t id = fork();

	while (id == 0)
		asm volatile("");
	return id;
}

static void wait_until_at(envid_t id, uint32_t node)
{
	struct mosix_info info;

	do
		sys_yield();
	while (sys_where(id, &info) == 0 && info.node != node);
}

static void fly_to(envid_t id, int node)
{
	check("it is sent", sys_migrate(id, node), 0);
	wait_until_at(id, node);
}

static void refusals(int there)
{
	check("no such node", sys_migrate(0, 31), -E_NO_NODE);
	check("no such process", sys_migrate(1023, there), -E_BAD_ENV);
	check("a bad address", sys_where(0, (void *)KERNBASE), -E_FAULT);
	sys_lock(0, 1);
	check("locked", where(0).stay, DNOMIGRATE);
	check("but asked by name", sys_migrate(0, there), 0);
	check("there", where(0).moves, 1);
	sys_lock(0, 0);
	check("not locked", where(0).stay, 0);
	sys_migrate(0, 0);
	wait_until_at(0, 3 - there);	/* home */
}

static void reasons(int there)
{
	envid_t child = sys_exofork();

	if (child == 0)
		exit();
	check("OTHER1", sys_migrate(0, there), -E_STAY);
	check("OTHER2", where(child).stay, DSTAY_FOR_OTHER2);
	sys_env_destroy(child);
	check("no child any more", sys_migrate(0, there), 0);
	child = sfork();
	while (child == 0)
		asm volatile("");
	check("MONKEY", sys_migrate(0, there), -E_STAY);
	sys_env_destroy(child);
	waitpid(child, NULL, 0);
	check("alone again", sys_migrate(0, there), 0);
}

static void orders(int me, int there)
{
	envid_t child = spinner();
	int status;

	fly_to(child, there);
	check("it is stopped", sys_env_set_status(child, ENV_NOT_RUNNABLE), 0);
	wait_until_at(child, me);
	sys_env_set_status(child, ENV_RUNNABLE);
	fly_to(child, there);
	check("a page for it", sys_page_alloc(child, HERE,
					      PTE_P | PTE_U | PTE_W), 0);
	check("which was fetched", where(child).node, me);
	fly_to(child, there);
	sys_env_destroy(child);
	check("it is waited for", waitpid(child, &status, 0), child);
	check("it was killed", status, 9);
}

/* args=expel on=all: node 2 does not want guests, for four seconds. */
static void expel(int me)
{
	envid_t child;
	int start = sys_times(NULL);

	while (me != 1 && sys_times(NULL) - start < 400)
		sys_expel();
	if (me != 1)
		return;
	while (sys_times(NULL) - start < 100)
		sys_yield();		/* node 2 is to begin first */
	child = spinner();
	sys_migrate(child, 2);
	while (where(child).moves < 2)
		sys_yield();
	check("expelled", where(child).node, me);
	sys_env_destroy(child);
	cprintf("flytest: expelled\n");
}

void umain(int argc, char **argv)
{
	struct node_info n;
	int me = sys_cluster(0, &n);
	int there = me == 1 ? 2 : 1;

	USED(argv);
	need_mosix();
	if (argc > 1) {
		expel(me);
		return;
	}
	refusals(there);
	reasons(there);
	orders(me, there);
	cprintf("flytest: %d good, %d bad\n", good, bad);
}

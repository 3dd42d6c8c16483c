#include "inc/lib.h"

/* One that makes children is sent away and called home all the while, each
 * time a little later in what it does. args="NODE CHILDREN" */
static void have_children(int n)
{
	while (n-- > 0) {
		envid_t id = fork();
		int status;

		if (id < 0)
			panic("fork: %e", id);
		if (id == 0)
			_exit(7);
		if (waitpid(id, &status, 0) != id || status != 7 << 8)
			panic("a child that ended otherwise: %x", status);
	}
	cprintf("recall: all have been born\n");
	_exit(0);
}

/* A child that computes until it is stopped. */
static envid_t compute(void)
{
	envid_t id = fork();

	while (id == 0)
		asm volatile("");
	return id;
}

/* Until id is there; false: it has ended. */
static bool bring(envid_t id, int node)
{
	struct mosix_info info;

	while (sys_where(id, &info) == 0) {
		if ((int)info.node == node)
			return true;
		sys_migrate(id, node);
		sys_yield();
	}
	return false;
}

void umain(int argc, char **argv)
{
	envid_t mother, busy = compute();
	struct mosix_info here;
	int away, trips = 0;

	if (argc != 3)
		panic("usage: recall NODE CHILDREN");
	away = strtol(argv[1], NULL, 10);
	sys_where(0, &here);
	mother = fork();
	if (mother == 0)
		have_children(strtol(argv[2], NULL, 10));
	while (bring(mother, away)) {
		for (int n = 0; n < trips % 32; n++)
			sys_yield();
		if (bring(mother, here.node))
			trips++;
	}
	cprintf("recall: %d times there and back\n", trips);
	kill(busy, 9);
}

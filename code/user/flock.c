#include "inc/lib.h"

/* What a child computes; at home it is known how it ends. gcc is not to know
 * that it gives the same the second time: it would do nothing at all. */
static uint32_t compute(uint32_t seed, int thousands)
{
	uint32_t x = seed;

	for (int i = 0; i < thousands * 1000; i++) {
		x = x * 1664525 + 1013904223;
		asm volatile("" : "+r"(x));
	}
	return x;
}

static void child(int n, int thousands)
{
	uint32_t first = compute(n, thousands);

	_exit(first == compute(n, thousands) ? 1 + n % 100 : 255);
}

/* Children that only compute, wherever they are; how each one ended, told by
 * who stays at home: args="CHILDREN THOUSANDS". */
void umain(int argc, char **argv)
{
	int children = argc > 1 ? strtol(argv[1], NULL, 10) : 4;
	int thousands = argc > 2 ? strtol(argv[2], NULL, 10) : 200;
	int right = 0, lost = 0, wrong = 0;
	envid_t id[64];

	sys_lock(0, 1);
	for (int i = 0; i < children; i++) {
		id[i] = fork();
		if (id[i] == 0) {
			sys_lock(0, 0);
			child(i, thousands);
		}
	}
	for (int i = 0; i < children; i++) {
		int status = -1;

		if (id[i] < 0) {
			lost++;
			continue;
		}
		if (waitpid(id[i], &status, 0) != id[i])
			wrong++;
		else if (status == (1 + i % 100) << 8)
			right++;
		else if (status == 9)
			lost++;
		else
			wrong++;
	}
	cprintf("flock: %d right, %d lost, %d wrong\n", right, lost, wrong);
}

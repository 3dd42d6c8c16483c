#include "inc/lib.h"

enum {
	TIMES = 100,
	STEPS = 10000000,
};

static struct node_info link_with(int node)
{
	struct node_info n;

	sys_cluster(node, &n);
	return n;
}

static void measure(const char *what, int node, void (*f)(void))
{
	struct node_info before = link_with(node), after;
	uint64_t start = read_tsc(), end;

	for (int i = 0; i < TIMES; i++)
		f();
	end = read_tsc();
	after = link_with(node);
	cprintf("%s: %u cycles, %u.%02u frames, %u bytes a call\n", what,
		(uint32_t)(end - start) / TIMES,
		(after.frames_out + after.frames_in - before.frames_out -
		 before.frames_in) / TIMES,
		(after.frames_out + after.frames_in - before.frames_out -
		 before.frames_in) % TIMES,
		(after.bytes_out + after.bytes_in - before.bytes_out -
		 before.bytes_in) / TIMES);
}

static void local_call(void)
{
	sys_getpid();
}

static void forwarded_call(void)
{
	sys_getuid();
}

static void with_memory(void)
{
	uint32_t tms[4];

	sys_times(tms);
}

/* Thousands of cycles of a long stretch without calls. */
static uint32_t compute(void)
{
	uint64_t start = read_tsc();
	uint32_t x = 1;

	for (int i = 0; i < STEPS; i++) {
		x = x * 1664525 + 1013904223;
		asm volatile("" : "+r"(x));
	}
	return (uint32_t)(read_tsc() - start) / 1000;
}

/* A system call, and ten million steps of a loop, at home and away. */
void umain(int argc, char **argv)
{
	uint32_t home, away;

	USED(argc), USED(argv);
	home = compute();
	measure("at home, getpid", 2, local_call);
	measure("at home, getuid", 2, forwarded_call);
	if (sys_migrate(0, 2) < 0)
		panic("it did not fly");
	measure("away, getpid (local)", 2, local_call);
	measure("away, getuid (forwarded)", 2, forwarded_call);
	measure("away, times (and 16 bytes)", 2, with_memory);
	away = compute();
	cprintf("without calls: %u thousand cycles at home, %u away\n", home,
		away);
}

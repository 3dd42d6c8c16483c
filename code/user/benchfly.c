#include "inc/lib.h"

enum {
	TRIPS = 4,
};

static char *const memory = (char *)0x10000000;

/* All that a node has done, once its next hello has come. */
static uint32_t busy(int node)
{
	struct node_info n;
	uint32_t before;

	sys_cluster(node, &n);
	before = n.load.busy;
	while (n.load.busy == before)
		sys_cluster(node, &n);
	return n.load.busy;
}

static struct node_info link_with(int node)
{
	struct node_info n;

	sys_cluster(node, &n);
	return n;
}

/* TRIPS there and back with that many pages more, told page by page. */
static void measure(int node, int pages)
{
	struct node_info before, after;
	struct mosix_info info;
	uint32_t start, end;

	for (int i = 0; i < pages; i++)
		if (sys_page_alloc(0, memory + i * PGSIZE,
				   PTE_P | PTE_U | PTE_W) < 0)
			panic("no memory");
	before = link_with(node);
	start = (uint32_t)read_tsc();
	for (int i = 0; i < TRIPS; i++)
		if (sys_migrate(0, node) < 0 || sys_migrate(0, 0) < 0)
			panic("it did not fly");
	end = (uint32_t)read_tsc();
	after = link_with(node);
	sys_where(0, &info);
	cprintf("fly: %3d pages more, out: %u frames, %u bytes; in: %u frames,"
		" %u bytes; %u thousand cycles a trip\n", pages,
		(after.frames_out - before.frames_out) / TRIPS,
		(after.bytes_out - before.bytes_out) / TRIPS,
		(after.frames_in - before.frames_in) / TRIPS,
		(after.bytes_in - before.bytes_in) / TRIPS,
		(end - start) / TRIPS / 1000);
}

void umain(int argc, char **argv)
{
	static const int sizes[] = { 0, 16, 64, 256 };

	USED(argc), USED(argv), USED(busy);
	need_mosix();
	for (uint32_t i = 0; i < ARRAY_SIZE(sizes); i++)
		measure(2, sizes[i]);
}

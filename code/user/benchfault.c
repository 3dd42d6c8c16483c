#include "inc/lib.h"

#define VA	((void *)0x10000000)
#define RWU	(PTE_P | PTE_U | PTE_W)
#define TIMES	20

/* Goes on after the instruction that faulted, which has two bytes. */
static void skip(struct UTrapframe *utf)
{
	utf->utf_eip += 2;
}

static void get_page(struct UTrapframe *utf)
{
	sys_page_alloc(0, (void *)utf->utf_fault_va, RWU);
}

static void touch(void)
{
	asm volatile("movl %%eax, (%%ecx)" : : "a"(1), "c"(VA) : "memory");
}

static void alloc(void)
{
	sys_page_alloc(0, VA, RWU);
}

static void nothing(void)
{
}

/* The least that f costs; undo: leaves things as they were. */
static uint32_t least(void (*f)(void), bool undo)
{
	uint32_t best = -1;

	for (int i = 0; i < TIMES; i++) {
		uint64_t start = read_tsc(), spent;

		f();
		spent = read_tsc() - start;
		if (spent < best)
			best = spent;
		if (undo)
			sys_page_unmap(0, VA);
	}
	return best;
}

void umain(int argc, char **argv)
{
	uint32_t empty = least(nothing, false);

	USED(argc), USED(argv);
	set_pgfault_handler(skip);
	cprintf("upcall: %u instructions\n", least(touch, false) - empty);
	set_pgfault_handler(get_page);
	cprintf("upcall and page: %u instructions\n",
		least(touch, true) - empty);
	sys_page_alloc(0, VA, RWU);
	cprintf("page over a page: %u instructions\n",
		least(alloc, false) - empty);
}

#include "inc/lib.h"

static char page[3 * PGSIZE] __attribute__((aligned(PGSIZE)));

static int call(uint32_t nr)
{
	int ret;

	asm volatile("int $0x80" : "=a"(ret) : "a"(nr) : "memory");
	return ret;
}

static void expect(const char *what, int got, int wanted)
{
	if (got != wanted)
		panic("%s gave %d, not %d", what, got, wanted);
}

/* Every bad number is -E_NO_SYS, every bad pointer -E_FAULT, and the good
 * ones beside them are neither. */
void umain(int argc, char **argv)
{
	USED(argc), USED(argv);
	expect("call 511", call(511), -E_NO_SYS);
	expect("call -1", call(-1), -E_NO_SYS);
	expect("call NR_syscalls", call(NR_syscalls), -E_NO_SYS);
	expect("nothing at 0", sys_write(1, NULL, 0), 0);
	expect("at 0", sys_write(1, NULL, 1), -E_FAULT);
	expect("across the end of the stack",
	       sys_write(1, (char *)USTACKTOP - 1, 2), -E_FAULT);
	expect("kernel", sys_write(1, (char *)KERNBASE, 1), -E_FAULT);
	expect("across ULIM", sys_write(1, (char *)ULIM - 1, 2), -E_FAULT);
	expect("round the top", sys_write(1, (char *)-1, 2), -E_FAULT);
	expect("round it all", sys_write(1, page, 0x7FFFFFFF), -E_FAULT);
	expect("negative", sys_write(1, page, -1), -E_INVAL);
	expect("fd 7", sys_write(7, page, 1), -E_BADF);
	for (int i = 0; i < 3 * PGSIZE; i++)
		page[i] = '.';
	expect("two pages", sys_write(1, page + PGSIZE - 2, 4), 4);
	cprintf("\nbad pointers: all refused\n");
}

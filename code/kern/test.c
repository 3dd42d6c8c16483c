#include "inc/assert.h"
#include "inc/string.h"
#include "kern/test.h"
#include "inc/x86.h"

static void test_printf(void)
{
	char buf[8];

	cprintf("[%d] [%5d] [%-5d] [%05d] [%+d]\n", -7, 42, 42, 42, 42);
	cprintf("[%u] [%o] [%#o] [%#.3o] [%#05o]\n", 4294967295u, 8, 8, 8, 0);
	cprintf("[%x] [%X] [%#x] [%08x] [%p]\n", 0xBEEF, 0xBEEF, 0xBEEF,
		0xBEEF, (void *)0xF0100000);
	cprintf("[%lld] [%llu] [%llx]\n", -9223372036854775807LL - 1,
		18446744073709551615ULL, 0x123456789ABCDEFULL);
	cprintf("[%s] [%6s] [%-6s] [%.2s] [%*s]\n", "nido", "nido", "nido",
		"nido", 6, "nido");
	cprintf("[%c] [%3c] [%%] [%.3d] [%hhd]\n", 'g', 'g', 5, 511);
	cprintf("[%s] [%d]\n", buf, snprintf(buf, sizeof(buf), "golondrina"));
}

static void __attribute__((noinline)) fall(int height)
{
	panic("test: fell from %d meters", height);
}

static void __attribute__((noinline)) fly(int height)
{
	fall(height / 2);
}

/* Writes on the kernel's own code. */
static void test_text(void)
{
	extern char text_start[];

	cprintf("test: writing at %p\n", text_start);
	*(volatile char *)text_start = 0;
	cprintf("test: written\n");
}

static void test_breakpoint(void)
{
	cprintf("test: before the breakpoint\n");
	breakpoint();
	cprintf("test: after the breakpoint\n");
}

static void test_divide(void)
{
	volatile int one = 1, zero = 0;

	cprintf("test: %d\n", one / zero);
}

void run_test(const char *name)
{
	if (strcmp(name, "printf") == 0)
		test_printf();
	else if (strcmp(name, "panic") == 0)
		fly(6);
	else if (strcmp(name, "text") == 0)
		test_text();
	else if (strcmp(name, "breakpoint") == 0)
		test_breakpoint();
	else if (strcmp(name, "divide") == 0)
		test_divide();
	else
		cprintf("unknown test: %s\n", name);
}

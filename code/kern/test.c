#include "inc/assert.h"
#include "inc/string.h"
#include "kern/test.h"
#include "kern/race.h"
#include "kern/spinlock.h"
#include "inc/x86.h"
#include "kern/env.h"
#include "kern/hooks.h"
#include "kern/pmap.h"
#include "kern/printf.h"
#include "kern/programs.h"
#include "kern/mpconfig.h"

static void test_printf(void)
{
	char buf[8];

	cprintf("[%d] [%5d] [%-5d] [%05d] [%+d]\n", -7, 42, 42, 42, 42);
	cprintf("[%u] [%o] [%#o] [%#.3o] [%#05o]\n", 4294967295u, 8, 8, 8, 0);
	cprintf("[%x] [%X] [%#x] [%#X] [%08x] [%p]\n", 0xBEEF, 0xBEEF, 0xBEEF,
		0xBEEF, 0xBEEF, (void *)0xF0100000);
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

/* A program of the kernel's, to be damaged. */
static uint8_t file[64 * 1024];

static uint32_t any(void)
{
	static uint32_t state = 1;

	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state;
}

/* Changes a few bytes of the headers, and perhaps cuts the end off. */
static uint32_t damage(const struct program *p)
{
	memcpy(file, p->elf, p->size);
	for (uint32_t n = 1 + any() % 4; n > 0; n--)
		file[any() % 256] = any() >> any() % 32;
	return any() % 4 == 0 ? any() % p->size : p->size;
}

/* Files that no linker wrote: each is refused, or loaded and freed, and
 * nothing is lost. */
static void test_elf(void)
{
	const struct program *p = find_program("hello");
	uint32_t pages = nfree, envs = nfree_envs, loaded = 0, refused = 0;
	struct task *t;

	assert(p->size <= sizeof(file));
	quiet = true;
	for (int i = 0; i < 500; i++) {
		if (env_create(file, damage(p), &t) == 0) {
			env_free(t);
			loaded++;
		} else {
			refused++;
		}
		assert(nfree == pages && nfree_envs == envs);
	}
	quiet = false;
	cprintf("test: 500 damaged files, %u refused, %u loaded and freed\n",
		refused, loaded);
}

/* Deeper and deeper, until the stack has no more room. */
static uint32_t dig(volatile uint32_t depth)
{
	return depth == 0 ? 0 : dig(depth - 1) + 1;
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
	else if (strcmp(name, "elf") == 0)
		test_elf();
	else if (strcmp(name, "mp") == 0)
		mp_check();
	else if (strcmp(name, "race") == 0)
		race();
	else if (strcmp(name, "overflow") == 0)
		cprintf("%u deep\n", dig(1000000));
	else if (strcmp(name, "wire") == 0)
		wire_start();
	else if (strcmp(name, "deadlock") == 0)
		lock_kernel();
	else if (strcmp(name, "pci") == 0)
		pci_list();
	else if (strcmp(name, "ne2000") == 0)
		ne2000_check();
	else
		cprintf("unknown test: %s\n", name);
}

#include "inc/string.h"
#include "inc/trap.h"
#include "inc/x86.h"
#include "kern/check.h"
#include "kern/console.h"
#include "kern/monitor.h"
#include "kern/panic.h"
#include "kern/pmap.h"
#include "kern/power.h"
#include "kern/trap.h"

enum {
	MAXARGS = 8,
};

/* An order returns true when the monitor has to end. */
struct order {
	const char *name;
	const char *args;
	const char *help;
	bool (*run)(int argc, char **argv, struct pt_regs *regs);
};

static bool order_help(int argc, char **argv, struct pt_regs *regs);

static bool no_regs(struct pt_regs *regs)
{
	if (regs == NULL)
		cprintf("nothing was interrupted\n");
	return regs == NULL;
}

static bool order_backtrace(int argc, char **argv, struct pt_regs *regs)
{
	(void)argc, (void)argv;
	if (no_regs(regs))
		return false;
	print_stop(regs);
	backtrace_regs(regs);
	return false;
}

static bool order_regs(int argc, char **argv, struct pt_regs *regs)
{
	(void)argc, (void)argv;
	if (!no_regs(regs))
		print_registers(regs);
	return false;
}

/* A number in hexadecimal, with or without 0x; false if it is none. */
static bool get_hex(const char *s, uint32_t *n)
{
	int digits = 0;

	if (strncmp(s, "0x", 2) == 0)
		s += 2;
	for (*n = 0; *s; s++, digits++) {
		int c = *s | 0x20;

		if (c >= '0' && c <= '9')
			*n = *n << 4 | (c - '0');
		else if (c >= 'a' && c <= 'f')
			*n = *n << 4 | (c - 'a' + 10);
		else
			return false;
	}
	return digits > 0 && digits <= 8;
}

static bool get_addr(int argc, char **argv, uint32_t *addr)
{
	if (argc >= 2 && get_hex(argv[1], addr))
		return true;
	cprintf("%s: an address in hexadecimal is needed\n", argv[0]);
	return false;
}

/* Shows words of memory, but only those that are mapped. */
static bool order_mem(int argc, char **argv, struct pt_regs *regs)
{
	uint32_t addr, count = 4;
	int perm;
	physaddr_t pa;

	(void)regs;
	if (!get_addr(argc, argv, &addr))
		return false;
	if (argc >= 3 && !get_hex(argv[2], &count))
		count = 4;
	addr = ROUNDDOWN(addr, 4);
	for (uint32_t i = 0; i < count; i++, addr += 4) {
		if (i % 4 == 0)
			cprintf("%s%08x:", i ? "\n" : "", addr);
		if (translate(KADDR(rcr3()), addr, &pa, &perm))
			cprintf(" %08x", *(volatile uint32_t *)addr);
		else
			cprintf(" --------");
	}
	cprintf("\n");
	return false;
}

static bool order_map(int argc, char **argv, struct pt_regs *regs)
{
	uint32_t addr;
	physaddr_t pa;
	int perm;

	(void)regs;
	if (!get_addr(argc, argv, &addr))
		return false;
	if (!translate(KADDR(rcr3()), addr, &pa, &perm))
		cprintf("%08x is not mapped\n", addr);
	else
		cprintf("%08x -> %08x  %s, %s\n", addr, pa,
			perm & PTE_W ? "writable" : "read-only",
			perm & PTE_U ? "user" : "kernel only");
	return false;
}

static bool order_step(int argc, char **argv, struct pt_regs *regs)
{
	(void)argc, (void)argv;
	if (no_regs(regs))
		return false;
	regs->eflags |= FL_TF;
	return true;
}

static bool order_continue(int argc, char **argv, struct pt_regs *regs)
{
	(void)argc, (void)argv;
	if (no_regs(regs))
		return false;
	regs->eflags &= ~FL_TF;
	return true;
}

static bool order_off(int argc, char **argv, struct pt_regs *regs)
{
	(void)argc, (void)argv, (void)regs;
	poweroff();
}

static const struct order orders[] = {
	{ "help", "", "this list", order_help },
	{ "backtrace", "", "the calls that led here", order_backtrace },
	{ "regs", "", "the registers of what was interrupted", order_regs },
	{ "mem", "ADDR [N]", "N words of memory from ADDR on", order_mem },
	{ "map", "ADDR", "where ADDR is mapped to", order_map },
	{ "step", "", "one instruction, and back here", order_step },
	{ "continue", "", "go on", order_continue },
	{ "poweroff", "", "switch the machine off", order_off },
};

static bool order_help(int argc, char **argv, struct pt_regs *regs)
{
	(void)argc, (void)argv, (void)regs;
	for (size_t i = 0; i < ARRAY_SIZE(orders); i++)
		cprintf("  %-10s %-9s %s\n", orders[i].name, orders[i].args,
			orders[i].help);
	return false;
}

/* Cuts line at its spaces; returns how many words there are. */
static int split(char *line, char **argv)
{
	int argc = 0;

	while (argc < MAXARGS) {
		while (*line == ' ')
			*line++ = '\0';
		if (*line == '\0')
			break;
		argv[argc++] = line;
		while (*line != ' ' && *line != '\0')
			line++;
	}
	*line = '\0';
	return argc;
}

/* An unambiguous beginning of a name will do. */
static const struct order *find_order(const char *name)
{
	const struct order *found = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(orders); i++) {
		if (strncmp(orders[i].name, name, strlen(name)) != 0)
			continue;
		if (found != NULL)
			return NULL;
		found = &orders[i];
	}
	return found;
}

static bool run_order(char *line, struct pt_regs *regs)
{
	char *argv[MAXARGS];
	int argc = split(line, argv);
	const struct order *order;

	if (argc == 0)
		return false;
	order = find_order(argv[0]);
	if (order == NULL) {
		cprintf("%s: no such order; try help\n", argv[0]);
		return false;
	}
	return order->run(argc, argv, regs);
}

void monitor(struct pt_regs *regs)
{
	char *line;

	if (regs != NULL)
		print_stop(regs);
	do
		line = readline("K> ");
	while (line == NULL || !run_order(line, regs));
}

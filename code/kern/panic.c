#include "inc/assert.h"
#include "inc/memlayout.h"
#include "inc/x86.h"
#include "kern/ksyms.h"
#include "kern/power.h"
#include "kern/printf.h"
#include "kern/klines.h"
#include "kern/panic.h"

/* What a function with a frame pointer leaves at ebp. */
struct frame {
	struct frame *caller;
	uint32_t eip;		/* where it returns to */
};

/* One line: where a frame is, and where its function will return to. */
static void print_frame(uint32_t ebp, uint32_t eip)
{
	uint32_t offset;
	const char *name = ksym_name(eip, &offset);

	cprintf("  ebp %08x  eip %08x  %s+0x%x", ebp, eip, name, offset);
	print_line(eip - 1);	/* the call, not what follows it */
	cprintf("\n");
}

/* Follows the frames from f while they can be believed. */
static void walk(const struct frame *f)
{
	uint32_t limit = (uint32_t)f + KSTKSIZE;

	while (f != NULL) {
		print_frame((uint32_t)f, f->eip);
		if (f->caller != NULL &&
		    (f->caller <= f || (uint32_t)f->caller > limit ||
		     (uint32_t)f->caller % 4 != 0)) {
			cprintf("  broken frame: caller %p\n", f->caller);
			return;
		}
		f = f->caller;
	}
}

void backtrace_regs(const struct pt_regs *regs)
{
	cprintf("backtrace:\n");
	walk((struct frame *)regs->ebp);
}

void _panic(const char *file, int line, const char *fmt, ...)
{
	static bool panicking;
	va_list ap;

	cli();
	if (panicking)
		poweroff();
	panicking = true;
	silent = false;
	cprintf("kernel panic at %s:%d: ", file, line);
	va_start(ap, fmt);
	vcprintf(fmt, ap);
	va_end(ap);
	cprintf("\n");
	cprintf("backtrace:\n");
	walk((struct frame *)read_ebp());
	record("panic file=%s line=%d", file, line);
	poweroff();
}

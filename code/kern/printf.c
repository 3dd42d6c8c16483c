#include "kern/console.h"
#include "kern/printf.h"

bool quiet, silent;

static void putch(int c, void *putdat)
{
	int *count = putdat;

	if (quiet)
		record_putc(c);
	else
		cons_putc(c);
	(*count)++;
}

int vcprintf(const char *fmt, va_list ap)
{
	int count = 0;

	if (silent)
		return 0;
	vprintfmt(putch, &count, fmt, ap);
	return count;
}

int cprintf(const char *fmt, ...)
{
	va_list ap;
	int count;

	va_start(ap, fmt);
	count = vcprintf(fmt, ap);
	va_end(ap);
	return count;
}

static void record_putch(int c, void *putdat)
{
	(void)putdat;
	record_putc(c);
}

void record(const char *fmt, ...)
{
	va_list ap;

	if (silent)
		return;
	record_putc('@');
	va_start(ap, fmt);
	vprintfmt(record_putch, NULL, fmt, ap);
	va_end(ap);
	record_putc('\n');
}

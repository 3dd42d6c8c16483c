#include "inc/lib.h"

/* Characters wait here, so that a line is one system call. */
struct line {
	int n;			/* characters in buf */
	int count;		/* characters so far */
	char buf[256];
};

static void putch(int c, void *putdat)
{
	struct line *l = putdat;

	l->buf[l->n++] = c;
	l->count++;
	if (l->n == sizeof(l->buf)) {
		sys_cputs(l->buf, l->n);
		l->n = 0;
	}
}

int vcprintf(const char *fmt, va_list ap)
{
	struct line l = { .n = 0 };

	vprintfmt(putch, &l, fmt, ap);
	sys_cputs(l.buf, l.n);
	return l.count;
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

void _panic(const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	cprintf("[%08x] user panic in %s at %s:%d: ", sys_getenvid(),
		binaryname, file, line);
	vcprintf(fmt, ap);
	va_end(ap);
	cprintf("\n");
	for (;;)
		breakpoint();
}

void _warn(const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	cprintf("[%08x] user warning at %s:%d: ", sys_getenvid(), file, line);
	vcprintf(fmt, ap);
	va_end(ap);
	cprintf("\n");
}

void cputchar(int c)
{
	char ch = c;

	sys_cputs(&ch, 1);
}

int getchar(void)
{
	int c;

	while ((c = sys_cgetc()) == 0)
		;
	return c;
}

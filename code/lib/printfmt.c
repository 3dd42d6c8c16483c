#include "inc/error.h"
#include "inc/stdio.h"
#include "inc/string.h"

/* A conversion: % flags width . precision length letter. */
struct spec {
	bool left;		/* '-': pad on the right */
	bool zero;		/* '0': pad with zeros */
	bool sign;		/* '+': a plus sign too */
	bool space;		/* ' ': a space instead of the plus */
	bool alternate;		/* '#': 0x or 0 before the number */
	int width;
	int precision;		/* -1: none was given */
	int longs;		/* 'l' once or twice; 'h' -1, 'hh' -2 */
};

struct sink {
	void (*putch)(int c, void *putdat);
	void *putdat;
};

static void pad(struct sink *out, int c, int count)
{
	while (count-- > 0)
		out->putch(c, out->putdat);
}

static void put(struct sink *out, const char *s, int length)
{
	while (length-- > 0)
		out->putch(*s++, out->putdat);
}

/* Divides *n by base in place and returns the remainder. */
static unsigned int divide(uint64_t *n, unsigned int base)
{
	uint32_t high = *n >> 32, low = *n, rest;

	rest = high % base;
	high = high / base;
	asm("divl %2" : "+a"(low), "+d"(rest) : "r"(base) : "cc");
	*n = (uint64_t)high << 32 | low;
	return rest;
}

/* Writes n backwards, ending before end; returns where it begins. */
static char *digits(char *end, uint64_t n, unsigned int base, bool upper)
{
	const char *set = upper ? "0123456789ABCDEF" : "0123456789abcdef";

	while (n > 0)
		*--end = set[divide(&n, base)];
	return end;
}

/* Prefix, zeros and digits between the two paddings. */
static void put_number(struct sink *out, struct spec *sp, const char *prefix,
		       const char *digit, int ndigits)
{
	int nprefix = strlen(prefix);
	int zeros = MAX(sp->precision, 1) - ndigits;
	int blanks;

	if (sp->precision == 0 && ndigits == 0)
		zeros = 0;
	if (zeros > 0 && strcmp(prefix, "0") == 0)
		nprefix = 0;		/* octal: its zero is there */
	if (sp->zero && !sp->left && sp->precision < 0)
		zeros = MAX(zeros, sp->width - nprefix - ndigits);
	zeros = MAX(zeros, 0);
	blanks = sp->width - nprefix - zeros - ndigits;
	if (!sp->left)
		pad(out, ' ', blanks);
	put(out, prefix, nprefix);
	pad(out, '0', zeros);
	put(out, digit, ndigits);
	if (sp->left)
		pad(out, ' ', blanks);
}

static void put_unsigned(struct sink *out, struct spec *sp, uint64_t n,
			 unsigned int base, const char *prefix, bool upper)
{
	char buf[24], *end = buf + sizeof(buf);
	char *first = digits(end, n, base, upper);

	put_number(out, sp, prefix, first, end - first);
}

static void put_signed(struct sink *out, struct spec *sp, int64_t n)
{
	const char *sign = sp->sign ? "+" : sp->space ? " " : "";
	uint64_t magnitude = n;

	if (n < 0) {
		sign = "-";
		magnitude = -magnitude;
	}
	put_unsigned(out, sp, magnitude, 10, sign, false);
}

static void put_string(struct sink *out, struct spec *sp, const char *s)
{
	int length;

	if (s == NULL)
		s = "(null)";
	length = strnlen(s, (size_t)sp->precision);	/* -1: no limit */
	if (!sp->left)
		pad(out, ' ', sp->width - length);
	put(out, s, length);
	if (sp->left)
		pad(out, ' ', sp->width - length);
}

/* What %e prints for an error, with or without its sign. */
static const char *error_name(int error)
{
	static const char *const names[] = {
		[E_UNSPECIFIED]	= "unspecified error",
		[E_BAD_ENV]	= "bad environment",
		[E_NO_EXEC]	= "file is not a valid executable",
		[E_BADF]	= "bad file descriptor",
		[E_NO_FREE_ENV]	= "out of environments",
		[E_NO_MEM]	= "out of memory",
		[E_FAULT]	= "segmentation fault",
		[E_IPC_NOT_RECV] = "env is not recving",
		[E_EOF] = "unexpected end of file",
		[E_CHILD]	= "no such child",
		[E_INTR]	= "interrupted",
		[E_INVAL]	= "invalid parameter",
		[E_NO_SYS]	= "no such system call",
		[E_NO_NODE]	= "no such node",
		[E_IN_FLIGHT]	= "process is in flight",
		[E_STAY]	= "process has to stay at home",
	};

	if (error < 0)
		error = -error;
	if ((size_t)error < ARRAY_SIZE(names) && names[error] != NULL)
		return names[error];
	return "unknown error";
}

static uint64_t get_unsigned(struct spec *sp, va_list *ap)
{
	switch (sp->longs) {
	case 2:
		return va_arg(*ap, unsigned long long);
	case -1:
		return (unsigned short)va_arg(*ap, unsigned int);
	case -2:
		return (unsigned char)va_arg(*ap, unsigned int);
	default:
		return va_arg(*ap, unsigned long);
	}
}

static int64_t get_signed(struct spec *sp, va_list *ap)
{
	switch (sp->longs) {
	case 2:
		return va_arg(*ap, long long);
	case -1:
		return (short)va_arg(*ap, int);
	case -2:
		return (signed char)va_arg(*ap, int);
	default:
		return va_arg(*ap, long);
	}
}

static const char *get_flags(struct spec *sp, const char *fmt)
{
	for (;; fmt++) {
		switch (*fmt) {
		case '-':
			sp->left = true;
			break;
		case '0':
			sp->zero = true;
			break;
		case '+':
			sp->sign = true;
			break;
		case ' ':
			sp->space = true;
			break;
		case '#':
			sp->alternate = true;
			break;
		default:
			return fmt;
		}
	}
}

/* A number in the format, or * for one among the arguments. */
static const char *get_count(int *count, const char *fmt, va_list *ap)
{
	if (*fmt == '*') {
		*count = va_arg(*ap, int);
		return fmt + 1;
	}
	for (*count = 0; *fmt >= '0' && *fmt <= '9'; fmt++)
		*count = *count * 10 + *fmt - '0';
	return fmt;
}

static const char *get_spec(struct spec *sp, const char *fmt, va_list *ap)
{
	*sp = (struct spec){ .precision = -1 };
	fmt = get_flags(sp, fmt);
	fmt = get_count(&sp->width, fmt, ap);
	if (sp->width < 0) {
		sp->left = true;
		sp->width = -sp->width;
	}
	if (*fmt == '.')
		fmt = get_count(&sp->precision, fmt + 1, ap);
	for (; *fmt == 'l' || *fmt == 'h' || *fmt == 'z'; fmt++)
		sp->longs += *fmt == 'l' ? 1 : *fmt == 'h' ? -1 : 0;
	return fmt;
}

/* Returns false when the letter is none of C's. */
static bool convert(struct sink *out, struct spec *sp, char letter,
		    va_list *ap)
{
	uint64_t n;
	char c;

	switch (letter) {
	case 'd':
	case 'i':
		put_signed(out, sp, get_signed(sp, ap));
		break;
	case 'u':
		put_unsigned(out, sp, get_unsigned(sp, ap), 10, "", false);
		break;
	case 'o':
		put_unsigned(out, sp, get_unsigned(sp, ap), 8,
			     sp->alternate ? "0" : "", false);
		break;
	case 'x':
	case 'X':
		n = get_unsigned(sp, ap);
		put_unsigned(out, sp, n, 16, !sp->alternate || !n ? "" :
			     letter == 'X' ? "0X" : "0x", letter == 'X');
		break;
	case 'p':
		n = (uint32_t)va_arg(*ap, void *);
		put_unsigned(out, sp, n, 16, "0x", false);
		break;
	case 'c':
		c = va_arg(*ap, int);
		pad(out, ' ', sp->left ? 0 : sp->width - 1);
		put(out, &c, 1);
		pad(out, ' ', sp->left ? sp->width - 1 : 0);
		break;
	case 's':
		put_string(out, sp, va_arg(*ap, char *));
		break;
	case 'e':
		put_string(out, sp, error_name(va_arg(*ap, int)));
		break;
	case '%':
		put(out, "%", 1);
		break;
	default:
		return false;
	}
	return true;
}

void vprintfmt(void (*putch)(int, void *), void *putdat,
	       const char *fmt, va_list ap)
{
	struct sink out = { putch, putdat };
	struct spec sp;
	const char *start;
	va_list args;

	va_copy(args, ap);
	for (; *fmt; fmt++) {
		if (*fmt != '%') {
			putch(*fmt, putdat);
			continue;
		}
		start = fmt;
		fmt = get_spec(&sp, fmt + 1, &args);
		if (*fmt == '\0')
			break;
		if (!convert(&out, &sp, *fmt, &args))
			put(&out, start, fmt - start + 1);
	}
	va_end(args);
}

struct buffer {
	char *next, *last;	/* last: where the NUL fits at the latest */
	int count;		/* characters asked for */
};

static void buffer_putch(int c, void *putdat)
{
	struct buffer *b = putdat;

	b->count++;
	if (b->next < b->last)
		*b->next++ = c;
}

int vsnprintf(char *buf, size_t n, const char *fmt, va_list ap)
{
	struct buffer b = { buf, buf + n - 1, 0 };

	if (n == 0)
		b.next = b.last = NULL;
	vprintfmt(buffer_putch, &b, fmt, ap);
	if (n > 0)
		*b.next = '\0';
	return b.count;
}

int snprintf(char *buf, size_t n, const char *fmt, ...)
{
	va_list ap;
	int count;

	va_start(ap, fmt);
	count = vsnprintf(buf, n, fmt, ap);
	va_end(ap);
	return count;
}

#ifndef INC_STDIO_H
#define INC_STDIO_H

#include <stdarg.h>
#include "inc/types.h"

#ifdef PROGRAM		/* gcc takes %e for a double: not in programs */
#define FORMAT(f, a)
#else
#define FORMAT(f, a)	__attribute__((format(printf, f, a)))
#endif

/* lib/printfmt.c */
void vprintfmt(void (*putch)(int, void *), void *putdat,
	       const char *fmt, va_list ap) FORMAT(3, 0);
int vsnprintf(char *buf, size_t n, const char *fmt, va_list ap) FORMAT(3, 0);
int snprintf(char *buf, size_t n, const char *fmt, ...) FORMAT(3, 4);

/* kern/printf.c in the kernel, lib/printf.c in a program */
int vcprintf(const char *fmt, va_list ap) FORMAT(1, 0);
int cprintf(const char *fmt, ...) FORMAT(1, 2);

/* A character from the console, waiting for it. */
int getchar(void);

/* lib/readline.c: a line without its newline, echoed as it is typed, valid
 * until the next call; NULL at the end of the input. */
char *readline(const char *prompt);

/* In programs: one character on the console. */
void cputchar(int c);

#endif

#ifndef INC_ASSERT_H
#define INC_ASSERT_H

#include "inc/stdio.h"

/* With PLACELESS two builds of one source are equal byte for byte. */
#ifdef PLACELESS
#define PLACE		"?", 0
#else
#define PLACE		__FILE__, __LINE__
#endif

void _panic(const char *file, int line, const char *fmt, ...)
	FORMAT(3, 4) __attribute__((noreturn));

#define panic(...)	_panic(PLACE, __VA_ARGS__)

void _warn(const char *file, int line, const char *fmt, ...) FORMAT(3, 4);

#define warn(...)	_warn(PLACE, __VA_ARGS__)

#define assert(x)						\
	do {							\
		if (!(x))					\
			panic("assertion failed: %s", #x);	\
	} while (0)

#endif

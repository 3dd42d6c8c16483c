#ifndef INC_TYPES_H
#define INC_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint32_t physaddr_t;	/* what the memory bus sees */
typedef int32_t ssize_t;

#define MIN(a, b)	((a) < (b) ? (a) : (b))
#define MAX(a, b)	((a) > (b) ? (a) : (b))

/* n down or up to a multiple of m, which is a power of two. */
#define ROUNDDOWN(n, m)	((typeof(n))((uint32_t)(n) & ~((m) - 1)))
#define ROUNDUP(n, m)	((typeof(n))ROUNDDOWN((uint32_t)(n) + (m) - 1, m))

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

#endif

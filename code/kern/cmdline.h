#ifndef KERN_CMDLINE_H
#define KERN_CMDLINE_H

#include "inc/types.h"

#define CMDLINE_SIZE	512	/* a sector, the NUL included */

/* Takes a copy of the line that the loader left in memory. */
void cmdline_init(const char *from);
const char *cmdline(void);

/* Looks for "name" or "name=value" among the words of the line; copies
 * the value (empty for a bare word) to buf, cut to size - 1 characters.
 * A value in double quotes may hold spaces. Returns whether it is there. */
bool cmdline_get(const char *name, char *buf, size_t size);
/* The number that is the value of name; what otherwise is, if it is not
 * there. */
uint32_t cmdline_number(const char *name, uint32_t otherwise);

#endif

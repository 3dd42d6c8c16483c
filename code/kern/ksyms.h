#ifndef KERN_KSYMS_H
#define KERN_KSYMS_H

#include "inc/types.h"

/* A function of the kernel. The table is sorted by address. */
struct ksym {
	uint32_t addr;
	const char *name;
};

/* Name of the function that holds addr, and how far into it; "?" when
 * addr is not in the kernel's text. */
const char *ksym_name(uint32_t addr, uint32_t *offset);

#endif

#ifndef INC_BOOTINFO_H
#define INC_BOOTINFO_H

/* Offsets and sizes for load.S; loader.c checks them. */
#define BI_NMAP		0
#define BI_MAP		4
#define BI_MAXMAP	64
#define MEMMAP_SIZE	24

#define MEMMAP_RAM	1	/* a region that may be used */

#ifndef __ASSEMBLER__
#include "inc/types.h"

/* One region of the BIOS's map, as E820 writes it. */
struct memmap {
	uint64_t base;		/* bytes */
	uint64_t length;	/* bytes */
	uint32_t type;
	uint32_t attributes;	/* ACPI 3: bit 0 clear, ignore it */
} __attribute__((packed));

static inline bool memmap_is_ram(const struct memmap *m)
{
	return m->type == MEMMAP_RAM && (m->attributes & 1);
}

/* What the loader leaves for the kernel at BOOTINFO_ADDR. */
struct bootinfo {
	uint32_t nmap;
	struct memmap map[BI_MAXMAP];
} __attribute__((packed));

#endif
#endif

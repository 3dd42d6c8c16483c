#ifndef INC_MEMLAYOUT_H
#define INC_MEMLAYOUT_H

#define KERNBASE	0xF0000000	/* physical address 0 is seen here */
#define EXTPHYSMEM	0x00100000	/* the kernel is loaded at 1 MB */

#define PHYSMAX		0x0E000000	/* 224 MB: what is mapped at KERNBASE */
#define MPENTRY_PADDR	0x00007000	/* kept for the other processors */

/* Device registers; above all that a program may see. */
#define MMIOLIM		0xEFC00000
#define MMIOBASE	0xEF800000
#define ULIM		MMIOBASE

/* What every program may read: its page tables, pages[] and envs[]. */
#define UVPT		(ULIM - 0x400000)
#define UPAGES		(UVPT - 0x400000)
#define UENVS		(UPAGES - 0x400000)

/* Below, the program's own: stacks at the top, text where it likes. */
#define UTOP		UENVS
#define UXSTACKTOP	UTOP
#define USTACKTOP	(UTOP - 2 * PGSIZE)
#define UTEXT		0x00800000
#define UTEMP		((void *)0x00400000) /* for pages that come and go */

/* The stack of processor n, and as much again that is not mapped. */
#define KSTKGAP		(8 * PGSIZE)
#define KSTACKTOP(n)	(KERNBASE - (n) * (KSTKSIZE + KSTKGAP))

/* Above all physical memory, the kernel stack of each process: 32 KB of
 * addresses, of which the top TSTKSIZE are mapped. */
#define TASKSTACKS	(KERNBASE + PHYSMAX)
#define TASKSLOT	0x8000
#define TSTKSIZE	(2 * PGSIZE)
#define TASKSTACKTOP(n)	(TASKSTACKS + ((n) + 1) * TASKSLOT)

#define PGSIZE		4096
#define KSTKSIZE	(8 * PGSIZE)	/* bytes of a kernel stack */

#ifndef __ASSEMBLER__
#include "inc/types.h"

/* The kernel's pointer to a physical address. */
#define KADDR(pa)	((void *)((physaddr_t)(pa) + KERNBASE))

/* What the kernel knows of a physical page. */
struct PageInfo {
	struct PageInfo *pp_link;	/* next free page; NULL: in use */
	uint32_t pp_ref;		/* mappings and other holders */
	uint32_t pp_wref;		/* of these, writable mappings */
};

#endif
#endif

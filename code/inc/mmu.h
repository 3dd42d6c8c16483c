#ifndef INC_MMU_H
#define INC_MMU_H

#define CR0_PE		0x00000001	/* protected mode */
#define CR0_WP		0x00010000	/* the kernel too obeys PTE_W */
#define CR0_PG		0x80000000	/* paging */
#define CR4_PSE		0x00000010	/* pages of 4 MB */
#define FL_ID		0x00200000	/* may be changed: there is CPUID */
#define CPUID_PSE	0x00000008	/* leaf 1, edx */

/* Bits of EFLAGS. */
#define FL_TF		0x00000100	/* trap after each instruction */
#define FL_IF		0x00000200	/* interrupts are let in */
#define FL_RF		0x00010000	/* no breakpoint at this instruction */
#define FL_VM		0x00020000	/* virtual 8086 mode */

#define CR0_MP		0x00000002	/* wait obeys CR0_TS */
#define CR0_TS		0x00000008	/* floating point traps: #NM */
#define CR0_NE		0x00000020	/* its errors are exceptions */
#define FL_FIXED	0x00000002	/* of EFLAGS: always one */
#define FL_USER		0x00240DD5	/* what a program may change */
#define CPUID_APIC	0x00000200	/* leaf 1, edx: a local APIC */
#define CPUID_TSC	0x00000010	/* leaf 1, edx: it counts cycles */

/* Access byte of a descriptor: present, ring 0, code or data. */
#define SEG_CODE	0x9A		/* readable */
#define SEG_DATA	0x92		/* writable */

/* Selectors of the boot GDT, in the loader and in head.S. */
#define BOOT_CS		0x08
#define BOOT_DS		0x10

/* A linear address: 10 bits, 10 bits, 12 bits (SDM 3, 4.3). */
#define PGSHIFT		12
#define PTXSHIFT	12
#define PDXSHIFT	22

#define PGNUM(la)	((uint32_t)(la) >> PGSHIFT)
#define PDX(la)		((uint32_t)(la) >> PDXSHIFT)
#define PTX(la)		(((uint32_t)(la) >> PTXSHIFT) & 0x3FF)
#define PGOFF(la)	((uint32_t)(la) & 0xFFF)

#define NPDENTRIES	1024
#define NPTENTRIES	1024
#define PTSIZE		0x400000	/* bytes under one directory entry */

/* Bits of an entry. */
#define PTE_P		0x001	/* present */
#define PTE_W		0x002	/* writable */
#define PTE_U		0x004	/* user mode may use it */
#define PTE_PWT		0x008	/* write through */
#define PTE_PCD		0x010	/* not cached */
#define PTE_A		0x020	/* the processor has used it */
#define PTE_D		0x040	/* ... and written */
#define PTE_PS		0x080	/* in the directory: a page of 4 MB */

#define PTE_AVAIL	0xE00	/* free for programs */
/* What a program may ask for. */
#define PTE_SYSCALL	(PTE_AVAIL | PTE_P | PTE_W | PTE_U)

#define PTE_ADDR(pte)	((physaddr_t)(pte) & ~0xFFF)

#ifndef __ASSEMBLER__
#include "inc/types.h"

typedef uint32_t pte_t;
typedef uint32_t pde_t;
#endif

/* Access byte of a gate: interrupts are closed on entry. */
#define GATE_INTERRUPT	0x8E
#define GATE_TASK	0x85		/* changes of task, to another TSS */
#define GATE_USER	0x60		/* int n may be used from ring 3 */

/* More of a descriptor's access byte, and its flags. */
#define SEG_TSS		0x89		/* 32-bit task state */
#define SEG_USER	0x60		/* ring 3 */
#define SEG_32		0x4		/* 32-bit code or stack */
#define SEG_PAGES	0x8		/* the limit counts pages */

#ifndef __ASSEMBLER__

/* A descriptor (SDM 3, 3.4.5). */
struct segdesc {
	uint16_t limit_low;
	uint16_t base_low;
	uint8_t base_middle;
	uint8_t access;
	uint8_t limit_high : 4;
	uint8_t flags : 4;
	uint8_t base_high;
} __attribute__((packed));

/* What lgdt and lidt take. */
struct table_desc {
	uint16_t limit;			/* bytes, less one */
	uint32_t base;
} __attribute__((packed));

/* A gate of the IDT (SDM 3, 6.11). */
struct gatedesc {
	uint16_t offset_low;
	uint16_t selector;
	uint8_t zero;
	uint8_t access;
	uint16_t offset_high;
} __attribute__((packed));

#endif

#ifdef __ASSEMBLER__

#define SEG_NULL						\
	.word	0, 0;						\
	.byte	0, 0, 0, 0

/* A 32-bit segment whose limit counts pages of 4 KB. */
#define SEG(access, base, limit)				\
	.word	(((limit) >> 12) & 0xFFFF), ((base) & 0xFFFF);	\
	.byte	(((base) >> 16) & 0xFF), (access),		\
		(0xC0 | (((limit) >> 28) & 0xF)),		\
		(((base) >> 24) & 0xFF)

#endif
#endif

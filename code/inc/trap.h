#ifndef INC_TRAP_H
#define INC_TRAP_H

/* Vectors of the processor's exceptions (SDM 3, table 6-1). */
#define T_DIVIDE	0	/* divide error */
#define T_DEBUG		1	/* debug exception */
#define T_NMI		2	/* non-maskable interrupt */
#define T_BRKPT		3	/* breakpoint */
#define T_OFLOW		4	/* overflow */
#define T_BOUND		5	/* bounds check */
#define T_ILLOP		6	/* illegal opcode */
#define T_DEVICE	7	/* device not available */
#define T_DBLFLT	8	/* double fault */
#define T_TSS		10	/* invalid task segment */
#define T_SEGNP		11	/* segment not present */
#define T_STACK		12	/* stack exception */
#define T_GPFLT		13	/* general protection fault */
#define T_PGFLT		14	/* page fault */
#define T_FPERR		16	/* floating point error */
#define T_ALIGN		17	/* alignment check */
#define T_MCHK		18	/* machine check */
#define T_SIMDERR	19	/* SIMD floating point error */

#define NEXCEPTIONS	32	/* the processor's own; devices come after */
#define NVECTORS	256

#define IRQ_OFFSET	0x20	/* devices: IRQ n has vector IRQ_OFFSET + n */
#define IRQ_TIMER	0
#define IRQ_KBD		1
#define IRQ_SERIAL	4	/* COM1 */
#define NIRQ		16	/* of the ISA bus */

#define T_RESCHED	0xF0	/* from another processor: there is work */
#define T_FLUSH		0xF1	/* ... there is an address to forget */
#define T_SPURIOUS	0xFF	/* from the local APIC, for nothing */

/* Bits of a page fault's error code. */
#define FEC_PR		0x1	/* the page was there: it is permission */
#define FEC_WR		0x2	/* a write */
#define FEC_U		0x4	/* from user mode */

#ifndef __ASSEMBLER__
#include "inc/types.h"

/* The general registers, as popal takes them. */
struct PushRegs {
	uint32_t reg_edi;
	uint32_t reg_esi;
	uint32_t reg_ebp;
	uint32_t reg_oesp;		/* popal skips it */
	uint32_t reg_ebx;
	uint32_t reg_edx;
	uint32_t reg_ecx;
	uint32_t reg_eax;
} __attribute__((packed));

/* What a program finds on its exception stack: the fault, and itself as it
 * was. The names are JOS's. */
struct UTrapframe {
	uint32_t utf_fault_va;
	uint32_t utf_err;		/* FEC_... */
	struct PushRegs utf_regs;
	uintptr_t utf_eip;
	uint32_t utf_eflags;
	uintptr_t utf_esp;
} __attribute__((packed));
#endif

#endif

#ifndef INC_PTRACE_H
#define INC_PTRACE_H

#include "inc/types.h"

/* What entry.S leaves in memory of what was interrupted; the last five words
 * are the processor's, and the last two are there only when it came from
 * user mode. Linux's order. */
struct pt_regs {
	uint32_t ebx;
	uint32_t ecx;
	uint32_t edx;
	uint32_t esi;
	uint32_t edi;
	uint32_t ebp;
	uint32_t eax;
	uint32_t xds;
	uint32_t xes;
	uint32_t orig_eax;	/* number of the system call, or -1 */
	uint32_t eip;
	uint32_t xcs;
	uint32_t eflags;
	uint32_t esp;
	uint32_t xss;
};

#endif

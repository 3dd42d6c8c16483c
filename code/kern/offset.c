/* Never linked: the Makefile compiles it to assembly, and every line that
 * begins with -> becomes a #define of mosasm.h for entry.S. */
#include "inc/ptrace.h"
#include "kern/task.h"

#define OFFSET(name, type, field) \
	asm volatile("\n->" #name " %c0" : : "i"(offsetof(type, field)))

void offsets(void)
{
	OFFSET(EBX, struct pt_regs, ebx);
	OFFSET(EAX, struct pt_regs, eax);
	OFFSET(ES, struct pt_regs, xes);
	OFFSET(ORIG_EAX, struct pt_regs, orig_eax);
	OFFSET(EIP, struct pt_regs, eip);
	OFFSET(CS, struct pt_regs, xcs);
	OFFSET(EFLAGS, struct pt_regs, eflags);
	OFFSET(OLDESP, struct pt_regs, esp);
	OFFSET(OLDSS, struct pt_regs, xss);
	OFFSET(TASK_KSTACK, struct task, kstack);
	OFFSET(TASK_DFLAGS, struct task, mosix.dflags);
	OFFSET(TASK_CALLS, struct task, mosix.calls);
}

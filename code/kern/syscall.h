#ifndef KERN_SYSCALL_H
#define KERN_SYSCALL_H

#include "inc/ptrace.h"
#include "inc/syscall.h"
#include "kern/mosix.h"			/* the calls that it has or not */

/* An entry of the table: it gets the caller's registers, and what it returns
 * goes to the caller's eax. */
typedef int32_t syscall_fn(struct pt_regs *regs);

extern syscall_fn *const sys_call_table[NR_syscalls];
/* What guests call; and which numbers they may send to their deputies. */
extern syscall_fn *const remote_sys_call_table[NR_syscalls];
extern const bool call_forwarded[NR_syscalls];
syscall_fn remote_forward;
syscall_fn no_syscall;

void system_call(void);		/* entry.S: where the gate leads */

/* Is va the start of a page of a program's, and perm something that a
 * program may ask for? */
bool good_page(uint32_t va, uint32_t perm);

#endif

#ifndef KERN_UPCALL_H
#define KERN_UPCALL_H

#include "inc/ptrace.h"

/* Tells the current process of its page fault, if it has asked for that: it
 * goes on at its upcall. False if it has not. When its exception stack does
 * not take the frame, it ends. */
bool upcall(struct pt_regs *regs, uint32_t error);

#endif

#ifndef KERN_PANIC_H
#define KERN_PANIC_H

#include "inc/ptrace.h"

/* The calls that led to where regs were taken. */
void backtrace_regs(const struct pt_regs *regs);

#endif

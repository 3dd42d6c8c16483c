#ifndef KERN_MONITOR_H
#define KERN_MONITOR_H

#include "inc/ptrace.h"

/* Reads orders from the console until one of them goes on. regs: what was
 * interrupted, or NULL when nothing was; `step' and `continue' return to it. */
void monitor(struct pt_regs *regs);

#endif

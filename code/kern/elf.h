#ifndef KERN_ELF_H
#define KERN_ELF_H

#include "kern/task.h"

/* Maps the program of size bytes at elf into t, with a page of stack, and
 * sets t->regs.eip. -E_NO_EXEC if a field is not as it must be, -E_NO_MEM;
 * what was mapped until then is t's, and env_free frees it. */
int elf_load(struct task *t, const void *elf, size_t size);

#endif

#ifndef KERN_USERCOPY_H
#define KERN_USERCOPY_H

#include "inc/types.h"

/* n bytes to, or from, the memory of the current process. -E_FAULT, and
 * nothing has been copied. From chapter 15 on they may sleep. */
int copy_to_user(uint32_t to, const void *from, size_t n);
int copy_from_user(void *to, uint32_t from, size_t n);

/* The same with any process that does not run: out, from buf to it.
 * -E_FAULT. */
struct task;
int task_copy(struct task *t, uint32_t va, void *buf, size_t n, bool out);

#endif

#ifndef KERN_KSTACK_H
#define KERN_KSTACK_H

#include "kern/task.h"

/* The tables where the stacks of processes will be mapped, which every
 * directory has from the beginning; before the first process. */
void kstack_init(void);

/* A kernel stack for t, that ends at top, where it will begin at start when it
 * gets a processor for the first time. -E_NO_MEM, and nothing has changed. */
int kstack_alloc(struct task *t, uint32_t top, void (*start)(void));
/* Gives it back; nobody may be on it. */
void kstack_free(struct task *t);

/* switch.S: notes in *save where this stack is left, and goes on where another
 * one was. */
void switch_stack(uint32_t *save, uint32_t load);

#endif

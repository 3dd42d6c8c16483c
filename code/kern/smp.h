#ifndef KERN_SMP_H
#define KERN_SMP_H

/* Wakes the other processors, one by one; those that do not answer are left
 * out of ncpu. */
void boot_aps(void);

/* Goes on in f with the processor's own stack, below which there are pages
 * that are not mapped. */
void run_on_own_stack(void (*f)(void)) __attribute__((noreturn));

#endif

#ifndef KERN_SPINLOCK_H
#define KERN_SPINLOCK_H

#include "inc/types.h"

/* A ticket lock: whoever wants it draws a number, and waits for its turn. */
struct spinlock {
	volatile uint32_t next;		/* the next number to draw */
	volatile uint32_t serving;	/* the number whose turn it is */
	int cpu;			/* who has it, or -1 */
	uint32_t caller;		/* where it was taken */
	const char *name;
};

#define SPINLOCK(n)	{ .cpu = -1, .name = n }

void spin_lock(struct spinlock *lock);
void spin_unlock(struct spinlock *lock);
/* Does the processor that asks have it? */
bool holding(struct spinlock *lock);

/* The big one: whoever is in the kernel has it. */
extern struct spinlock kernel_lock;

static inline void lock_kernel(void)
{
	spin_lock(&kernel_lock);
}

static inline void unlock_kernel(void)
{
	spin_unlock(&kernel_lock);
}

#endif

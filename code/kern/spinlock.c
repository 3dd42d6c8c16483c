#include "inc/assert.h"
#include "inc/x86.h"
#include "kern/cpu.h"
#include "kern/ksyms.h"
#include "kern/spinlock.h"
#include "kern/tlb.h"

struct spinlock kernel_lock = SPINLOCK("kernel");

bool holding(struct spinlock *lock)
{
	return lock->cpu == cpunum();
}

void spin_lock(struct spinlock *lock)
{
	uint32_t ticket, offset;

	if (holding(lock))
		panic("CPU %d has the lock %s already, since %s", cpunum(),
		      lock->name, ksym_name(lock->caller, &offset));
	ticket = xadd(&lock->next, 1);
	while (lock->serving != ticket) {
		tlb_answer();
		pause();
	}
	asm volatile("" : : : "memory");	/* nothing moves up past here */
	lock->cpu = cpunum();
	lock->caller = (uint32_t)__builtin_return_address(0);
}

void spin_unlock(struct spinlock *lock)
{
	if (!holding(lock))
		panic("CPU %d does not have the lock %s", cpunum(),
		      lock->name);
	lock->cpu = -1;
	asm volatile("" : : : "memory");	/* nothing moves down */
	lock->serving++;
}

#ifndef KERN_TLB_H
#define KERN_TLB_H

#include "inc/mmu.h"

/* If a process with that directory runs on another processor, returns when
 * that one has forgotten what it knew of va. Under kernel_lock. */
void tlb_shootdown(pde_t *pgdir, void *va);

/* Does what another processor has asked of this one, if it has. */
void tlb_answer(void);

#endif

#ifndef KERN_CHECK_H
#define KERN_CHECK_H

#include "inc/mmu.h"

/* The allocator's and the map's own checks: they panic when something
 * is wrong and leave everything as it was. */
void check_pages(void);
void check_paging(void);

/* What the processor would find at va: false, or the physical address and
 * the permissions, PTE_W and PTE_U, as both levels grant them. */
bool translate(pde_t *pgdir, uint32_t va, physaddr_t *pa, int *perm);

#endif

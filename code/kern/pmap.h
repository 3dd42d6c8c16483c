#ifndef KERN_PMAP_H
#define KERN_PMAP_H

#include "inc/assert.h"
#include "inc/bootinfo.h"
#include "inc/memlayout.h"
#include "inc/mmu.h"

extern struct PageInfo *pages;		/* one for each physical page */
extern uint32_t npages;
extern uint32_t nfree;			/* pages on the free list */
extern pde_t *kern_pgdir;

/* For check.c alone: the list, and the mark of its end. */
extern struct PageInfo *free_list, free_end;

enum {
	ALLOC_ZERO = 1,			/* page_alloc: filled with zeros */
};

/* Takes over the memory that the BIOS's map lists; turns paging on. */
void mem_init(const struct bootinfo *bi);

/* A page with no references, or NULL when none is free. */
struct PageInfo *page_alloc(int flags);
void page_free(struct PageInfo *pp);
/* One reference less; the last one frees the page. */
void page_decref(struct PageInfo *pp);

/* The entry of va's page table; NULL when there is no table and it is not
 * to be created, no memory for it, or a page of 4 MB stands there. */
pte_t *pgdir_walk(pde_t *pgdir, const void *va, bool create);
/* Maps pp at va instead of what was there. 0, or -E_NO_MEM and nothing
 * has changed. */
int page_insert(pde_t *pgdir, struct PageInfo *pp, void *va, int perm);
/* The n pages from srcva on in one directory are also from dstva on in another,
 * with perm; writable only if they were so. How many were done; if not even
 * the first, -E_INVAL or -E_NO_MEM. */
int page_map_run(pde_t *from, uint32_t srcva, pde_t *to, uint32_t dstva,
		 uint32_t n, int perm);
struct PageInfo *page_lookup(pde_t *pgdir, void *va, pte_t **pte_store);
void page_remove(pde_t *pgdir, void *va);
/* The whole table at pgdir[pdx] and the pages in it, of a directory that no
 * processor has loaded. */
void page_remove_table(pde_t *pgdir, uint32_t pdx);
void tlb_invalidate(pde_t *pgdir, void *va);

/* Registers of a device at physical address pa, size bytes: where the
 * kernel sees them from now on. */
void *mmio_map_region(physaddr_t pa, size_t size);

/* May physical page number pn ever be given to anyone? */
bool page_reserved(uint32_t pn);

/* What a processor needs before it loads kern_pgdir: pages of 4 MB, as
 * the first processor has them. */
void paging_same(void);

static inline physaddr_t page2pa(struct PageInfo *pp)
{
	return (pp - pages) << PGSHIFT;
}

static inline struct PageInfo *pa2page(physaddr_t pa)
{
	if (PGNUM(pa) >= npages)
		panic("pa2page: no page at physical address 0x%08x", pa);
	return &pages[PGNUM(pa)];
}

static inline void *page2kva(struct PageInfo *pp)
{
	return KADDR(page2pa(pp));
}

/* The physical address behind a kernel pointer at or above KERNBASE. */
#define PADDR(kva)	((physaddr_t)(kva) - KERNBASE)

#endif

#include "inc/string.h"
#include "inc/x86.h"
#include "kern/check.h"
#include "kern/pmap.h"
#include "kern/task.h"

extern char text_start[], data_start[];		/* kernel.ld */

/* Is pp one of pages[], and not a pointer into the middle of one? */
static bool is_page(struct PageInfo *pp)
{
	uint32_t offset = (uint32_t)pp - (uint32_t)pages;

	return offset < npages * sizeof(*pp) && offset % sizeof(*pp) == 0;
}

/* What is wrong with the free list, or NULL. */
static const char *free_list_error(void)
{
	uint32_t n = 0;

	for (struct PageInfo *pp = free_list; pp != &free_end;
	     pp = pp->pp_link) {
		if (!is_page(pp))
			return "a link that leads to no page";
		if (pp->pp_ref != 0 || pp->pp_wref != 0)
			return "a free page with references";
		if (page_reserved(pp - pages))
			return "a page that is nobody's to give";
		if (++n > nfree)
			return "more pages than were freed, or a loop";
	}
	if (n < nfree)
		return "fewer pages than were freed";
	return NULL;
}

/* Damages: each puts one word of the list out of order. */
static void break_link(struct PageInfo *pp)
{
	pp->pp_link = (struct PageInfo *)0xDEADBEEF;
}

static void break_alignment(struct PageInfo *pp)
{
	pp->pp_link = (struct PageInfo *)((char *)pp->pp_link + 4);
}

static void break_loop(struct PageInfo *pp)
{
	pp->pp_link = pp;
}

static void break_cut(struct PageInfo *pp)
{
	pp->pp_link = &free_end;
}

static void break_reserved(struct PageInfo *pp)
{
	pages[0].pp_ref = 0;
	pages[0].pp_link = pp->pp_link;
	pp->pp_link = &pages[0];
}

static void break_reference(struct PageInfo *pp)
{
	pp->pp_link->pp_ref = 1;
}

/* Does the check find the damage? Everything is put back in place. */
static bool finds(void (*damage)(struct PageInfo *pp))
{
	struct PageInfo *pp = free_list->pp_link, *next = pp->pp_link;
	struct PageInfo here = *pp, there = *next, first = pages[0];
	const char *error;

	damage(pp);
	error = free_list_error();
	*pp = here;
	*next = there;
	pages[0] = first;
	return error != NULL;
}

static void check_free_list(void)
{
	static void (*const damages[])(struct PageInfo *) = {
		break_link, break_alignment, break_loop, break_cut,
		break_reserved, break_reference,
	};
	uint32_t found = 0;

	if (free_list_error() != NULL)
		panic("free list: %s", free_list_error());
	for (size_t i = 0; i < ARRAY_SIZE(damages); i++)
		found += finds(damages[i]);
	cprintf("check: free list sound, %u of %u damages found\n",
		found, ARRAY_SIZE(damages));
	assert(found == ARRAY_SIZE(damages));
	assert(free_list_error() == NULL);
}

/* Takes every page there is, then gives them all back. */
static void check_page_alloc(void)
{
	uint32_t before = nfree, n = 0;
	struct PageInfo *all = NULL, *pp;

	while ((pp = page_alloc(0)) != NULL) {
		assert(is_page(pp) && !page_reserved(pp - pages));
		assert(pp->pp_link == NULL && pp->pp_ref == 0);
		*(uint32_t *)page2kva(pp) = pp - pages;
		pp->pp_link = all;
		all = pp;
		n++;
	}
	assert(n == before && nfree == 0);
	while ((pp = all) != NULL) {
		assert(*(uint32_t *)page2kva(pp) == (uint32_t)(pp - pages));
		all = pp->pp_link;
		pp->pp_link = NULL;
		page_free(pp);
	}
	assert(nfree == before && free_list_error() == NULL);
	pp = page_alloc(ALLOC_ZERO);
	for (uint32_t i = 0; i < PGSIZE; i++)
		assert(((char *)page2kva(pp))[i] == 0);
	page_free(pp);
	cprintf("check: %u pages taken and given back\n", n);
}

void check_pages(void)
{
	check_free_list();
	check_page_alloc();
}

bool translate(pde_t *pgdir, uint32_t va, physaddr_t *pa, int *perm)
{
	pde_t pde = pgdir[PDX(va)];
	pte_t pte;

	if (!(pde & PTE_P))
		return false;
	if (pde & PTE_PS) {
		*pa = (pde & ~(PTSIZE - 1)) | (va & (PTSIZE - 1));
		*perm = pde & (PTE_W | PTE_U);
		return true;
	}
	pte = ((pte_t *)KADDR(PTE_ADDR(pde)))[PTX(va)];
	if (!(pte & PTE_P))
		return false;
	*pa = PTE_ADDR(pte) | PGOFF(va);
	*perm = pde & pte & (PTE_W | PTE_U);
	return true;
}

/* Is va in the view that programs have of a table? Then, where it leads. */
static bool in_view(uint32_t va, uint32_t view, const void *table,
		    uint32_t size, physaddr_t *pa)
{
	if (va < view || va - view >= ROUNDUP(size, PGSIZE))
		return false;
	*pa = PADDR(table) + (va - view);
	return true;
}

/* What page va of the kernel's map must be: false, nothing; else where it
 * leads, and with what permissions. MMIO is not looked at. */
static bool wanted(uint32_t va, physaddr_t *pa, int *perm)
{
	bool constant = va >= (uint32_t)text_start &&
			va < (uint32_t)data_start;

	*pa = va - KERNBASE;
	*perm = constant ? 0 : PTE_W;
	if (va >= KERNBASE && va - KERNBASE < npages * PGSIZE)
		return true;
	*perm = PTE_U;
	return in_view(va, UPAGES, pages, npages * sizeof(*pages), pa) ||
	       in_view(va, UENVS, envs, NENV * sizeof(*envs), pa);
}

static bool check_page(uint32_t va)
{
	physaddr_t pa, want_pa;
	int perm, want_perm;
	bool want = wanted(va, &want_pa, &want_perm);

	assert(translate(kern_pgdir, va, &pa, &perm) == want);
	if (want)
		assert(pa == want_pa && perm == want_perm);
	return want;
}

static uint32_t view_pages(void)
{
	return ROUNDUP(npages * sizeof(*pages), PGSIZE) / PGSIZE +
	       ROUNDUP(NENV * sizeof(*envs), PGSIZE) / PGSIZE;
}

static void check_kernel_map(void)
{
	uint32_t mapped = 0;

	for (uint32_t pdx = 0; pdx < NPDENTRIES; pdx++) {
		if (!(kern_pgdir[pdx] & PTE_P))
			continue;
		for (uint32_t i = 0; i < PTSIZE; i += PGSIZE)
			mapped += check_page((pdx << PDXSHIFT) + i);
	}
	assert(mapped == npages + view_pages());
	cprintf("check: kernel map, %u pages, %u of them read-only\n", npages,
		(data_start - text_start) / PGSIZE);
	cprintf("check: programs may read %u pages of the kernel's\n",
		view_pages());
}

static void check_page_insert(void)
{
	uint32_t before = nfree;
	void *va = (void *)0x00800000, *other = (void *)0x00801000;
	pde_t *pgdir = kern_pgdir;
	struct PageInfo *a = page_alloc(ALLOC_ZERO);
	struct PageInfo *b = page_alloc(ALLOC_ZERO);
	struct PageInfo *rest = NULL, *pp;

	assert(a != NULL && b != NULL && a != b);

	/* with no page left, no table can be made, and nothing changes */
	while ((pp = page_alloc(0)) != NULL) {
		pp->pp_link = rest;
		rest = pp;
	}
	assert(page_insert(pgdir, a, va, PTE_W) < 0 && a->pp_ref == 0);
	while ((pp = rest) != NULL) {
		rest = pp->pp_link;
		pp->pp_link = NULL;
		page_free(pp);
	}

	/* what is written at va is in the page */
	assert(page_insert(pgdir, a, va, PTE_W) == 0);
	assert(a->pp_ref == 1 && a->pp_wref == 1);
	*(volatile uint32_t *)va = 0x476F6C6F;
	assert(*(uint32_t *)page2kva(a) == 0x476F6C6F);

	/* again in the same place, now read-only; and in a second one */
	assert(page_insert(pgdir, a, va, 0) == 0);
	assert(a->pp_ref == 1 && a->pp_wref == 0);
	assert(page_insert(pgdir, a, other, PTE_W) == 0);
	assert(a->pp_ref == 2 && a->pp_wref == 1);

	/* another page takes its place: the TLB must not remember */
	assert(page_insert(pgdir, b, va, PTE_W) == 0);
	assert(a->pp_ref == 1 && b->pp_ref == 1);
	assert(*(volatile uint32_t *)va == 0);
	assert(*(volatile uint32_t *)other == 0x476F6C6F);

	page_remove(pgdir, va);
	page_remove(pgdir, va);
	page_remove(pgdir, other);
	assert(page_lookup(pgdir, va, NULL) == NULL);
	assert(a->pp_ref == 0 && a->pp_link != NULL);

	page_decref(pa2page(PTE_ADDR(pgdir[PDX(va)])));
	pgdir[PDX(va)] = 0;
	assert(nfree == before && free_list_error() == NULL);
	cprintf("check: pages mapped, counted and unmapped\n");
}

/* The screen, seen twice. */
static void check_mmio(void)
{
	volatile uint16_t *a = KADDR(0xB8000 + 2 * 80 * 24);
	volatile uint16_t *b = mmio_map_region(0xB8000 + 2 * 80 * 24, 2);
	uint16_t was = *a;

	assert((uint32_t)b >= MMIOBASE && (uint32_t)b < MMIOLIM);
	*b = was ^ 0x5555;
	assert(*a == (was ^ 0x5555));
	*a = was;
	assert(*b == was);
	cprintf("check: device registers at %p\n", (void *)b);
}

void check_paging(void)
{
	check_kernel_map();
	check_page_insert();
	check_mmio();
}

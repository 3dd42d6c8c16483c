#include "inc/error.h"
#include "inc/string.h"
#include "inc/x86.h"
#include "kern/check.h"
#include "kern/pmap.h"
#include "kern/task.h"
#include "kern/cpu.h"
#include "kern/tlb.h"

extern char text_start[], data_start[], end[];	/* kernel.ld */
void paging_on(physaddr_t pgdir);		/* paging.S */

uint32_t npages;

/* Whole pages of RAM that the BIOS lists below PHYSMAX: page numbers. */
static struct {
	uint32_t first, last;		/* last: the one after */
} ram[BI_MAXMAP];
static uint32_t nram;

struct PageInfo *pages;
static char *boot_next = end;		/* first byte that nobody has */

uint32_t nfree;
struct PageInfo free_end;		/* what the last free page links to */
struct PageInfo *free_list = &free_end;

enum {
	MIN_FREE_KB = 4096,		/* less than this is no use to us */
};

pde_t *kern_pgdir;
static bool have_pse;

static void add_ram(uint64_t base, uint64_t end)
{
	uint64_t first = (base + PGSIZE - 1) >> PGSHIFT;
	uint64_t last = MIN(end, (uint64_t)PHYSMAX) >> PGSHIFT;

	if (first >= last)
		return;
	ram[nram].first = first;
	ram[nram].last = last;
	nram++;
	npages = MAX(npages, (uint32_t)last);
}

/* Are the pages from first to last - 1 RAM, and in one piece? */
static bool is_ram(uint32_t first, uint32_t last)
{
	for (uint32_t i = 0; i < nram; i++)
		if (first >= ram[i].first && last <= ram[i].last)
			return true;
	return false;
}

/* Copies the BIOS's map to ram[]; says what the kernel cannot reach. */
static void detect_memory(const struct bootinfo *bi)
{
	uint64_t left = 0;

	for (uint32_t i = 0; i < bi->nmap; i++) {
		const struct memmap *m = &bi->map[i];
		uint64_t end = m->base + m->length;

		if (!memmap_is_ram(m))
			continue;
		add_ram(m->base, end);
		if (end > PHYSMAX)
			left += end - MAX(m->base, (uint64_t)PHYSMAX);
	}
	if (left > 0)
		cprintf("memory: %llu KB above %d MB are left unused\n",
			left >> 10, PHYSMAX >> 20);
}

/* n bytes of whole pages right after the kernel; only before page_init. */
static void *boot_alloc(uint32_t n)
{
	char *p = ROUNDUP(boot_next, PGSIZE);
	char *last = p + ROUNDUP(n, PGSIZE);

	assert(free_list == &free_end);
	if (!is_ram(PGNUM(PADDR(p)), PGNUM(PADDR(last))))
		panic("too little memory: no %u bytes after the kernel", n);
	boot_next = last;
	memset(p, 0, last - p);
	return p;
}

bool page_reserved(uint32_t pn)
{
	physaddr_t pa = pn << PGSHIFT;

	if (!is_ram(pn, pn + 1))
		return true;
	if (pa == 0 || pa == MPENTRY_PADDR)
		return true;
	return pa >= EXTPHYSMEM && pa < PADDR(boot_next);
}

static void page_init(void)
{
	for (uint32_t pn = 0; pn < npages; pn++) {
		if (page_reserved(pn))
			pages[pn].pp_ref = 1;
		else
			page_free(&pages[pn]);
	}
	if (nfree < MIN_FREE_KB / 4)
		panic("too little memory: %u KB free, %u KB needed",
		      nfree * 4, MIN_FREE_KB);
}

struct PageInfo *page_alloc(int flags)
{
	struct PageInfo *pp = free_list;

	if (pp == &free_end)
		return NULL;
	free_list = pp->pp_link;
	pp->pp_link = NULL;
	nfree--;
	if (flags & ALLOC_ZERO)
		memset(page2kva(pp), 0, PGSIZE);
	return pp;
}

void page_free(struct PageInfo *pp)
{
	if (pp->pp_link != NULL)
		panic("page_free: page %u is free already", pp - pages);
	if (pp->pp_ref != 0 || pp->pp_wref != 0)
		panic("page_free: page %u has %u references, %u writable",
		      pp - pages, pp->pp_ref, pp->pp_wref);
	pp->pp_link = free_list;
	free_list = pp;
	nfree++;
}

void page_decref(struct PageInfo *pp)
{
	assert(pp->pp_ref > 0);
	if (--pp->pp_ref == 0)
		page_free(pp);
}

pte_t *pgdir_walk(pde_t *pgdir, const void *va, bool create)
{
	pde_t *pde = &pgdir[PDX(va)];
	struct PageInfo *pp;

	if (*pde & PTE_PS)
		return NULL;
	if (!(*pde & PTE_P)) {
		if (!create || (pp = page_alloc(ALLOC_ZERO)) == NULL)
			return NULL;
		pp->pp_ref++;
		*pde = page2pa(pp) | PTE_P | PTE_W;
		if ((uint32_t)va < ULIM)
			*pde |= PTE_U;
	}
	return (pte_t *)KADDR(PTE_ADDR(*pde)) + PTX(va);
}

/* Fills *pte, which was empty, and counts the new reference. */
static void pte_set(pte_t *pte, struct PageInfo *pp, int perm)
{
	*pte = page2pa(pp) | perm | PTE_P;
	pp->pp_ref++;
	if (perm & PTE_W)
		pp->pp_wref++;
}

/* Empties *pte, the entry of va; the page loses a reference, and only
 * after no processor can reach it by va any more. */
static void pte_clear(pde_t *pgdir, void *va, pte_t *pte)
{
	struct PageInfo *pp = pa2page(PTE_ADDR(*pte));

	if (*pte & PTE_W)
		pp->pp_wref--;
	*pte = 0;
	tlb_invalidate(pgdir, va);
	page_decref(pp);
}

/* Other permissions for the page that is there. */
static inline void pte_protect(pde_t *pgdir, void *va, pte_t *pte, int perm)
{
	struct PageInfo *pp = pa2page(PTE_ADDR(*pte));

	pp->pp_wref += !!(perm & PTE_W) - !!(*pte & PTE_W);
	*pte = PTE_ADDR(*pte) | perm | PTE_P;
	tlb_invalidate(pgdir, va);
}

/* Maps pp at va, whose entry is *pte, instead of what was there: at no moment
 * is there none. */
static inline void pte_replace(pde_t *pgdir, void *va, pte_t *pte,
			struct PageInfo *pp, int perm)
{
	struct PageInfo *was;
	pte_t old = *pte;

	if (!(old & PTE_P)) {
		pte_set(pte, pp, perm);
		return;
	}
	if (PTE_ADDR(old) == page2pa(pp)) {
		pte_protect(pgdir, va, pte, perm);
		return;
	}
	pte_set(pte, pp, perm);
	tlb_invalidate(pgdir, va);
	was = pa2page(PTE_ADDR(old));
	was->pp_wref -= !!(old & PTE_W);
	page_decref(was);
}

int page_insert(pde_t *pgdir, struct PageInfo *pp, void *va, int perm)
{
	pte_t *pte = pgdir_walk(pgdir, va, true);

	if (pte == NULL)
		return -E_NO_MEM;
	pte_replace(pgdir, va, pte, pp, perm);
	return 0;
}

/* The same within one page table of each: n entries from *src and *dst on. How
 * many could be done. */
static uint32_t map_entries(const pte_t *src, pde_t *to, uint32_t va, pte_t *dst,
			    uint32_t n, int perm)
{
	uint32_t wanted = PTE_P | (perm & PTE_W);

	for (uint32_t i = 0; i < n; i++, va += PGSIZE) {
		if ((src[i] & wanted) != wanted)
			return i;
		pte_replace(to, (void *)va, &dst[i], pa2page(PTE_ADDR(src[i])),
			    perm);
	}
	return n;
}

int page_map_run(pde_t *from, uint32_t srcva, pde_t *to, uint32_t dstva,
		 uint32_t n, int perm)
{
	uint32_t done = 0, once, now = 1;

	for (; done < n && now > 0; done += now) {
		pte_t *src = pgdir_walk(from, (void *)srcva, false), *dst;

		if (src == NULL)
			break;
		dst = pgdir_walk(to, (void *)dstva, true);
		if (dst == NULL)
			return done > 0 ? (int)done : -E_NO_MEM;
		once = NPTENTRIES - MAX(PTX(srcva), PTX(dstva));
		now = map_entries(src, to, dstva, dst, MIN(once, n - done),
				  perm);
		srcva += now * PGSIZE;
		dstva += now * PGSIZE;
	}
	return done > 0 || n == 0 ? (int)done : -E_INVAL;
}

struct PageInfo *page_lookup(pde_t *pgdir, void *va, pte_t **pte_store)
{
	pte_t *pte = pgdir_walk(pgdir, va, false);

	if (pte_store != NULL)
		*pte_store = pte;
	if (pte == NULL || !(*pte & PTE_P))
		return NULL;
	return pa2page(PTE_ADDR(*pte));
}

void page_remove(pde_t *pgdir, void *va)
{
	pte_t *pte;

	if (page_lookup(pgdir, va, &pte) != NULL)
		pte_clear(pgdir, va, pte);
}

void page_remove_table(pde_t *pgdir, uint32_t pdx)
{
	pte_t *table = KADDR(PTE_ADDR(pgdir[pdx]));

	for (uint32_t i = 0; i < NPTENTRIES; i++) {
		struct PageInfo *pp;

		if (!(table[i] & PTE_P))
			continue;
		pp = pa2page(PTE_ADDR(table[i]));
		pp->pp_wref -= !!(table[i] & PTE_W);
		page_decref(pp);
	}
	page_decref(pa2page(PTE_ADDR(pgdir[pdx])));
	pgdir[pdx] = 0;
}

void tlb_invalidate(pde_t *pgdir, void *va)
{
	if (rcr3() == PADDR(pgdir))
		invlpg(va);
	else
		tlb_shootdown(pgdir, va);
}

/* A 486 without CPUID cannot change FL_ID. */
uint32_t cpu_features(void)
{
	uint32_t eflags = read_eflags();

	write_eflags(eflags ^ FL_ID);
	if (((read_eflags() ^ eflags) & FL_ID) == 0)
		return 0;
	return cpuid_edx(1);
}

bool cpu_has(uint32_t feature)
{
	return cpu_features() & feature;
}

static void map_page(uint32_t va, physaddr_t pa, int perm)
{
	pte_t *pte = pgdir_walk(kern_pgdir, (void *)va, true);

	if (pte == NULL)
		panic("no memory for the kernel's page tables");
	*pte = pa | perm | PTE_P;
}

/* Maps [va, last) of the kernel to physical memory from pa on, in pages
 * of 4 MB where there are any and one fits. */
static void map_region(uint32_t va, uint32_t last, physaddr_t pa, int perm)
{
	uint32_t size;

	for (; va < last; va += size, pa += size) {
		if (have_pse && va % PTSIZE == 0 && pa % PTSIZE == 0 &&
		    last - va >= PTSIZE) {
			kern_pgdir[PDX(va)] = pa | perm | PTE_P | PTE_PS;
			size = PTSIZE;
		} else {
			map_page(va, pa, perm);
			size = PGSIZE;
		}
	}
}

/* Physical memory at KERNBASE: the kernel's text and constants may only
 * be read, the rest is written as well; nothing is for user mode. */
static void map_kernel(void)
{
	uint32_t text = (uint32_t)text_start, data = (uint32_t)data_start;
	uint32_t top = KERNBASE + npages * PGSIZE;

	map_region(KERNBASE, text, 0, PTE_W);
	map_region(text, data, PADDR(text), 0);
	map_region(data, top, PADDR(data), PTE_W);
}

/* What programs may read of the kernel: pages[] and envs[]. */
static void map_view(uint32_t va, void *table, uint32_t size)
{
	for (uint32_t i = 0; i < size; i += PGSIZE)
		map_page(va + i, PADDR(table) + i, PTE_U);
}

static void map_views(void)
{
	map_view(UPAGES, pages, npages * sizeof(struct PageInfo));
	map_view(UENVS, envs, NENV * sizeof(struct Env));
}

void paging_same(void)
{
	if (have_pse)
		lcr4(rcr4() | CR4_PSE);
}

/* While segments still have a base, the kernel runs at its physical
 * address: paging starts with the same map at 0 and at KERNBASE. */
static void start_paging(void)
{
	uint32_t n = NPDENTRIES - PDX(KERNBASE);

	paging_same();
	memcpy(kern_pgdir, &kern_pgdir[PDX(KERNBASE)], n * sizeof(pde_t));
	paging_on(PADDR(kern_pgdir));
	memset(kern_pgdir, 0, n * sizeof(pde_t));
	lcr3(PADDR(kern_pgdir));
}

void *mmio_map_region(physaddr_t pa, size_t size)
{
	static uint32_t next = MMIOBASE;
	physaddr_t first = ROUNDDOWN(pa, PGSIZE);
	uint32_t va = next, bytes = ROUNDUP(pa + size, PGSIZE) - first;

	if (bytes > MMIOLIM - next)
		panic("mmio_map_region: no room for %u bytes at 0x%08x",
		      size, pa);
	next += bytes;
	for (uint32_t i = 0; i < bytes; i += PGSIZE)
		map_page(va + i, first + i, PTE_W | PTE_PCD | PTE_PWT);
	return (void *)(va + PGOFF(pa));
}

void mem_init(const struct bootinfo *bi)
{
	detect_memory(bi);
	kern_pgdir = boot_alloc(PGSIZE);
	pages = boot_alloc(npages * sizeof(struct PageInfo));
	envs = boot_alloc(NENV * sizeof(struct Env));
	page_init();
	cprintf("memory: %u pages, %u free\n", npages, nfree);
	check_pages();
	have_pse = cpu_has(CPUID_PSE);
	map_kernel();
	if (pgdir_walk(kern_pgdir, (void *)MMIOBASE, true) == NULL ||
	    pgdir_walk(kern_pgdir, (void *)MMIOLIM, true) == NULL)
		panic("no memory for the table of device registers");
	map_views();
	start_paging();
	cprintf("paging: on, with pages of %s\n",
		have_pse ? "4 MB and 4 KB" : "4 KB");
	check_paging();
}

#include "inc/elf.h"
#include "inc/error.h"
#include "inc/string.h"
#include "kern/elf.h"
#include "kern/pmap.h"

/* A file that nobody vouches for. */
struct file {
	const uint8_t *data;
	size_t size;
};

/* Is [offset, offset + n) inside the file? */
static bool inside(const struct file *f, uint32_t offset, uint32_t n)
{
	return offset <= f->size && n <= f->size - offset;
}

static bool good_header(const struct file *f, const struct Elf *e)
{
	return f->size >= sizeof(*e) &&
	       e->e_magic == ELF_MAGIC &&
	       e->e_class == ELF_CLASS32 && e->e_data == ELF_DATA2LSB &&
	       e->e_type == ELF_EXEC && e->e_machine == ELF_386 &&
	       e->e_phentsize == sizeof(struct Proghdr) &&
	       e->e_phoff % 4 == 0 &&
	       inside(f, e->e_phoff,
		      e->e_phnum * sizeof(struct Proghdr));
}

/* A segment has to lie in the file, and in memory below the stack. */
static bool good_segment(const struct file *f, const struct Proghdr *ph)
{
	uint32_t top = USTACKTOP - PGSIZE;

	return ph->p_filesz <= ph->p_memsz &&
	       inside(f, ph->p_offset, ph->p_filesz) &&
	       ph->p_va >= PGSIZE && ph->p_va <= top &&
	       ph->p_memsz <= top - ph->p_va &&
	       (ph->p_align & (ph->p_align - 1)) == 0 &&
	       (ph->p_align <= 1 ||
		(ph->p_va - ph->p_offset) % ph->p_align == 0);
}

/* The page of t at va, made if it is not there. */
static int get_page(struct task *t, uint32_t va, int perm,
		    struct PageInfo **store)
{
	struct PageInfo *pp = page_lookup(t->pgdir, (void *)va, NULL);
	int err;

	if (pp != NULL)
		return -E_NO_EXEC;		/* segments that overlap */
	pp = page_alloc(ALLOC_ZERO);
	if (pp == NULL)
		return -E_NO_MEM;
	err = page_insert(t->pgdir, pp, (void *)va, perm);
	if (err < 0) {
		page_free(pp);
		return err;
	}
	*store = pp;
	return 0;
}

/* Copies the part of the segment that falls on the page at va. */
static void fill_page(const struct file *f, const struct Proghdr *ph,
		      uint32_t va, struct PageInfo *pp)
{
	uint32_t from = MAX(va, ph->p_va);
	uint32_t to = MIN(va + PGSIZE, ph->p_va + ph->p_filesz);

	if (from < to)
		memcpy((char *)page2kva(pp) + (from - va),
		       f->data + ph->p_offset + (from - ph->p_va), to - from);
}

static int load_segment(struct task *t, const struct file *f,
			const struct Proghdr *ph)
{
	uint32_t va = ROUNDDOWN(ph->p_va, PGSIZE);
	int perm = PTE_U | (ph->p_flags & ELF_PROG_WRITE ? PTE_W : 0);

	for (; va < ph->p_va + ph->p_memsz; va += PGSIZE) {
		struct PageInfo *pp;
		int err = get_page(t, va, perm, &pp);

		if (err < 0)
			return err;
		fill_page(f, ph, va, pp);
	}
	return 0;
}

static int load_segments(struct task *t, const struct file *f)
{
	const struct Elf *e = (const struct Elf *)f->data;
	const struct Proghdr *ph = (void *)(f->data + e->e_phoff);
	bool entry = false;

	for (int i = 0; i < e->e_phnum; i++, ph++) {
		int err;

		if (ph->p_type != ELF_PROG_LOAD || ph->p_memsz == 0)
			continue;
		if (!good_segment(f, ph))
			return -E_NO_EXEC;
		err = load_segment(t, f, ph);
		if (err < 0)
			return err;
		entry |= e->e_entry - ph->p_va < ph->p_memsz;
	}
	return entry ? 0 : -E_NO_EXEC;
}

int elf_load(struct task *t, const void *elf, size_t size)
{
	struct file f = { elf, size };
	struct PageInfo *stack;
	int err;

	if (!good_header(&f, elf))
		return -E_NO_EXEC;
	err = load_segments(t, &f);
	if (err < 0)
		return err;
	t->regs.eip = ((const struct Elf *)elf)->e_entry;
	return get_page(t, USTACKTOP - PGSIZE, PTE_U | PTE_W, &stack);
}

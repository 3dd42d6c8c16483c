#include "boot/boot.h"
#include "inc/bootinfo.h"
#include "inc/elf.h"
#include "inc/x86.h"

_Static_assert(offsetof(struct bootinfo, nmap) == BI_NMAP, "BI_NMAP");
_Static_assert(offsetof(struct bootinfo, map) == BI_MAP, "BI_MAP");
_Static_assert(sizeof(struct memmap) == MEMMAP_SIZE, "MEMMAP_SIZE");

static struct bootinfo *const bootinfo = (struct bootinfo *)BOOTINFO_ADDR;
static struct Elf *const elf = (struct Elf *)HEADER_ADDR;

static void put_char(char c)
{
	static volatile uint16_t *screen = (uint16_t *)0xB8000 + 20 * 80;
	int patience = 100000;

	while (!(inb(0x3FD) & 0x20) && --patience > 0)
		;
	outb(0x3F8, c);
	if (c != '\r' && c != '\n')
		*screen++ = 0x0700 | (uint8_t)c;
}

static void put(const char *s)
{
	while (*s)
		put_char(*s++);
}

static void put_hex(uint32_t n)
{
	for (int shift = 28; shift >= 0; shift -= 4)
		put_char("0123456789ABCDEF"[(n >> shift) & 0xF]);
}

static void __attribute__((noreturn))
fail(const char *why, const char *name, uint32_t value)
{
	put("loader: ");
	put(why);
	put(name);
	put(" 0x");
	put_hex(value);
	put("\r\n");
	for (;;) {
		cli();
		hlt();
	}
}

/* ATA: the primary channel (ATA/ATAPI-6, 7.2 to 7.15). */
enum {
	IDE_DATA	= 0x1F0,
	IDE_COUNT	= 0x1F2,
	IDE_LBA0	= 0x1F3,
	IDE_LBA1	= 0x1F4,
	IDE_LBA2	= 0x1F5,
	IDE_DRIVE	= 0x1F6,
	IDE_STATUS	= 0x1F7,	/* read */
	IDE_COMMAND	= 0x1F7,	/* write */
	IDE_ALTERNATE	= 0x3F6,	/* status, no side effects */

	IDE_BSY		= 0x80,
	IDE_DRDY	= 0x40,
	IDE_DF		= 0x20,
	IDE_DRQ		= 0x08,
	IDE_ERR		= 0x01,

	IDE_READ	= 0x20,
	IDE_PATIENCE	= 10000000,	/* reads of the status port */
};

/* 400 ns, what the disk may take to show a new state (7.15.6.1). */
static void ide_delay(void)
{
	for (int i = 0; i < 4; i++)
		inb(IDE_ALTERNATE);
}

/* Waits until the disk is idle and shows one of the bits of mask. */
static uint8_t ide_wait(uint8_t mask, uint32_t sector)
{
	for (int i = 0; i < IDE_PATIENCE; i++) {
		uint8_t status = inb(IDE_STATUS);

		if (status == 0xFF)
			fail("no IDE disk,", " status", status);
		if (!(status & IDE_BSY) && (status & mask))
			return status;
	}
	fail("the disk does not answer,", " sector", sector);
}

/* Reads one sector; LBA28, so at most 128 GB of disk. */
static void read_sector(uint32_t sector, void *to)
{
	outb(IDE_DRIVE, 0xE0 | ((sector >> 24) & 0xF));
	ide_delay();
	ide_wait(IDE_DRDY, sector);
	outb(IDE_COUNT, 1);
	outb(IDE_LBA0, sector);
	outb(IDE_LBA1, sector >> 8);
	outb(IDE_LBA2, sector >> 16);
	outb(IDE_COMMAND, IDE_READ);
	ide_delay();
	if (ide_wait(IDE_DRQ | IDE_ERR | IDE_DF, sector) & (IDE_ERR | IDE_DF))
		fail("cannot read the disk,", " sector", sector);
	insw(IDE_DATA, to, SECTOR / 2);
}

static void copy(uint8_t *to, const uint8_t *from, uint32_t size)
{
	while (size-- > 0)
		*to++ = *from++;
}

/* Reads size bytes at offset of the kernel's file to memory. */
static void read_file(uint8_t *to, uint32_t offset, uint32_t size)
{
	uint8_t *bounce = (uint8_t *)BOUNCE_ADDR;

	while (size > 0) {
		uint32_t sector = LBA_KERNEL + offset / SECTOR;
		uint32_t skip = offset % SECTOR;
		uint32_t n = MIN(SECTOR - skip, size);

		if (n == SECTOR) {
			read_sector(sector, to);
		} else {
			read_sector(sector, bounce);
			copy(to, bounce + skip, n);
		}
		to += n;
		offset += n;
		size -= n;
	}
}

/* Is address bit 20 alive? If not, 1 MB + x is seen at x. */
static void check_a20(void)
{
	volatile uint32_t *low = (uint32_t *)HEADER_ADDR;
	volatile uint32_t *high = (uint32_t *)(HEADER_ADDR + 0x100000);

	*low = ~*high;
	if (*low == *high)
		fail("cannot open the A20 gate,", " value", *high);
}

static void check_header(void)
{
	if (elf->e_magic != ELF_MAGIC)
		fail("bad ELF:", " magic", elf->e_magic);
	if (elf->e_class != ELF_CLASS32 || elf->e_data != ELF_DATA2LSB)
		fail("bad ELF:", " class", elf->e_class);
	if (elf->e_type != ELF_EXEC)
		fail("bad ELF:", " type", elf->e_type);
	if (elf->e_machine != ELF_386)
		fail("bad ELF:", " machine", elf->e_machine);
	if (elf->e_phentsize != sizeof(struct Proghdr))
		fail("bad ELF:", " phentsize", elf->e_phentsize);
	if (elf->e_phoff > BOUNCE_ADDR - HEADER_ADDR || elf->e_phnum >
	    (BOUNCE_ADDR - HEADER_ADDR - elf->e_phoff) / sizeof(struct Proghdr))
		fail("bad ELF:", " phnum", elf->e_phnum);
}

/* Is [from, from + size) inside one region of usable memory? */
static bool is_ram(uint32_t from, uint32_t size)
{
	for (uint32_t i = 0; i < bootinfo->nmap; i++) {
		struct memmap *m = &bootinfo->map[i];

		if (memmap_is_ram(m) && from >= m->base &&
		    (uint64_t)from + size <= m->base + m->length)
			return true;
	}
	return false;
}

static void load_segment(const struct Proghdr *ph)
{
	static uint32_t lowest = 0x100000;	/* for the next segment */
	uint8_t *to = (uint8_t *)ph->p_pa;

	if (ph->p_filesz > ph->p_memsz)
		fail("bad ELF:", " filesz", ph->p_filesz);
	if (ph->p_offset + ph->p_filesz < ph->p_offset)
		fail("bad ELF:", " offset", ph->p_offset);
	if (ph->p_pa < lowest)
		fail("bad ELF: segment too low,", " address", ph->p_pa);
	if (!is_ram(ph->p_pa, ph->p_memsz))
		fail("too little memory for the kernel,", " end",
		     ph->p_pa + ph->p_memsz);
	lowest = ph->p_pa + ph->p_memsz;
	read_file(to, ph->p_offset, ph->p_filesz);
	stosb(to + ph->p_filesz, 0, ph->p_memsz - ph->p_filesz);
}

/* Loads the kernel; returns the physical address of its entry. */
uint32_t load_kernel(void)
{
	const struct Proghdr *ph;
	bool entry = false;

	if (bootinfo->nmap == 0)
		fail("the BIOS has no memory map (E820),", " entries", 0);
	check_a20();
	read_file((uint8_t *)elf, 0, BOUNCE_ADDR - HEADER_ADDR);
	check_header();
	ph = (struct Proghdr *)(HEADER_ADDR + elf->e_phoff);
	for (int i = 0; i < elf->e_phnum; i++, ph++) {
		if (ph->p_type != ELF_PROG_LOAD)
			continue;
		load_segment(ph);
		if (elf->e_entry - ph->p_pa < ph->p_filesz)
			entry = true;
	}
	if (!entry)
		fail("bad ELF:", " entry", elf->e_entry);
	return elf->e_entry;
}

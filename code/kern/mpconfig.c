#include "inc/memlayout.h"
#include "inc/string.h"
#include "inc/trap.h"
#include "kern/cmdline.h"
#include "kern/cpu.h"
#include "kern/mpconfig.h"
#include "kern/printf.h"

/* The floating pointer (MP 1.4, 4.1): where the table is. */
struct mp {
	char signature[4];		/* "_MP_" */
	physaddr_t table;
	uint8_t length;			/* in units of 16 bytes */
	uint8_t revision;
	uint8_t checksum;		/* all bytes add up to 0 */
	uint8_t type;			/* not 0: a default, no table */
	uint8_t features;
	uint8_t reserved[3];
} __attribute__((packed));

/* The header of the table (MP 1.4, 4.2). */
struct mpconf {
	char signature[4];		/* "PCMP" */
	uint16_t length;		/* of the whole table, in bytes */
	uint8_t revision;
	uint8_t checksum;		/* all bytes add up to 0 */
	char product[20];
	physaddr_t oem_table;
	uint16_t oem_length;
	uint16_t entries;
	physaddr_t lapic;
	uint16_t extended_length;
	uint8_t extended_checksum;
	uint8_t reserved;
} __attribute__((packed));

/* An entry for a processor (MP 1.4, 4.3.1). */
struct mpproc {
	uint8_t type;			/* MP_PROCESSOR */
	uint8_t apicid;
	uint8_t version;
	uint8_t flags;
	uint8_t signature[4];
	uint32_t features;
	uint8_t reserved[8];
} __attribute__((packed));

/* Entries for a bus, an IOAPIC and a wire (MP 1.4, 4.3.2 to 4.3.4). */
struct mpbus {
	uint8_t type;			/* MP_BUS */
	uint8_t id;
	char name[6];			/* "ISA   " */
} __attribute__((packed));

struct mpioapic {
	uint8_t type;			/* MP_IOAPIC */
	uint8_t apicid;
	uint8_t version;
	uint8_t flags;
	physaddr_t address;
} __attribute__((packed));

struct mpinterrupt {
	uint8_t type;			/* MP_INTERRUPT */
	uint8_t kind;
	uint16_t flags;			/* polarity and trigger */
	uint8_t bus;			/* from this one ... */
	uint8_t irq;
	uint8_t ioapic;			/* ... to this one */
	uint8_t pin;
} __attribute__((packed));

enum {
	MP_PROCESSOR	= 0,		/* 20 bytes; the others have 8 */
	MP_BUS		= 1,
	MP_IOAPIC	= 2,
	MP_INTERRUPT	= 3,
	MP_LAST		= 4,
	MP_OTHER_SIZE	= 8,

	PROC_ENABLED	= 0x01,
	PROC_BOOT	= 0x02,
	IOAPIC_USABLE	= 0x01,
	INT_VECTORED	= 0,		/* not NMI, SMI or ExtINT */

	BDA_EBDA	= 0x40E,	/* segment of the EBDA */
	BDA_BASE_KB	= 0x413,	/* KB of memory below it */
};

int ncpu = 1;
physaddr_t lapic_pa, ioapic_pa;
uint8_t isa_pin[NIRQ];

static uint8_t sum(const void *p, size_t n)
{
	const uint8_t *byte = p;
	uint8_t total = 0;

	while (n-- > 0)
		total += *byte++;
	return total;
}

static struct mp *search(physaddr_t from, size_t size)
{
	for (physaddr_t pa = from; pa < from + size; pa += sizeof(struct mp)) {
		struct mp *mp = KADDR(pa);

		if (memcmp(mp->signature, "_MP_", 4) == 0 &&
		    mp->length > 0 && sum(mp, mp->length * 16) == 0)
			return mp;
	}
	return NULL;
}

/* The three places where it may be (MP 1.4, 4): the first KB of the EBDA,
 * the last KB of base memory, the BIOS's ROM. */
static struct mp *find_mp(void)
{
	physaddr_t ebda = *(uint16_t *)KADDR(BDA_EBDA) << 4;
	physaddr_t top = *(uint16_t *)KADDR(BDA_BASE_KB) * 1024;
	struct mp *mp = NULL;

	if (ebda != 0)
		mp = search(ebda, 1024);
	if (mp == NULL && top >= 1024)
		mp = search(top - 1024, 1024);
	if (mp == NULL)
		mp = search(0xF0000, 0x10000);
	return mp;
}

/* What the table says. */
struct found {
	physaddr_t lapic;
	int ncpu;			/* at most NCPU; the first one boots */
	int toomany;
	uint8_t apicid[NCPU];
	physaddr_t ioapic;		/* the first one */
	uint8_t ioapic_id;
	int isa;			/* number of the ISA bus, or -1 */
	uint8_t pin[NIRQ];		/* of the IOAPIC, for each ISA IRQ */
};

static void add_cpu(const struct mpproc *proc, struct found *f)
{
	if (!(proc->flags & PROC_ENABLED))
		return;
	if (proc->flags & PROC_BOOT)
		f->apicid[0] = proc->apicid;
	else if (f->ncpu < NCPU)
		f->apicid[f->ncpu++] = proc->apicid;
	else
		f->toomany++;
}

static void add_bus(const struct mpbus *bus, struct found *f)
{
	if (memcmp(bus->name, "ISA", 3) == 0)
		f->isa = bus->id;
}

static void add_ioapic(const struct mpioapic *io, struct found *f)
{
	if (!(io->flags & IOAPIC_USABLE) || f->ioapic != 0)
		return;
	f->ioapic = io->address;
	f->ioapic_id = io->apicid;
}

/* Buses and IOAPICs come before wires (MP 1.4, 4.3). */
static void add_interrupt(const struct mpinterrupt *wire, struct found *f)
{
	if (wire->kind == INT_VECTORED && wire->bus == f->isa &&
	    wire->ioapic == f->ioapic_id && wire->irq < NIRQ)
		f->pin[wire->irq] = wire->pin;
}

static void add_entry(const uint8_t *p, struct found *f)
{
	if (*p == MP_PROCESSOR)
		add_cpu((const struct mpproc *)p, f);
	else if (*p == MP_BUS)
		add_bus((const struct mpbus *)p, f);
	else if (*p == MP_IOAPIC)
		add_ioapic((const struct mpioapic *)p, f);
	else if (*p == MP_INTERRUPT)
		add_interrupt((const struct mpinterrupt *)p, f);
}

/* Goes over the entries; returns what is wrong with them, or NULL. */
static const char *read_entries(const struct mpconf *conf, struct found *f)
{
	const uint8_t *p = (const uint8_t *)(conf + 1);
	const uint8_t *end = (const uint8_t *)conf + conf->length;

	for (int i = 0; i < conf->entries; i++) {
		size_t size = MP_OTHER_SIZE;

		if (p < end && *p == MP_PROCESSOR)
			size = sizeof(struct mpproc);
		if (p + size > end)
			return "entries past its end";
		if (*p > MP_LAST)
			return "an unknown entry";
		add_entry(p, f);
		p += size;
	}
	return NULL;
}

/* Fills f from the table; returns what is wrong with it, or NULL. */
static const char *read_table(const struct mpconf *conf, struct found *f)
{
	*f = (struct found){ .ncpu = 1, .isa = -1 };
	for (int i = 0; i < NIRQ; i++)
		f->pin[i] = i;
	if (memcmp(conf->signature, "PCMP", 4) != 0)
		return "no signature";
	if (conf->length < sizeof(*conf) || sum(conf, conf->length) != 0)
		return "a wrong checksum";
	if (conf->revision != 1 && conf->revision != 4)
		return "an unknown version";
	f->lapic = conf->lapic;
	return read_entries(conf, f);
}

static const char *look(struct found *f)
{
	const struct mp *mp = find_mp();

	if (cmdline_get("noapic", NULL, 0))
		return "noapic on the command line";
	if (!cpu_has(CPUID_APIC))
		return "the processor has no APIC";
	if (mp == NULL)
		return "there is none";
	if (mp->type != 0 || mp->table == 0)
		return "it is a default configuration";
	if (mp->table >= PHYSMAX - 0x10000)
		return "it is out of reach";
	return read_table(KADDR(mp->table), f);
}

void mp_init(void)
{
	struct found f;
	const char *error = look(&f);

	if (error != NULL) {
		cprintf("cpu: no MP table (%s): one processor\n", error);
		return;
	}
	lapic_pa = f.lapic;
	ioapic_pa = f.ioapic;
	memcpy(isa_pin, f.pin, sizeof(isa_pin));
	ncpu = f.ncpu;
	for (int n = 0; n < ncpu; n++)
		cpus[n].apicid = f.apicid[n];
	cprintf("cpu: %d in the MP table, local APIC at 0x%08x\n", ncpu,
		lapic_pa);
	if (f.toomany > 0)
		cprintf("cpu: %d more than %d, left out\n", f.toomany, NCPU);
}

/* A copy of the table with one byte changed, and its checksum made good
 * again when the damage is meant to get past it. */
static bool refused(const struct mpconf *conf, uint32_t offset, uint8_t byte,
		    bool mend)
{
	static uint8_t copy[4096];
	struct mpconf *bad = (struct mpconf *)copy;
	struct found f;

	memcpy(copy, conf, conf->length);
	copy[offset] = byte;
	if (mend)
		bad->checksum -= sum(bad, conf->length);
	return read_table(bad, &f) != NULL;
}

void mp_check(void)
{
	const struct mp *mp = find_mp();
	const struct mpconf *conf;
	int found = 0;

	if (mp == NULL || mp->table == 0)
		return;
	conf = KADDR(mp->table);
	if (conf->length > 4096)
		return;
	found += refused(conf, 0, 'p', true);
	found += refused(conf, 4, conf->length - 1, false);
	found += refused(conf, 6, 9, true);
	found += refused(conf, offsetof(struct mpconf, entries), 0xFF, true);
	found += refused(conf, sizeof(*conf), 200, true);
	found += refused(conf, sizeof(*conf) + 1, 99, false);
	cprintf("check: MP table, %d of 6 damages found\n", found);
}

#include "inc/memlayout.h"
#include "kern/ioapic.h"
#include "kern/mpconfig.h"
#include "kern/pmap.h"

/* The 82093AA (data sheet 290566, 3.0): two registers in memory give way to
 * the others. */
enum {
	SELECT		= 0x00 / 4,	/* the number of one of them */
	WINDOW		= 0x10 / 4,	/* what is in it */

	VERSION		= 0x01,		/* bits 16-23: the last pin */
	TABLE		= 0x10,		/* two words a pin */

	LEVEL		= 0x8000,	/* the rest 0: edge, active high */
	MASKED		= 0x10000,
};

static volatile uint32_t *ioapic;

static uint32_t ioapic_read(int reg)
{
	ioapic[SELECT] = reg;
	return ioapic[WINDOW];
}

static void ioapic_write(int reg, uint32_t value)
{
	ioapic[SELECT] = reg;
	ioapic[WINDOW] = value;
}

void ioapic_init(void)
{
	int last;

	if (ioapic_pa == 0)
		return;
	ioapic = mmio_map_region(ioapic_pa, PGSIZE);
	last = ioapic_read(VERSION) >> 16 & 0xFF;
	for (int pin = 0; pin <= last; pin++)
		ioapic_write(TABLE + 2 * pin, MASKED);
}

void ioapic_enable(int pin, uint8_t vector, uint8_t apicid, bool level)
{
	ioapic_write(TABLE + 2 * pin + 1, (uint32_t)apicid << 24);
	ioapic_write(TABLE + 2 * pin, vector | (level ? LEVEL : 0));
}

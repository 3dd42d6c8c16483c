#include "inc/x86.h"
#include "kern/printf.h"
#include "net/pci.h"

/* Configuration mechanism 1 (PCI 2.1, 3.2.2.3.2): a register's address is
 * written to one port, and the other one gives way to it. */
enum {
	CONFIG_ADDRESS	= 0xCF8,
	CONFIG_DATA	= 0xCFC,
	CONFIG_ENABLE	= 0x80000000,
};

/* The header of a configuration space (PCI 2.1, 6.1). */
enum {
	PCI_ID		= 0x00,		/* and the vendor, in the low half */
	PCI_COMMAND	= 0x04,		/* and the status, in the high half */
	PCI_CLASS	= 0x08,
	PCI_TYPE	= 0x0C,		/* bits 16-23 */
	PCI_BAR		= 0x10,
	PCI_BUSES	= 0x18,		/* of a bridge */
	PCI_LINE	= 0x3C,

	COMMAND_IO	= 0x01,
	TYPE_MANY	= 0x80,		/* it has more functions than one */
	TYPE_BRIDGE	= 0x01,		/* to another bus of PCI */
	NOBODY		= 0xFFFF,	/* no vendor has this number */

	NDEVICE		= 32,
	NFUNCTION	= 8,
};

/* What is done with each device; true: enough. */
typedef bool (*visit_t)(const struct pci_device *d, void *arg);

static void select(const struct pci_device *d, int reg)
{
	outl(CONFIG_ADDRESS, CONFIG_ENABLE | (uint32_t)d->bus << 16 |
	     d->device << 11 | d->function << 8 | reg);
}

static uint32_t config_read(const struct pci_device *d, int reg)
{
	select(d, reg);
	return inl(CONFIG_DATA);
}

static void config_write(const struct pci_device *d, int reg, uint32_t value)
{
	select(d, reg);
	outl(CONFIG_DATA, value);
}

/* The address port keeps what is written to it, where there is one. */
static bool pci_present(void)
{
	outl(CONFIG_ADDRESS, CONFIG_ENABLE);
	return inl(CONFIG_ADDRESS) == CONFIG_ENABLE;
}

static uint8_t header_type(const struct pci_device *d)
{
	return config_read(d, PCI_TYPE) >> 16;
}

/* Fills the rest of d. False: there is nothing at that place. */
static bool look(struct pci_device *d)
{
	uint32_t id = config_read(d, PCI_ID);
	uint32_t class = config_read(d, PCI_CLASS);

	d->vendor = id;
	d->id = id >> 16;
	if (d->vendor == NOBODY)
		return false;
	d->class = class >> 24;
	d->subclass = class >> 16;
	d->line = config_read(d, PCI_LINE);
	for (int i = 0; i < 6; i++)
		d->bar[i] = config_read(d, PCI_BAR + 4 * i);
	return true;
}

static bool walk(uint8_t bus, visit_t visit, void *arg);

/* A bus behind a bridge has a greater number; else we would not end. */
static bool cross(const struct pci_device *d, visit_t visit, void *arg)
{
	uint8_t secondary = config_read(d, PCI_BUSES) >> 8;

	return secondary > d->bus && walk(secondary, visit, arg);
}

static bool functions(struct pci_device d, visit_t visit, void *arg)
{
	int n = header_type(&d) & TYPE_MANY ? NFUNCTION : 1;

	for (int i = 0; i < n; i++) {
		d.function = i;
		if (!look(&d))
			continue;
		if (visit(&d, arg))
			return true;
		if ((header_type(&d) & ~TYPE_MANY) == TYPE_BRIDGE &&
		    cross(&d, visit, arg))
			return true;
	}
	return false;
}

static bool walk(uint8_t bus, visit_t visit, void *arg)
{
	struct pci_device d = { .bus = bus };

	for (int i = 0; i < NDEVICE; i++) {
		d.device = i;
		d.function = 0;
		if (look(&d) && functions(d, visit, arg))
			return true;
	}
	return false;
}

static bool is_wanted(const struct pci_device *d, void *arg)
{
	struct pci_device *wanted = arg;

	if (d->vendor != wanted->vendor || d->id != wanted->id)
		return false;
	*wanted = *d;
	return true;
}

bool pci_find(uint16_t vendor, uint16_t id, struct pci_device *d)
{
	d->vendor = vendor;
	d->id = id;
	return pci_present() && walk(0, is_wanted, d);
}

/* The bits of the status are cleared by writing ones to them: zeros. */
void pci_enable_io(const struct pci_device *d)
{
	uint16_t command = config_read(d, PCI_COMMAND);

	config_write(d, PCI_COMMAND, command | COMMAND_IO);
}

static bool print(const struct pci_device *d, void *arg)
{
	(void)arg;
	cprintf("pci: %02x:%02x.%d %04x:%04x class %02x.%02x irq %d\n",
		d->bus, d->device, d->function, d->vendor, d->id, d->class,
		d->subclass, d->line);
	return false;
}

void pci_list(void)
{
	if (pci_present())
		walk(0, print, NULL);
	else
		cprintf("pci: there is none\n");
}

#include "inc/string.h"
#include "inc/trap.h"
#include "inc/x86.h"
#include "kern/delay.h"
#include "kern/irq.h"
#include "kern/printf.h"
#include "net/ne2000.h"
#include "net/nic.h"
#include "net/pci.h"

/* The RTL8029AS, which is an NE2000 on the PCI bus. */
enum {
	REALTEK		= 0x10EC,
	RTL8029		= 0x8029,
	BAR_IO		= 0x01,		/* ports, not memory */

	PATIENCE	= 1000,		/* of 10 us each, for what goes out */
};

static const struct ne2000_ops ports = {
	.in = inb,
	.out = outb,
	.in_words = insl,
	.out_words = outsl,
	.delay_us = delay_us,
	.buffer = net_buffer,
	.input = net_input,
};

static struct ne2000 card = { .ops = &ports, .stats = &nic_stats };

int nic_irq = -1;
struct nic_stats nic_stats;

static bool start(struct pci_device *d)
{
	if (!(d->bar[0] & BAR_IO) || d->line >= NIRQ)
		return false;
	pci_enable_io(d);
	card.base = d->bar[0] & ~3;
	return ne2000_start(&card);
}

bool nic_init(uint8_t mac[6])
{
	struct pci_device d;

	if (!pci_find(REALTEK, RTL8029, &d))
		return false;
	if (!start(&d)) {
		cprintf("nic: the card at %02x:%02x.%d does not work\n",
			d.bus, d.device, d.function);
		return false;
	}
	memcpy(mac, card.mac, 6);
	nic_irq = d.line;
	return true;
}

void nic_listen(const uint8_t mac[6])
{
	irq_enable_level(nic_irq);
	ne2000_listen(&card, mac);
}

bool nic_send(const void *frame, size_t len)
{
	if (nic_irq >= 0 && ne2000_send(&card, frame, len))
		return true;
	nic_stats.errors++;
	return false;
}

void nic_intr(void)
{
	ne2000_intr(&card);
}

void nic_flush(void)
{
	for (int i = 0; i < PATIENCE && card.tx_count > 0; i++) {
		delay_us(10);
		ne2000_intr(&card);
	}
}

#ifndef NET_PCI_H
#define NET_PCI_H

#include "inc/types.h"

/* A function of a device, as its configuration space shows it. */
struct pci_device {
	uint8_t bus, device, function;
	uint16_t vendor, id;
	uint8_t class, subclass;
	uint8_t line;			/* IRQ, from the BIOS; 0xFF: none */
	uint32_t bar[6];		/* where its registers are */
};

/* Looks for the first one with those numbers. */
bool pci_find(uint16_t vendor, uint16_t id, struct pci_device *d);

/* From now on it answers at its ports. */
void pci_enable_io(const struct pci_device *d);

/* A line on the console for each one. */
void pci_list(void);

#endif

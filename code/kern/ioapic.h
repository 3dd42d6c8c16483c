#ifndef KERN_IOAPIC_H
#define KERN_IOAPIC_H

#include "inc/types.h"

/* Maps the registers of the IOAPIC, if there is one, and closes every pin. */
void ioapic_init(void);

/* What enters by pin goes to that processor with that vector. */
void ioapic_enable(int pin, uint8_t vector, uint8_t apicid);

#endif

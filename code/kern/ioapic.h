#ifndef KERN_IOAPIC_H
#define KERN_IOAPIC_H

#include "inc/types.h"

/* Maps the registers of the IOAPIC, if there is one, and closes every pin. */
void ioapic_init(void);

/* What enters by pin goes to that processor with that vector: once for each
 * rise, or with level as long as it is high. */
void ioapic_enable(int pin, uint8_t vector, uint8_t apicid, bool level);

#endif

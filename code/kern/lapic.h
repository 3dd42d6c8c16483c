#ifndef KERN_LAPIC_H
#define KERN_LAPIC_H

#include "inc/types.h"

/* Maps the registers of the local APIC; they are at the same address for
 * every processor, and each sees its own. */
void lapic_init(void);
/* What each processor has to do with its own. */
void lapic_init_percpu(void);

/* The id of the local APIC of the processor that asks. */
uint8_t lapic_id(void);

/* Puts a processor back to waiting for a STARTUP. */
void lapic_stopap(uint8_t apicid);

/* Sends an interrupt with that vector to a processor. */
void lapic_ipi(uint8_t apicid, uint8_t vector);
/* The interrupt that was being attended is over. */
void lapic_eoi(void);

/* The timer counts down from count, once and in silence; what is left; and from
 * count again and again, with an interrupt each time it gets to 0. */
void lapic_timer_start(uint32_t count);
uint32_t lapic_timer_left(void);
void lapic_timer_repeat(uint32_t count, uint8_t vector);

/* Wakes the processor whose local APIC is apicid at physical address pa, in
 * real mode; pa is a multiple of 4 KB below 1 MB. */
void lapic_startap(uint8_t apicid, physaddr_t pa);

#endif

#ifndef KERN_MPCONFIG_H
#define KERN_MPCONFIG_H

#include "inc/trap.h"
#include "inc/types.h"

/* Reads the table that the BIOS leaves (MultiProcessor Specification 1.4):
 * fills cpus[].apicid and ncpu, the boot processor first, and lapic_pa. A
 * machine without a good table has one processor. */
void mp_init(void);

/* Six damaged copies of the table: does mp_init refuse each? */
void mp_check(void);

extern int ncpu;
extern physaddr_t lapic_pa;		/* 0: there is no local APIC */
extern physaddr_t ioapic_pa;		/* 0: there is no IOAPIC */
extern uint8_t isa_pin[NIRQ];		/* where each IRQ enters it */

#endif

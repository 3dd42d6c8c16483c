#ifndef KERN_IRQ_H
#define KERN_IRQ_H

#include "inc/types.h"

/* Gets the controllers of interrupts ready, with every device closed. */
void irq_init(void);

/* Lets in the interrupts of a device of the ISA bus; they go to the first
 * processor. */
void irq_enable(int irq);

/* The same for a device of PCI, whose line stays asserted until the device has
 * been attended, and may be another one's too. */
void irq_enable_level(int irq);

/* Tells the controller that this interrupt has been heard: until then it keeps
 * back those that come next. */
void irq_acknowledge(uint32_t vector);
/* An interrupt with that vector has come: attends to the device. Without
 * kernel_lock. */
void irq_attend(uint32_t vector);

#endif

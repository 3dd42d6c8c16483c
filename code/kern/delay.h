#ifndef KERN_DELAY_H
#define KERN_DELAY_H

#include "inc/types.h"

/* Waits at least us microseconds, with the PIT as its clock. */
void delay_us(uint32_t us);

#endif

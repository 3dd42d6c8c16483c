#ifndef KERN_TIMES_H
#define KERN_TIMES_H

#include "kern/task.h"

/* Of 1/HZ seconds, since the beginning. They go round after 497 days. */
extern volatile uint32_t ticks;

/* Finds out how many cycles there are in a tick. */
void times_init(void);
/* The first processor's clock has ticked. */
void times_tick(void);

/* This processor halts; an interrupt has woken it. */
void times_halt(void);
void times_woken(void);
/* What all processors have done but wait, in cycles, modulo 2^32. */
uint32_t times_busy(void);

/* t gives up its processor: what it has used is added to its account. */
void times_charge(struct task *t);
/* t gets a processor: it is charged from now on. */
void times_start(struct task *t);

#endif

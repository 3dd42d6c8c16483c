#ifndef KERN_TIMER_H
#define KERN_TIMER_H

#define HZ	100			/* interrupts a second and processor */

/* Finds out how fast the local APIC's timer counts; or, where there is none,
 * puts the PIT to work. */
void timer_init(void);
/* Starts the timer of the processor that runs. */
void timer_init_percpu(void);

#endif

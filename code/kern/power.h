#ifndef KERN_POWER_H
#define KERN_POWER_H

/* Switches the machine off; where nothing obeys, stops the processor. */
void poweroff(void) __attribute__((noreturn));

#endif

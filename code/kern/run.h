#ifndef KERN_RUN_H
#define KERN_RUN_H

#include "inc/types.h"

/* Runs the program that the command line asks for: prog=NAME, args="...",
 * repeat=N times. Without prog= it is the first, or none after a test. */
void run_programs(void) __attribute__((noreturn));

/* What the scheduler does when no process can run. False: there is nothing to
 * do, for now. */
bool nothing_left(void);

#endif

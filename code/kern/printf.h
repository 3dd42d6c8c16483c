#ifndef KERN_PRINTF_H
#define KERN_PRINTF_H

#include "inc/stdio.h"

/* With `quiet' on the command line the kernel's words go to COM2. */
extern bool quiet;
/* With `silent' it says nothing of the processes, not even there: what a
 * measurement wants. */
extern bool silent;

/* A line of the kernel's record, on COM2: "@" and an event's name,
 * then key=value pairs. The newline is added. */
void record(const char *fmt, ...) FORMAT(1, 2);

#endif

#ifndef KERN_KBD_H
#define KERN_KBD_H

/* A character from the PS/2 keyboard, or -1. */
int kbd_getc(void);

#endif

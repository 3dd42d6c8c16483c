#ifndef KERN_CONSOLE_H
#define KERN_CONSOLE_H

void cons_init(void);

/* One character on the console: COM1 and the screen. */
void cons_putc(int c);

/* One character on the kernel's record: COM2. */
void record_putc(int c);

/* Returns when the last character has left both serial ports. */
void cons_flush(void);

/* A character that was typed, on COM1 or on the keyboard; -1: none. */
int cons_getc(void);
/* Keeps what the devices have, for cons_getc. Under kernel_lock. */
void cons_intr(void);
/* From now on the devices say when they have something. */
void cons_listen(void);

#endif

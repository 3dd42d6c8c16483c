#include "inc/x86.h"
#include "kern/console.h"
#include "kern/power.h"
#include "kern/printf.h"

enum {
	PM_BOCHS	= 0xB004,	/* PM1a control, PIIX4 in Bochs */
	PM_QEMU		= 0x604,	/* the same register in QEMU */
	PM_SLP_EN	= 0x2000,	/* enter sleep type 0: soft off */
	SHUTDOWN	= 0x8900,	/* Bochs: wants to read a word */
	POST		= 0x80,		/* reading it does nothing, slowly */
	PATIENCE	= 1000000,	/* reads: about a second */
};

void poweroff(void)
{
	record("poweroff");
	cons_flush();
	for (const char *s = "Shutdown"; *s; s++)
		outb(SHUTDOWN, *s);
	outw(PM_BOCHS, PM_SLP_EN);
	outw(PM_QEMU, PM_SLP_EN);
	for (int i = 0; i < PATIENCE; i++)
		inb(POST);		/* it may take a while */
	cprintf("the machine does not switch itself off: do it\n");
	for (;;) {
		cli();
		hlt();
	}
}

#include "inc/trap.h"
#include "inc/x86.h"
#include "kern/pic.h"

/* The two 8259A (data sheet 231468): the second enters by IRQ 2 of the first. */
enum {
	PIC1		= 0x20,		/* command */
	PIC1_DATA	= 0x21,
	PIC2		= 0xA0,
	PIC2_DATA	= 0xA1,
	ELCR		= 0x4D0,	/* a bit for each IRQ: level (82371SB) */

	ICW1_INIT	= 0x11,		/* edges, a cascade, ICW4 follows */
	ICW4_8086	= 0x01,
	CASCADE		= 2,		/* the IRQ of the second */
	ALL		= 0xFF,
	EOI		= 0x20,
};

static void setup(uint16_t command, uint8_t offset, uint8_t cascade)
{
	outb(command, ICW1_INIT);
	outb(command + 1, offset);
	outb(command + 1, cascade);
	outb(command + 1, ICW4_8086);
	outb(command + 1, ALL);
}

void pic_init(void)
{
	setup(PIC1, IRQ_OFFSET, 1 << CASCADE);
	setup(PIC2, IRQ_OFFSET + 8, CASCADE);
}

void pic_enable(int irq)
{
	if (irq >= 8) {
		outb(PIC2_DATA, inb(PIC2_DATA) & ~(1 << (irq - 8)));
		irq = CASCADE;
	}
	outb(PIC1_DATA, inb(PIC1_DATA) & ~(1 << irq));
}

void pic_set_level(int irq)
{
	uint16_t port = ELCR + irq / 8;

	outb(port, inb(port) | 1 << irq % 8);
}

void pic_eoi(int irq)
{
	if (irq >= 8)
		outb(PIC2, EOI);
	outb(PIC1, EOI);
}

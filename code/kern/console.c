#include "inc/memlayout.h"
#include "inc/string.h"
#include "inc/trap.h"
#include "inc/x86.h"
#include "kern/console.h"
#include "inc/stdio.h"
#include "kern/irq.h"
#include "kern/kbd.h"

/* The 16550 (PC16550D data sheet, 8.0). */
enum {
	UART_DATA	= 0,	/* DLAB=0: byte to send */
	UART_DLL	= 0,	/* DLAB=1: divisor, low byte */
	UART_IER	= 1,	/* interrupts wanted */
	UART_DLM	= 1,	/* DLAB=1: divisor, high byte */
	UART_FCR	= 2,	/* queues */
	UART_LCR	= 3,	/* frame format and DLAB */
	UART_MCR	= 4,	/* modem lines */
	UART_LSR	= 5,	/* state */

	FCR_ENABLE	= 0x07,	/* queues on and empty */
	LCR_8N1		= 0x03,
	LCR_DLAB	= 0x80,
	MCR_READY	= 0x03,	/* DTR, RTS */
	LSR_READY	= 0x20,	/* room for a byte to send */
	LSR_EMPTY	= 0x40,	/* the last byte has left */

	COM1		= 0x3F8,
	COM2		= 0x2F8,
	PATIENCE	= 1000000, /* reads of LSR: seconds at 9600 */
};

struct uart {
	uint16_t port;
	bool present;
};

static struct uart com1 = { .port = COM1 };
static struct uart com2 = { .port = COM2 };

static void uart_init(struct uart *u)
{
	outb(u->port + UART_IER, 0);
	outb(u->port + UART_LCR, LCR_DLAB);
	outb(u->port + UART_DLL, 1);		/* 115200 / 1 bauds */
	outb(u->port + UART_DLM, 0);
	outb(u->port + UART_LCR, LCR_8N1);
	outb(u->port + UART_FCR, FCR_ENABLE);
	outb(u->port + UART_MCR, MCR_READY);
	u->present = inb(u->port + UART_LSR) != 0xFF;
}

/* Waits for a bit of LSR; a port that never sets it is given up. */
static void uart_wait(struct uart *u, uint8_t bit)
{
	for (int i = 0; u->present && i < PATIENCE; i++)
		if (inb(u->port + UART_LSR) & bit)
			return;
	u->present = false;
}

static void uart_putc(struct uart *u, int c)
{
	if (c == '\n')
		uart_putc(u, '\r');
	uart_wait(u, LSR_READY);
	if (u->present)
		outb(u->port + UART_DATA, c);
}

enum {
	ROWS		= 25,
	COLUMNS		= 80,
	CELLS		= ROWS * COLUMNS,
	VGA_PA		= 0xB8000,
	GREY		= 0x0700,	/* attribute: grey on black */

	CRTC_INDEX	= 0x3D4,
	CRTC_DATA	= 0x3D5,
	CURSOR_HIGH	= 14,
	CURSOR_LOW	= 15,
};

static struct {
	volatile uint16_t *cell;	/* character and attribute */
	unsigned int pos;		/* cursor, 0 to CELLS - 1 */
} screen;

static void screen_init(void)
{
	screen.cell = KADDR(VGA_PA);
	outb(CRTC_INDEX, CURSOR_HIGH);
	screen.pos = inb(CRTC_DATA) << 8;
	outb(CRTC_INDEX, CURSOR_LOW);
	screen.pos |= inb(CRTC_DATA);
	if (screen.pos >= CELLS)
		screen.pos = 0;
}

static void screen_cursor(void)
{
	outb(CRTC_INDEX, CURSOR_HIGH);
	outb(CRTC_DATA, screen.pos >> 8);
	outb(CRTC_INDEX, CURSOR_LOW);
	outb(CRTC_DATA, screen.pos);
}

static void screen_scroll(void)
{
	for (int i = 0; i < CELLS - COLUMNS; i++)
		screen.cell[i] = screen.cell[i + COLUMNS];
	for (int i = CELLS - COLUMNS; i < CELLS; i++)
		screen.cell[i] = GREY | ' ';
	screen.pos -= COLUMNS;
}

static void screen_putc(int c)
{
	switch (c) {
	case '\n':
		screen.pos += COLUMNS;
		/* fall through */
	case '\r':
		screen.pos -= screen.pos % COLUMNS;
		break;
	case '\b':
		if (screen.pos > 0)
			screen.cell[--screen.pos] = GREY | ' ';
		break;
	case '\t':
		do
			screen_putc(' ');
		while (screen.pos % 8 != 0);
		break;
	default:
		screen.cell[screen.pos++] = GREY | (uint8_t)c;
	}
	if (screen.pos >= CELLS)
		screen_scroll();
	screen_cursor();
}

void cons_init(void)
{
	uart_init(&com1);
	uart_init(&com2);
	screen_init();
}

void cons_putc(int c)
{
	uart_putc(&com1, c);
	screen_putc(c);
}

void record_putc(int c)
{
	uart_putc(&com2, c);
}

void cons_flush(void)
{
	uart_wait(&com1, LSR_EMPTY);
	uart_wait(&com2, LSR_EMPTY);
}

enum {
	LSR_DATA	= 0x01,		/* a byte has come */
	IER_DATA	= 0x01,		/* an interrupt for each */
	MCR_OUT2	= 0x08,		/* and it leaves the chip */
};

static int uart_getc(struct uart *u)
{
	if (!u->present || !(inb(u->port + UART_LSR) & LSR_DATA))
		return -1;
	return inb(u->port + UART_DATA);
}

static int device_getc(void)
{
	int c = uart_getc(&com1);

	return c >= 0 ? c : kbd_getc();
}

/* What was typed and nobody has read. Under kernel_lock. */
static struct {
	uint8_t buf[256];
	uint32_t read, written;		/* how many, in all */
} input;

void cons_intr(void)
{
	int c;

	while (input.written - input.read < sizeof(input.buf) &&
	       (c = device_getc()) >= 0)
		input.buf[input.written++ % sizeof(input.buf)] = c;
}

void cons_listen(void)
{
	if (com1.present) {
		outb(COM1 + UART_MCR, MCR_READY | MCR_OUT2);
		outb(COM1 + UART_IER, IER_DATA);
		irq_enable(IRQ_SERIAL);
	}
	irq_enable(IRQ_KBD);
	cons_intr();
}

int cons_getc(void)
{
	cons_intr();
	if (input.read == input.written)
		return -1;
	return input.buf[input.read++ % sizeof(input.buf)];
}

int getchar(void)
{
	int c;

	while ((c = cons_getc()) < 0)
		;
	return c;
}

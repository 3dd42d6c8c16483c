#include "inc/trap.h"
#include "inc/x86.h"
#include "kern/delay.h"
#include "kern/irq.h"
#include "kern/lapic.h"
#include "kern/mpconfig.h"
#include "kern/printf.h"
#include "kern/timer.h"

/* Counter 0 of the PIT (82C54, data sheet 231244), which is IRQ 0. */
enum {
	PIT_COUNTER0	= 0x40,
	PIT_MODE	= 0x43,
	PIT_RATE	= 0x34,		/* counter 0, two bytes, mode 2 */
	PIT_HZ		= 1193182,
};

static uint32_t period;			/* counts of the local APIC's timer */

static void pit_start(void)
{
	uint32_t count = PIT_HZ / HZ;

	outb(PIT_MODE, PIT_RATE);
	outb(PIT_COUNTER0, count);
	outb(PIT_COUNTER0, count >> 8);
	irq_enable(IRQ_TIMER);
}

void timer_init(void)
{
	if (lapic_pa == 0) {
		pit_start();
		cprintf("clock: the PIT, %d times a second\n", HZ);
		return;
	}
	lapic_timer_start(-1);
	delay_us(1000000 / HZ);
	period = -1 - lapic_timer_left();
	cprintf("clock: local APIC, %u counts in %d ms\n", period, 1000 / HZ);
}

void timer_init_percpu(void)
{
	if (lapic_pa != 0)
		lapic_timer_repeat(period, IRQ_OFFSET + IRQ_TIMER);
}

#include "inc/types.h"
#include "inc/x86.h"
#include "kern/delay.h"

/* Counter 2 of the PIT, the loudspeaker's: nobody else uses it. */
enum {
	PIT_COUNTER2	= 0x42,
	PIT_MODE	= 0x43,
	PIT_ONE_SHOT	= 0xB0,		/* counter 2, two bytes, mode 0 */
	PIT_HZ		= 1193182,

	PORT_B		= 0x61,
	GATE2		= 0x01,		/* counter 2 counts */
	SPEAKER		= 0x02,
	OUT2		= 0x20,		/* it has reached 0 */

	LONGEST		= 50000,	/* us that fit in 16 bits */
	PATIENCE	= 10000000,	/* reads: a PIT that is not there */
};

static void delay_once(uint32_t us)
{
	uint32_t count = us * (PIT_HZ / 1000 + 1) / 1000 + 1;

	outb(PORT_B, (inb(PORT_B) & ~SPEAKER) | GATE2);
	outb(PIT_MODE, PIT_ONE_SHOT);
	outb(PIT_COUNTER2, count);
	outb(PIT_COUNTER2, count >> 8);
	for (int i = 0; i < PATIENCE && !(inb(PORT_B) & OUT2); i++)
		;
}

void delay_us(uint32_t us)
{
	for (; us > LONGEST; us -= LONGEST)
		delay_once(LONGEST);
	delay_once(us);
}

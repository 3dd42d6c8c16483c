#include "inc/memlayout.h"
#include "inc/trap.h"
#include "inc/x86.h"
#include "kern/delay.h"
#include "kern/lapic.h"
#include "kern/mpconfig.h"
#include "kern/pmap.h"

/* Registers, as indices of 32-bit words (SDM 3, table 10-1). */
enum {
	ID		= 0x020 / 4,
	TPR		= 0x080 / 4,	/* priority below which it is deaf */
	EOI		= 0x0B0 / 4,
	SVR		= 0x0F0 / 4,	/* spurious vector, and the switch */
	ESR		= 0x280 / 4,
	ICR_LOW		= 0x300 / 4,	/* writing it sends */
	ICR_HIGH	= 0x310 / 4,	/* to whom: APIC id in bits 24-31 */
	LVT_TIMER	= 0x320 / 4,
	LVT_LINT0	= 0x350 / 4,
	LVT_LINT1	= 0x360 / 4,
	LVT_ERROR	= 0x370 / 4,
	TIMER_INITIAL	= 0x380 / 4,
	TIMER_CURRENT	= 0x390 / 4,
	TIMER_DIVIDE	= 0x3E0 / 4,

	SVR_ENABLE	= 0x100,
	MASKED		= 0x10000,
	PERIODIC	= 0x20000,	/* of the timer */
	DIVIDE_1	= 0x0B,		/* it counts every cycle of the bus */
	ICR_INIT	= 0x500,
	ICR_STARTUP	= 0x600,
	ICR_ASSERT	= 0x4000,
	ICR_LEVEL	= 0x8000,
	ICR_PENDING	= 0x1000,	/* not delivered yet */

	PATIENCE	= 100000,
};

static volatile uint32_t *lapic;

static void lapic_write(int reg, uint32_t value)
{
	lapic[reg] = value;
	lapic[ID];		/* reading waits until it has been written */
}

void lapic_init(void)
{
	if (lapic_pa != 0)
		lapic = mmio_map_region(lapic_pa, PGSIZE);
}

void lapic_init_percpu(void)
{
	if (lapic == NULL)
		return;
	lapic_write(SVR, SVR_ENABLE | T_SPURIOUS);
	lapic_write(LVT_TIMER, MASKED);
	lapic_write(LVT_LINT0, MASKED);
	lapic_write(LVT_LINT1, MASKED);
	lapic_write(LVT_ERROR, MASKED);
	lapic_write(ESR, 0);
	lapic_write(EOI, 0);
	lapic_write(TPR, 0);
}

uint8_t lapic_id(void)
{
	return lapic == NULL ? 0 : lapic[ID] >> 24;
}

/* Sends an interprocessor interrupt and waits until it is on its way. */
static void send(uint8_t apicid, uint32_t command)
{
	lapic_write(ICR_HIGH, (uint32_t)apicid << 24);
	lapic_write(ICR_LOW, command);
	for (int i = 0; i < PATIENCE && (lapic[ICR_LOW] & ICR_PENDING); i++)
		pause();
}

void lapic_ipi(uint8_t apicid, uint8_t vector)
{
	send(apicid, ICR_ASSERT | vector);
}

void lapic_eoi(void)
{
	lapic_write(EOI, 0);
}

void lapic_stopap(uint8_t apicid)
{
	send(apicid, ICR_INIT | ICR_LEVEL | ICR_ASSERT);
	delay_us(200);
	send(apicid, ICR_INIT | ICR_LEVEL);
}

/* INIT, 10 ms, STARTUP, 200 us, STARTUP: SDM 3, 8.4.4. */
void lapic_startap(uint8_t apicid, physaddr_t pa)
{
	lapic_stopap(apicid);
	delay_us(10000);
	for (int i = 0; i < 2; i++) {
		send(apicid, ICR_STARTUP | (pa >> PGSHIFT));
		delay_us(200);
	}
}

void lapic_timer_start(uint32_t count)
{
	lapic_write(TIMER_DIVIDE, DIVIDE_1);
	lapic_write(LVT_TIMER, MASKED);
	lapic_write(TIMER_INITIAL, count);
}

uint32_t lapic_timer_left(void)
{
	return lapic[TIMER_CURRENT];
}

void lapic_timer_repeat(uint32_t count, uint8_t vector)
{
	lapic_write(TIMER_DIVIDE, DIVIDE_1);
	lapic_write(LVT_TIMER, PERIODIC | vector);
	lapic_write(TIMER_INITIAL, count);
}

#include "inc/trap.h"
#include "kern/console.h"
#include "kern/cpu.h"
#include "kern/env.h"
#include "kern/ioapic.h"
#include "kern/irq.h"
#include "kern/lapic.h"
#include "kern/mpconfig.h"
#include "kern/pic.h"
#include "kern/spinlock.h"
#include "kern/times.h"

void irq_init(void)
{
	pic_init();
	ioapic_init();
}

void irq_enable(int irq)
{
	if (ioapic_pa != 0)
		ioapic_enable(isa_pin[irq], IRQ_OFFSET + irq, cpus[0].apicid);
	else if (lapic_pa == 0)
		pic_enable(irq);
}

void irq_acknowledge(uint32_t vector)
{
	if (vector == T_SPURIOUS)
		return;
	if (lapic_pa != 0)
		lapic_eoi();
	else
		pic_eoi(vector - IRQ_OFFSET);
}

void irq_attend(uint32_t vector)
{
	switch (vector) {
	case IRQ_OFFSET + IRQ_TIMER:
		if (cpunum() == 0)
			times_tick();
		if (current != NULL)
			current->resched = true;
		break;
	case IRQ_OFFSET + IRQ_KBD:
	case IRQ_OFFSET + IRQ_SERIAL:
		lock_kernel();
		cons_intr();
		unlock_kernel();
		break;
	}
}

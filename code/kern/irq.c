#include "inc/trap.h"
#include "kern/console.h"
#include "kern/cpu.h"
#include "kern/env.h"
#include "kern/hooks.h"
#include "kern/ioapic.h"
#include "kern/irq.h"
#include "kern/lapic.h"
#include "kern/mpconfig.h"
#include "kern/pic.h"
#include "kern/sched.h"
#include "kern/spinlock.h"
#include "kern/times.h"

void irq_init(void)
{
	pic_init();
	ioapic_init();
}

static void enable(int irq, bool level)
{
	if (ioapic_pa != 0)
		ioapic_enable(isa_pin[irq], IRQ_OFFSET + irq, cpus[0].apicid,
			      level);
	else if (lapic_pa == 0)
		pic_enable(irq);
}

void irq_enable(int irq)
{
	enable(irq, false);
}

/* The south bridge turns the lines of PCI over, which are active low, to make
 * ISA IRQs of them. */
void irq_enable_level(int irq)
{
	pic_set_level(irq);
	enable(irq, true);
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

/* On the first processor, for all of them. */
static void tick(void)
{
	times_tick();
	if (my_node == 0)
		return;
	lock_kernel();
	cluster_tick();
	unlock_kernel();
}

static void card(void)
{
	lock_kernel();
	nic_intr();
	unlock_kernel();
}

void irq_attend(uint32_t vector)
{
	switch (vector) {
	case IRQ_OFFSET + IRQ_TIMER:
		if (cpunum() == 0)
			tick();
		if (current != NULL)
			current->resched = true;
		break;
	case IRQ_OFFSET + IRQ_KBD:
	case IRQ_OFFSET + IRQ_SERIAL:
		lock_kernel();
		cons_intr();
		look_again();
		unlock_kernel();
		break;
	default:
		if (nic_irq >= 0 && vector == IRQ_OFFSET + (uint32_t)nic_irq)
			card();
	}
}

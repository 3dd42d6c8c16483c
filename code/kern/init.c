#include "boot/boot.h"
#include "inc/assert.h"
#include "inc/bootinfo.h"
#include "inc/memlayout.h"
#include "kern/cmdline.h"
#include "kern/console.h"
#include "kern/power.h"
#include "kern/printf.h"
#include "kern/test.h"
#include "kern/pmap.h"
#include "kern/cpu.h"
#include "kern/trap.h"
#include "kern/env.h"
#include "kern/hooks.h"
#include "kern/mosix.h"
#include "kern/kstack.h"
#include "kern/run.h"
#include "kern/lapic.h"
#include "kern/mpconfig.h"
#include "kern/smp.h"
#include "kern/irq.h"
#include "kern/timer.h"
#include "kern/times.h"
#include "kern/sched.h"
#include "kern/spinlock.h"

extern physaddr_t bootinfo_pa;		/* head.S */
extern char end[];			/* kernel.ld */

/* Usable memory in KB, as the BIOS tells it. */
static uint32_t memory_kb(const struct bootinfo *bi)
{
	uint64_t total = 0;

	for (uint32_t i = 0; i < bi->nmap; i++)
		if (memmap_is_ram(&bi->map[i]))
			total += bi->map[i].length;
	return total >> 10;
}

static void greet(const struct bootinfo *bi)
{
	cprintf("Golondrina: a kernel whose processes fly\n");
	cprintf("kernel at %p, %d KB; memory: %d KB usable\n",
		KADDR(EXTPHYSMEM), (end - (char *)KADDR(EXTPHYSMEM)) / 1024,
		memory_kb(bi));
	if (cmdline()[0])
		cprintf("command line: %s\n", cmdline());
}

static void kernel_on(void);

void kernel_main(void)
{
	const struct bootinfo *bi = KADDR(bootinfo_pa);

	cmdline_init(KADDR(CMDLINE_ADDR));
	quiet = cmdline_get("quiet", NULL, 0);
	cons_init();
	record("boot memory_kb=%d", memory_kb(bi));
	greet(bi);
	mem_init(bi);
	cpu_init(0);
	trap_init_percpu();
	kstack_init();
	env_init();
	mp_init();
	lapic_init();
	lapic_init_percpu();
	run_on_own_stack(kernel_on);
}

/* The rest, on a stack that has a bottom. */
static void kernel_on(void)
{
	char test[16];

	irq_init();
	timer_init();
	times_init();
	cons_listen();
	cluster_init();
	hpc_init();
	lock_kernel();
	timer_init_percpu();
	boot_aps();
	silent = cmdline_get("silent", NULL, 0);
	if (cmdline_get("test", test, sizeof(test)))
		run_test(test);
	run_programs();
}

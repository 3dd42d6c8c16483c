#include "inc/assert.h"
#include "inc/string.h"
#include "inc/x86.h"
#include "kern/cmdline.h"
#include "kern/cpu.h"
#include "kern/delay.h"
#include "kern/lapic.h"
#include "kern/mpconfig.h"
#include "kern/pmap.h"
#include "kern/printf.h"
#include "kern/race.h"
#include "kern/smp.h"
#include "kern/sched.h"
#include "kern/spinlock.h"
#include "kern/timer.h"
#include "kern/trap.h"

extern char mpentry_start[], mpentry_end[];
void mp_main(void);
void paging_on(physaddr_t pgdir);
void run_on(uint32_t stacktop, void (*f)(void)) __attribute__((noreturn));

enum {
	ANSWER_MS = 1000,		/* how long an AP is waited for */
};

static volatile int starting;		/* the one that wakes now */

/* Pages for the stack of processor n, at KSTACKTOP(n); below them, a gap. */
static void map_stack(int n)
{
	uint32_t top = KSTACKTOP(n);

	for (uint32_t va = top - KSTKSIZE; va < top; va += PGSIZE) {
		struct PageInfo *pp = page_alloc(ALLOC_ZERO);

		if (pp == NULL ||
		    page_insert(kern_pgdir, pp, (void *)va, PTE_W) < 0)
			panic("no memory for the stack of CPU %d", n);
	}
	cpus[n].kstacktop = top;
}

void run_on_own_stack(void (*f)(void))
{
	int n = cpunum();

	map_stack(n);
	run_on(cpus[n].kstacktop, f);
}

static void ap_ready(void)
{
	cprintf("cpu: %d is up, APIC %d\n", cpunum(), lapic_id());
	timer_init_percpu();
	thiscpu->started = true;
	race();
	lock_kernel();
	sched_loop();
}

/* An AP arrives here with the segments of mpentry.S and no paging. */
void mp_main(void)
{
	paging_same();
	paging_on(PADDR(kern_pgdir));
	cpu_init(starting);
	trap_init_percpu();
	lapic_init_percpu();
	run_on(thiscpu->kstacktop, ap_ready);
}

static bool wait_for(struct CpuInfo *cpu)
{
	for (int ms = 0; ms < ANSWER_MS && !cpu->started; ms++)
		delay_us(1000);
	return cpu->started;
}

/* The one that did not answer gives its place to the last, and is kept from
 * answering when nobody waits for it any more. */
static void leave_out(int n)
{
	lapic_stopap(cpus[n].apicid);
	cpus[n].started = false;	/* it may have answered just now */
	cprintf("cpu: APIC %d does not answer, left out\n", cpus[n].apicid);
	cpus[n].apicid = cpus[--ncpu].apicid;
}

/* deaf=N on the command line: the processor with APIC id N is not called,
 * so that one can see what happens when one does not answer. */
static bool is_deaf(uint8_t apicid)
{
	char buf[4];

	return cmdline_get("deaf", buf, sizeof(buf)) &&
	       buf[0] == '0' + apicid && buf[1] == '\0';
}

void boot_aps(void)
{
	memcpy(KADDR(MPENTRY_PADDR), mpentry_start,
	       mpentry_end - mpentry_start);
	kern_pgdir[0] = kern_pgdir[PDX(KERNBASE)];
	for (int n = 1; n < ncpu;) {
		starting = n;
		if (cpus[n].kstacktop == 0)
			map_stack(n);
		if (!is_deaf(cpus[n].apicid))
			lapic_startap(cpus[n].apicid, MPENTRY_PADDR);
		if (wait_for(&cpus[n]))
			n++;
		else
			leave_out(n);
	}
	kern_pgdir[0] = 0;
	lcr3(PADDR(kern_pgdir));
	cprintf("cpu: %d running\n", ncpu);
}

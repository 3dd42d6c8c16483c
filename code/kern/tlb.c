#include "inc/trap.h"
#include "inc/x86.h"
#include "kern/cpu.h"
#include "kern/lapic.h"
#include "kern/mpconfig.h"
#include "kern/task.h"
#include "kern/tlb.h"

void tlb_answer(void)
{
	struct CpuInfo *cpu = thiscpu;

	if (!cpu->flush)
		return;
	invlpg(cpu->flush_va);
	cpu->flush = false;
}

/* Stores are seen in order: whoever sees flush sees the address. */
static void ask(struct CpuInfo *cpu, void *va)
{
	cpu->flush_va = va;
	cpu->flush = true;
	lapic_ipi(cpu->apicid, T_FLUSH);
	while (cpu->flush)
		pause();
}

void tlb_shootdown(pde_t *pgdir, void *va)
{
	for (int n = 0; n < ncpu; n++)
		if (n != cpunum() && cpus[n].current != NULL &&
		    cpus[n].current->pgdir == pgdir)
			ask(&cpus[n], va);
}

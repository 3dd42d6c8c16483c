#include "inc/x86.h"
#include "kern/cpu.h"
#include "kern/double.h"

struct CpuInfo cpus[NCPU];

static struct segdesc flat(uint8_t access)
{
	return (struct segdesc){
		.limit_low = 0xFFFF,
		.access = access,
		.limit_high = 0xF,
		.flags = SEG_32 | SEG_PAGES,
	};
}

static struct segdesc tss_desc(struct tss *tss)
{
	uint32_t base = (uint32_t)tss;

	return (struct segdesc){
		.limit_low = sizeof(*tss) - 1,
		.base_low = base,
		.base_middle = base >> 16,
		.base_high = base >> 24,
		.access = SEG_TSS,
	};
}

/* Every segment register is loaded again; cs by a far return. */
static void load_gdt(struct CpuInfo *cpu)
{
	struct table_desc desc = { sizeof(cpu->gdt) - 1,
				   (uint32_t)cpu->gdt };

	asm volatile("lgdt %0\n\t"
		     "movl %1, %%ds\n\t"
		     "movl %1, %%es\n\t"
		     "movl %1, %%ss\n\t"
		     "movl %2, %%fs\n\t"
		     "movl %2, %%gs\n\t"
		     "pushl %3\n\t"
		     "pushl $1f\n\t"
		     "lret\n"
		     "1:"
		     : : "m"(desc), "r"(GD_KD), "r"(0), "i"(GD_KT)
		     : "memory");
}

void cpu_init(int n)
{
	struct CpuInfo *cpu = &cpus[n];

	cpu->gdt[GD_KT / 8] = flat(SEG_CODE);
	cpu->gdt[GD_KD / 8] = flat(SEG_DATA);
	cpu->gdt[GD_UT / 8] = flat(SEG_CODE | SEG_USER);
	cpu->gdt[GD_UD / 8] = flat(SEG_DATA | SEG_USER);
	cpu->tss.ss0 = GD_KD;
	cpu->tss.iomap = sizeof(cpu->tss);
	cpu->gdt[GD_TSS0 / 8 + n] = tss_desc(&cpu->tss);
	double_init(n);
	cpu->gdt[GD_DOUBLE / 8] = tss_desc(&cpu->tss_double);
	load_gdt(cpu);
	ltr(GD_TSS0 + 8 * n);
	lcr0(rcr0() | CR0_MP | CR0_TS | CR0_NE);
}

#ifndef KERN_CPU_H
#define KERN_CPU_H

/* Selectors. The processor's own TSS stands at GD_TSS0 + 8 * its number. */
#define GD_KT		0x08	/* kernel text */
#define GD_KD		0x10	/* kernel data */
#define GD_UT		0x18	/* user text */
#define GD_UD		0x20	/* user data */
#define GD_TLS		0x28	/* three that a process may choose */
#define GD_TSS0		0x40

#define NCPU		8
#define GD_DOUBLE	(GD_TSS0 + 8 * NCPU) /* task of the double fault */
#define NGDT		(GD_DOUBLE / 8 + 1)

#ifndef __ASSEMBLER__
#include "inc/mmu.h"

struct task;

/* Task state segment (SDM 3, 7.2.1). Of all this the processor needs three
 * fields for every trap, and the rest when it changes of task. */
struct tss {
	uint32_t link;
	uint32_t esp0;		/* stack for traps from user mode */
	uint32_t ss0;
	uint32_t rings12[4];
	uint32_t cr3;
	uint32_t eip, eflags;
	uint32_t eax, ecx, edx, ebx, esp, ebp, esi, edi;
	uint32_t es, cs, ss, ds, fs, gs, ldt;
	uint16_t trap;
	uint16_t iomap;		/* offset of the I/O bitmap */
} __attribute__((packed));

struct CpuInfo {
	struct segdesc gdt[NGDT];
	struct tss tss;
	struct tss tss_double;		/* what takes over at a double fault */
	uint32_t kstacktop;	/* its stack, while processes have none */
	uint8_t apicid;
	volatile bool started;
	bool idle;			/* waits for T_RESCHED; kernel_lock */
	volatile bool flush;		/* somebody waits until we forget ... */
	void *volatile flush_va;	/* ... this address */
	struct task *current;		/* the process it runs, or NULL */
	uint32_t ksp;			/* where its own stack was left */
	uint64_t halted;		/* cycles when it began to wait */
};

extern struct CpuInfo cpus[NCPU];

/* The number of the processor that asks: its task register tells. */
static inline int cpunum(void)
{
	uint32_t selector;

	asm volatile("str %0" : "=r"(selector));
	return (selector - GD_TSS0) / sizeof(struct segdesc);
}

#define thiscpu		(&cpus[cpunum()])

/* CPUID, leaf 1, edx; 0 where there is no CPUID. */
uint32_t cpu_features(void);
/* Does it have this bit? */
bool cpu_has(uint32_t feature);

/* Loads the GDT and the TSS of processor n, which is the one that runs. */
void cpu_init(int n);

#endif
#endif

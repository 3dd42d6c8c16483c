#include "inc/assert.h"
#include "kern/cpu.h"
#include "kern/double.h"
#include "kern/pmap.h"
#include "kern/printf.h"
#include "kern/task.h"
#include "kern/trap.h"

void double_entry(void);		/* switch.S */
void double_fault(int n) __attribute__((noreturn));

static uint8_t stacks[NCPU][PGSIZE] __attribute__((aligned(16)));

/* The processor has left its registers in its own TSS. From here there is no
 * way back: its stack is no stack any more. */
void double_fault(int n)
{
	struct CpuInfo *cpu = &cpus[n];
	struct pt_regs regs = { .eip = cpu->tss.eip };

	silent = false;
	cprintf("double fault on CPU %d, esp %08x, process %08x, ", n,
		cpu->tss.esp, cpu->current ? cpu->current->env->env_id : 0);
	print_stop(&regs);
	panic("a kernel stack has no more room");
}

void double_init(int n)
{
	cpus[n].tss_double = (struct tss){
		.cr3 = PADDR(kern_pgdir),
		.eip = (uint32_t)double_entry,
		.eflags = FL_FIXED,
		.esp = (uint32_t)stacks[n] + PGSIZE,
		.ebx = n,
		.cs = GD_KT,
		.ss = GD_KD, .ds = GD_KD, .es = GD_KD,
		.iomap = sizeof(struct tss),
	};
}

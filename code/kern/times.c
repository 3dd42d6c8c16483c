#include "inc/error.h"
#include "inc/x86.h"
#include "kern/cpu.h"
#include "kern/delay.h"
#include "kern/env.h"
#include "kern/mpconfig.h"
#include "kern/syscall.h"
#include "kern/timer.h"
#include "kern/times.h"
#include "kern/usercopy.h"

volatile uint32_t ticks;
static uint32_t cycles_per_tick = 1;	/* without a counter: ticks */
static bool have_tsc;

/* A processor without a counter of cycles (a 486) counts ticks. */
static uint64_t cycles(void)
{
	return have_tsc ? read_tsc() : ticks;
}

void times_init(void)
{
	uint64_t start;

	have_tsc = cpu_has(CPUID_TSC);
	if (!have_tsc)
		return;
	start = read_tsc();
	delay_us(1000000 / HZ);
	cycles_per_tick = read_tsc() - start;
}

void times_tick(void)
{
	ticks++;
}

void times_start(struct task *t)
{
	t->since = cycles();
}

void times_charge(struct task *t)
{
	uint64_t now = cycles();

	t->cycles += now - t->since;
	t->since = now;
}

/* 64 bits by 32, without libgcc. */
static uint32_t to_ticks(uint64_t n)
{
	uint32_t high = n >> 32, low = n, rest;

	if (high >= cycles_per_tick)
		return -1;
	asm("divl %2" : "=a"(low), "=d"(rest)
	    : "r"(cycles_per_tick), "0"(low), "1"(high));
	return low;
}

/* What the caller has used, and its children that wait4 has told of, in ticks
 * of 1/HZ seconds, at buf[0] and buf[2] if buf is not 0; Linux has the kernel's
 * part in buf[1] and buf[3], which here are 0. The ticks since the beginning;
 * -E_FAULT. */
int32_t sys_times(uint32_t buf)
{
	struct task *t = current;
	uint32_t tms[4] = { 0 };

	times_charge(t);
	tms[0] = to_ticks(t->cycles);
	tms[2] = to_ticks(t->child_cycles);
	if (buf != 0 && copy_to_user(buf, tms, sizeof(tms)) < 0)
		return -E_FAULT;
	return ticks;
}

static uint64_t idle_cycles;		/* of all processors; kernel_lock not
					 * needed: a measure */

void times_halt(void)
{
	thiscpu->halted = cycles();
}

/* Where another interrupt follows at once, the wait is counted already. */
void times_woken(void)
{
	if (thiscpu->halted != 0)
		idle_cycles += cycles() - thiscpu->halted;
	thiscpu->halted = 0;
}

uint32_t times_busy(void)
{
	return (uint32_t)cycles() * ncpu - (uint32_t)idle_cycles;
}

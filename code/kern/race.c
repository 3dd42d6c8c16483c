#include "inc/string.h"
#include "inc/x86.h"
#include "kern/cmdline.h"
#include "kern/cpu.h"
#include "kern/mpconfig.h"
#include "kern/printf.h"
#include "kern/race.h"
#include "kern/spinlock.h"

enum {
	TIMES = 20000,			/* by each processor */
};

static volatile uint32_t counter;
static struct spinlock race_lock = SPINLOCK("race");

static void add_plain(void)
{
	counter = counter + 1;
}

static void add_atomic(void)
{
	xadd(&counter, 1);
}

static void add_locked(void)
{
	spin_lock(&race_lock);
	counter = counter + 1;
	spin_unlock(&race_lock);
}

/* Nobody goes on until all have come. The first one, which knows how many
 * they are, gives the word. */
static void meet(void)
{
	static volatile uint32_t arrived, laps;
	uint32_t lap = laps;

	xadd(&arrived, 1);
	while (cpunum() != 0 && laps == lap)
		pause();
	if (cpunum() != 0)
		return;
	while (arrived != (uint32_t)ncpu)
		pause();
	arrived = 0;
	laps = lap + 1;
}

/* So that the processors do not march in step. */
static void wait(int n)
{
	while (n-- > 0)
		pause();
}

static void run_lap(const char *how, void (*add)(void))
{
	meet();
	for (int i = 0; i < TIMES; i++) {
		add();
		wait(i % (5 + cpunum()));
	}
	meet();
	if (cpunum() != 0)
		return;
	cprintf("race: %s: %u of %u\n", how, counter, ncpu * TIMES);
	counter = 0;
}

void race(void)
{
	char test[8];

	if (!cmdline_get("test", test, sizeof(test)) ||
	    strcmp(test, "race") != 0)
		return;
	run_lap("mov, add, mov", add_plain);
	run_lap("lock xadd", add_atomic);
	run_lap("under a lock", add_locked);
}

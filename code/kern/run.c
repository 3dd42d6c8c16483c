#include "inc/assert.h"
#include "inc/string.h"
#include "kern/cmdline.h"
#include "kern/console.h"
#include "kern/env.h"
#include "kern/hooks.h"
#include "kern/mosix.h"
#include "kern/monitor.h"
#include "kern/pmap.h"
#include "kern/power.h"
#include "kern/printf.h"
#include "kern/programs.h"
#include "kern/run.h"
#include "kern/sched.h"

static struct {
	const struct program *program;
	char args[CMDLINE_SIZE];
	uint32_t left;			/* how many times more */
	uint32_t copies;		/* how many at once */
	uint32_t pages, envs;		/* free before the first one */
	bool alone;			/* nobody is at the monitor */
} run;

static void start_one(void)
{
	struct task *t;
	int err = env_create(run.program->elf, run.program->size, &t);

	if (err < 0)
		panic("cannot load %s: error %d", run.program->name, -err);
	env_set_args(t, run.program->name, run.args);
}

/* Of a cluster, only node 1 runs the program, or the one that on= names. */
static bool runs_here(void)
{
	char on[8];

	if (my_node == 0 || (cmdline_get("on", on, sizeof(on)) &&
			     strcmp(on, "all") == 0))
		return true;
	return cmdline_number("on", 1) == (uint32_t)my_node;
}

void run_programs(void)
{
	char name[64];
	bool prog = cmdline_get("prog", name, sizeof(name));
	bool test = cmdline_get("test", NULL, 0);

	cmdline_get("args", run.args, sizeof(run.args));
	run.program = prog ? find_program(name) : &programs[0];
	if (run.program == NULL)
		panic("there is no program %s", name);
	if ((prog || !test) && runs_here())
		run.left = cmdline_number("repeat", 1);
	run.copies = MAX(1, cmdline_number("copies", 1));
	run.alone = prog || test || quiet;
	run.pages = nfree;
	run.envs = nfree_envs;
	sched_loop();
}

/* Processes that wait, and nobody is left to do what they wait for. The end of
 * one may be what another one waits for. */
static void end_stuck(void)
{
	for (int i = 0; i < NENV && nfree_envs < NENV && !anybody_ready();
	     i++) {
		if (envs[i].env_status == ENV_FREE)
			continue;
		cprintf("[%08x] %s\n", envs[i].env_id, tasks[i].asleep ?
			"waits for nobody" : "nobody is left to start it");
		env_destroy(&tasks[i], "stuck");
	}
}

static void __attribute__((noreturn)) end_alone(void)
{
	silent = false;
	cprintf("No runnable environments in the system!\n");
	record("idle pages=%u of %u envs=%u of %u", nfree, run.pages,
	       nfree_envs, run.envs);
	if (run.alone) {
		cluster_leave();
		poweroff();
	}
	for (;;)
		monitor(NULL);
}

/* A node whose programs have ended waits for those of the others; or for a
 * key, if somebody is at the monitor. */
static bool rest(void)
{
	if (run.alone) {
		cluster_done();
		if (cluster_all_done())
			end_alone();
	} else if (cons_getc() >= 0) {
		monitor(NULL);
		return true;
	}
	return false;
}

bool nothing_left(void)
{
	if (!cluster_complete() || wire_busy() || mosix_active())
		return false;
	end_stuck();
	if (anybody_ready())
		return true;
	if (mosix_busy())
		return false;
	if (run.left == 0 && my_node == 0)
		end_alone();
	if (run.left == 0)
		return rest();
	run.left--;
	for (uint32_t i = 0; i < run.copies; i++)
		start_one();
	return true;
}

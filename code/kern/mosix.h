#ifndef KERN_MOSIX_H
#define KERN_MOSIX_H

#include "config.h"

/* mosix.dflags: which half of a process that is away this task is. */
#ifdef CONFIG_MOSIX
#define DDEPUTY		0x01		/* what has stayed at home */
#define DREMOTE		0x02		/* what runs elsewhere, as a guest */
#else
#define DDEPUTY		0		/* nobody is away */
#define DREMOTE		0
#endif

#ifndef __ASSEMBLER__
#include "inc/mosix.h"
#include "inc/ptrace.h"
#include "kern/queue.h"

struct task;

#ifdef CONFIG_MOSIX

/* mosix.dreqs: what is asked of it, for its next way out to user mode. */
#define DREQ_MOVE	0x01		/* to go to mosix.whereto */
#define DREQ_LEASE	0x02		/* not to run: its lease has ended */

/* A trap that a guest has brought home, to be attended here. */
struct carried_trap {
	bool there;
	uint32_t vector, error, cr2;
};

/* What the kernel keeps of a process for its travels. Under kernel_lock. */
struct mosix {
	uint32_t dflags;
	uint32_t dreqs;
	uint32_t stay;			/* reasons: DSTAY_FOR_... */
	int state;			/* enum home_state; or guest_state */
	int node;			/* where it is; for a guest: its home */
	int target;			/* where it is going */
	int whereto;			/* what DREQ_MOVE asks; 0: home */
	uint16_t slot, target_slot;	/* its number at node, and at target */
	uint32_t flight, target_flight;	/* numbers of the moves there */
	uint32_t npages;		/* that it has, or is to have */
	int error;			/* why the last one came to nothing */
	uint32_t moves;			/* those that did not */
	uint32_t pages;			/* that have arrived of this one */
	bool loaded;			/* it has sent what it has */
	bool self;			/* it asked for the move itself */
	struct task_queue wait;		/* itself, while others decide */
	struct carried_trap trap;
};

/* What the kernel of one machine calls of hpc/. */

void mosix_init(struct task *t);
/* On the way out to user mode, when something is asked: with true the caller
 * looks again at everything that may keep it from going out. */
bool mosix_pre_usermode_actions(void);
/* A guest has done what only its home can attend: it goes there on its
 * way out. */
void mosix_carry_trap(uint32_t vector, uint32_t error);
/* Waits until t is at home. -E_INTR, -E_BAD_ENV: it has ended. */
int home_fetch(struct task *t);
bool mosix_at_home(struct task *t);
/* t is to be where its parent can stop it. */
void mosix_come_home(struct task *t);
/* A guest has made a system call. */
void remote_sys_call(struct pt_regs *regs);
/* A guest ends here; nothing of it is left. */
void guest_free(struct task *t);
/* Is a process of ours away, or one of others here? */
bool mosix_busy(void);
void hpc_init(void);

#else
#include "inc/error.h"

/* A kernel without hpc/: everybody is at home. */

struct mosix {
	uint32_t dflags, dreqs;		/* 0 */
};

static inline void mosix_init(struct task *t) { (void)t; }
static inline bool mosix_pre_usermode_actions(void) { return false; }
static inline void mosix_carry_trap(uint32_t v, uint32_t e)
{ (void)v, (void)e; }
static inline int home_fetch(struct task *t) { (void)t; return 0; }
static inline bool mosix_at_home(struct task *t) { (void)t; return true; }
static inline void mosix_come_home(struct task *t) { (void)t; }
static inline void guest_free(struct task *t) { (void)t; }
static inline bool mosix_busy(void) { return false; }
static inline void hpc_init(void) { }

/* What hpc/calls.c has for the table of calls. */
#define NO_CALL2(name) \
static inline int32_t sys_##name(uint32_t a, uint32_t b) \
{ \
	(void)a, (void)b; \
	return -E_NO_SYS; \
}
NO_CALL2(migrate)
NO_CALL2(where)
NO_CALL2(lock)
static inline int32_t sys_expel(void) { return -E_NO_SYS; }

#endif
#endif
#endif

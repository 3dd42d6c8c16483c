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
#include "inc/env.h"
#include "inc/mosix.h"
#include "inc/ptrace.h"
#include "kern/queue.h"
#include "net/frame.h"

struct task;

#ifdef CONFIG_MOSIX

/* mosix.dreqs: what is asked of it, for its next way out to user mode. */
#define DREQ_MOVE	0x01		/* to go to mosix.whereto */
#define DREQ_LEASE	0x02		/* not to run: its lease has ended */
#define DREQ_DEPUTY	0x04		/* be the deputy of one born away */
#define DREQ_HATCH	0x08		/* not to run: nobody has started it */

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
	struct packet_queue inbox;	/* at home: calls */
	struct packet *answer;		/* to what was asked last */
	uint32_t asked;			/* at home: questions so far */
	bool in_call;			/* it flew in the middle of a call */
	uint32_t last_call;		/* at home: the last one, and */
	int32_t last_value;		/* what it gave */
	uint32_t obtained;		/* at home: registers that are fresh */
	uint32_t calls;			/* system calls made at home */
	uint32_t forwarded;		/* and those from elsewhere */
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
/* The current process has to be at home, because of that. Not 0: it is. */
int mosix_go_home_for_reason(int x, uint32_t reason);
/* t is a deputy, which its parent starts. */
bool mosix_start(struct task *t);
/* The current one ends: what there is of it elsewhere, too. */
void mosix_end(struct task *t);
/* The registers of t that mask asks for, one bit each, are in t->regs: if t is
 * a deputy they come from its other half. -E_INTR, -E_BAD_ENV. */
#define BIT_OF_REGISTER(r)	(1 << offsetof(struct pt_regs, r) / 4)
int mosix_obtain_registers(struct task *t, uint32_t mask);
/* A new child of the current process, a deputy, is born where its parent is. */
void mosix_hatch(struct task *child);
/* The process id that the current one, a guest, may name here. -E_BAD_ENV. */
int guest_lookup(envid_t id, struct task **store);
/* What a guest is told of itself goes to what programs see of it. */
void guest_env_changed(struct task *t);
/* The same as in kern/usercopy.h, for the current one, a deputy. */
int deputy_copy(uint32_t va, void *buf, size_t n, bool out);
int deputy_check(uint32_t va, size_t n, int perm, uint32_t *bad);
/* Is one of ours away that may still do something by itself? */
bool mosix_active(void);
/* t is to be where its parent can stop it. */
void mosix_come_home(struct task *t);
/* A guest ends here; nothing of it is left. */
void guest_free(struct task *t);
/* Is a process of ours away, or one of others here? */
bool mosix_busy(void);
void hpc_init(void);

#else
#include "inc/env.h"
#include "inc/error.h"

/* A kernel without hpc/: everybody is at home. */

struct mosix {
	uint32_t dflags, dreqs, calls;	/* 0 */
};

static inline void mosix_init(struct task *t) { (void)t; }
static inline bool mosix_pre_usermode_actions(void) { return false; }
static inline void mosix_carry_trap(uint32_t v, uint32_t e)
{ (void)v, (void)e; }
static inline int home_fetch(struct task *t) { (void)t; return 0; }
static inline bool mosix_at_home(struct task *t) { (void)t; return true; }
static inline void mosix_come_home(struct task *t) { (void)t; }
static inline bool mosix_start(struct task *t) { (void)t; return false; }
static inline void mosix_end(struct task *t) { (void)t; }
static inline void mosix_hatch(struct task *t) { (void)t; }
static inline void guest_env_changed(struct task *t) { (void)t; }
static inline bool mosix_active(void) { return false; }
static inline void guest_free(struct task *t) { (void)t; }
static inline bool mosix_busy(void) { return false; }
static inline void hpc_init(void) { }

static inline int guest_lookup(envid_t id, struct task **store)
{
	(void)id, (void)store;
	return -E_BAD_ENV;
}

static inline int deputy_copy(uint32_t va, void *buf, size_t n, bool out)
{
	(void)va, (void)buf, (void)n, (void)out;
	return -E_FAULT;
}

static inline int deputy_check(uint32_t va, size_t n, int perm, uint32_t *bad)
{
	(void)va, (void)n, (void)perm, (void)bad;
	return -E_FAULT;
}

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

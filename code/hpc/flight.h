#ifndef HPC_FLIGHT_H
#define HPC_FLIGHT_H

#include "inc/types.h"
#include "flight-states.h"		/* made from hpc/flight.tbl */
#include "kern/task.h"
#include "net/frame.h"

/* A step of one of the machines of hpc/flight.tbl. */
struct flight_step {
	void (*action)(struct task *t);	/* NULL: this cannot happen */
	uint8_t next;
};

/* What every message about a flight begins with. A process is known to its
 * home by pid, and to the node where it is a guest by slot; a flight number
 * is never used twice, by this home or by another, so that nothing that arrives
 * late is taken for something of today. */
struct flight_head {
	uint32_t flight;
	uint16_t slot;
	uint16_t offset;		/* of a piece, in its page */
	uint32_t pid;
	int32_t value;			/* a node, or an error */
};

/* What a node is asked when a process wants to go there. */
struct prepare {
	struct flight_head head;
	uint32_t pages;
	uint32_t parent;
	uint32_t type;
};

/* What a node is told when a guest is to go from there to head.value. */
struct send {
	struct flight_head head;
	uint32_t target_flight;
	uint32_t target_slot;
};

/* A system call that a guest makes, and what came of it. */
struct call {
	struct flight_head head;
	uint32_t number;
	uint32_t args[6];
	uint64_t cycles;		/* that it has used so far */
};

struct reply {
	struct flight_head head;	/* value: what it returned */
	uint32_t child_flight;		/* of exofork */
	struct Env env;			/* what programs see of it */
};

/* Registers: those of mask, in their order. */
struct registers {
	struct flight_head head;
	uint32_t mask;
	uint32_t word[];
};

#define NREGISTERS	(sizeof(struct pt_regs) / sizeof(uint32_t))

enum copy_kind {
	COPY_OUT = 1,			/* to its memory */
	COPY_IN,			/* from its memory */
	COPY_CHECK,			/* may it be used so? */
};

/* The answer is the same message: head.value 0 or an error, and the bytes. */
struct copy {
	struct flight_head head;
	uint32_t kind;
	uint32_t number;		/* of the question */
	uint32_t va;			/* in an answer: the bad one */
	uint32_t len;
	uint32_t perm;
	uint8_t data[];
};

#define COPY_MAX	1408		/* bytes a message */

/* Whom a message is for, and what about. */
struct address {
	int node;
	uint32_t flight;
	uint16_t slot;
	uint32_t pid;
};

/* A message that says no more than that. It does not wait: if there is no
 * packet for it the session with that node is given up, for what has been
 * promised there cannot be kept. */
void flight_tell(const struct address *to, uint16_t type, int32_t value);

/* The message, if it is at least size bytes long; else it is counted. */
const void *flight_message(const struct packet *p, size_t size);
/* One that should not have come. */
void flight_odd(const char *machine, const char *state, int event);

/* hpc/cargo.c: all of t, which does not run, goes there. 0, or why not. */
int cargo_send(struct task *t, const struct address *to, uint16_t page_type,
	       uint16_t state_type);
/* A piece of a page has come for t. -E_NO_MEM, -E_INVAL. */
int cargo_page(struct task *t, const struct packet *p);
/* The rest has come. -E_INVAL: something is missing. */
int cargo_state(struct task *t, const struct packet *p);
/* What the home of t, a guest, has told of it, for programs to see. */
void cargo_env(struct task *t, const struct Env *e);
/* How many pages t has. */
uint32_t cargo_count(struct task *t);

/* hpc/stay.c: why t may not leave home; 0: it may. */
uint32_t stay_reasons(struct task *t);
void stay_print(struct task *t, uint32_t reasons);
/* Is it making a child, or is it one that is being made? */
bool stay_hatching(struct task *t);

/* hpc/home.c: t is to go to node; 0: home. -E_IN_FLIGHT: not now. */
int home_request(struct task *t, int node);
void home_leave(struct task *t);
void home_be_deputy(struct task *t);
/* Its parent, with these registers, was here before it could be born there. */
void home_unhatch(struct task *child, const struct pt_regs *r);
/* Those who wait for something about a process that is away. */
extern struct task_queue visitors;
void home_init(void);
void home_node(int node, bool up);
extern uint32_t naway;

/* hpc/guest.c */
void guest_init(void);
void guest_node(int node, bool up);
void guest_tick(void);
void guest_leave(struct task *t);
/* What a guest is asked on its way out: not to go before it is started. */
void guest_wait_start(struct task *t);
/* A child of the current guest, born here. -E_NO_MEM, -E_NO_FREE_ENV. */
int guest_hatch(uint32_t pid, uint32_t flight);
void guest_wait_lease(struct task *t);
void guest_expel(void);
extern uint32_t nguests;

/* hpc/deputy.c: does what its remote half asks for. */
void deputy_call(struct task *t, struct packet *p);
/* The same for the call in the middle of which t has come home. */
void deputy_finish(struct task *t);
/* Registers of t have come. */
void home_registers(struct task *t, const struct packet *p);

/* hpc/remote.c: what a deputy asks of its remote half. */
void remote_copy(struct task *t, struct packet *p);
void remote_registers(struct task *t, struct packet *p);

/* hpc/hostile.c */
void hostile_init(void);
void hostile_tick(void);

/* hpc/shadow.c: at home, what the node of a guest has to know of envs[]. */
int shadow_begin(int node);
void shadow_push(int node);
void shadow_end(int node);
/* It had no place for what it was told: all again. */
void shadow_forget(int node);
void shadow_tick(void);
/* Where guests are, the envs[] of their homes: t sees that of home; another
 * one does not any more. */
int shadow_map(struct task *t, int home);
void shadow_unmap(int home);
void shadow_set(int home, const struct Env *e);
void shadow_node(int node, bool up);
extern uint32_t nshadows;
void shadow_init(void);

/* hpc/throw.c */
void throw_init(void);
void throw_tick(void);

#endif

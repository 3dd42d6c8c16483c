#ifndef KERN_ENV_H
#define KERN_ENV_H

#include "kern/cpu.h"
#include "kern/task.h"

/* The process that this processor runs, or NULL. */
#define current		(thiscpu->current)

extern uint32_t nfree_envs;

void env_init(void);

/* A new process, not runnable, that holds nothing but its directory.
 * -E_NO_FREE_ENV, -E_NO_MEM. */
int env_alloc(struct task **store, struct task *parent);
/* A child of the current process that nobody has started yet; should its
 * parent end before, so does the child. The same errors. */
int env_alloc_child(struct task **store);
/* Somebody starts t: it can outlive its parent. */
void env_started(struct task *t);

/* Loads a program of size bytes at elf into a new process and makes it
 * runnable. -E_NO_EXEC and whatever env_alloc gives; then nothing is left. */
int env_create(const void *elf, size_t size, struct task **store);
/* Puts the words of args, after name, on t's stack as argc and argv. The
 * words that do not fit in a page are left out. */
void env_set_args(struct task *t, const char *name, const char *args);

/* A directory for t, with the half that is the kernel's, and a kernel stack
 * that ends at stacktop. -E_NO_MEM. env_empty frees what is below UTOP;
 * env_memory_free, all. */
int env_memory(struct task *t, uint32_t stacktop);
void env_empty(struct task *t);
void env_memory_free(struct task *t);

/* Everything that it holds, and its slot, are free again. */
void env_free(struct task *t);
/* Ends t by its own will or by another's; does not return when t is the
 * current one. how: for the record. */
void env_destroy(struct task *t, const char *how);
/* Ends the current one, which has done something that it may not. */
void env_kill(const char *why) __attribute__((noreturn));

/* The process with that id; 0 is the current one. check: it must be the
 * current one or a child of it. -E_BAD_ENV. */
int envid2task(envid_t id, struct task **store, bool check);

/* May the current process do what only the administrator may? */
bool capable(void);

/* May t use [va, va + len) with PTE_U | perm? 0 or -E_FAULT; in *bad, if it
 * is not NULL, the first address that it may not. */
int user_mem_check(struct task *t, uint32_t va, size_t len, int perm,
		   uint32_t *bad);
/* Ends t, and does not return, if it may not. */
void user_mem_assert(struct task *t, uint32_t va, size_t len, int perm);

#endif

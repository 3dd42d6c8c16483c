#ifndef INC_LIB_H
#define INC_LIB_H

/* What a program includes. */
#include "inc/assert.h"
#include "inc/cluster.h"
#include "inc/env.h"
#include "inc/error.h"
#include "inc/memlayout.h"
#include "inc/mosix.h"
#include "inc/mmu.h"
#include "inc/stdio.h"
#include "inc/string.h"
#include "inc/syscall.h"
#include "inc/trap.h"
#include "inc/types.h"
#include "inc/x86.h"

#define USED(x)		(void)(x)

/* The program's own. */
void umain(int argc, char **argv);

/* lib/libmain.c */
extern const char *binaryname;
extern const volatile struct Env *thisenv;
extern const volatile struct Env envs[NENV];
extern const volatile struct PageInfo pages[];
extern const volatile pte_t uvpt[];
extern const volatile pde_t uvpd[];
void exit(void) __attribute__((noreturn));
void _exit(int code) __attribute__((noreturn));
#define kill		sys_kill
#define getuid		sys_getuid
#define getgid		sys_getgid
#define setuid		sys_setuid
#define setgid		sys_setgid
int kill(envid_t id, int sig);
int getuid(void);
int getgid(void);
int setuid(uint32_t uid);
int setgid(uint32_t gid);

/* lib/syscall.S, made from kern/syscall.tbl */
int sys_write(int fd, const void *buf, size_t len);
int sys_getpid(void);
int sys_wait4(envid_t id, int *status, int options, void *rusage);
int sys_getppid(void);
int sys_times(uint32_t *tms);
void sys_cputs(const char *s, size_t len);
int sys_cgetc(void);
envid_t sys_getenvid(void);
int sys_env_destroy(envid_t id);
void sys_yield(void);
int sys_env_set_status(envid_t id, int status);
int sys_page_alloc(envid_t id, void *va, int perm);
int sys_page_map(envid_t src, void *srcva, envid_t dst, void *dstva, int perm);
int sys_page_unmap(envid_t id, void *va);
int sys_env_set_pgfault_upcall(envid_t id, void *entry);
int sys_page_map_run(envid_t src, void *srcva, envid_t dst, void *dstva,
		     uint32_t n, int perm);
int sys_page_copy(envid_t id, void *va, int perm);
int sys_ipc_try_send(envid_t to, uint32_t value, void *pg, int perm);
int sys_ipc_send(envid_t to, uint32_t value, void *pg, int perm);
int sys_ipc_recv(void *pg);
int sys_cluster(int node, struct node_info *info);
int sys_migrate(envid_t id, int node);
int sys_where(envid_t id, struct mosix_info *info);
int sys_expel(void);
int sys_lock(envid_t id, int on);

/* Not a function of the library: the child would return by a stack frame
 * that the parent has overwritten before it copied the stack. */
static inline envid_t __attribute__((always_inline)) sys_exofork(void)
{
	envid_t id;

	asm volatile("int %1"
		     : "=a"(id) : "i"(T_SYSCALL), "a"(SYS_exofork)
		     : "memory", "cc");
	return id;
}

/* lib/dumbfork.c: a child that is a copy of the caller, page by page: 0 in the
 * child, the id of the child in the parent. */
envid_t dumbfork(void);

/* lib/pgfault.c: the function that attends the page faults of this process; the
 * first time it also gets a page for the exception stack. */
void set_pgfault_handler(void (*handler)(struct UTrapframe *utf));
extern void (*_pgfault_handler)(struct UTrapframe *utf);
void _pgfault_upcall(void);

/* Bits that are the program's own, in the entry of a page. */
#define PTE_SHARE	0x400	/* a fork shares it */
#define PTE_COW		0x800	/* copied when it is written */

/* lib/fork.c: a child that is a copy of the caller, or (sfork) that shares its
 * memory but for the stack. 0 in the child; in the parent the id of the child,
 * or an error. */
envid_t fork(void);
envid_t sfork(void);

/* lib/wait.c: until that process is no more. */
void wait(envid_t id);
/* Until the child id, or any if it is -1, has ended, and how, in *status. */
envid_t waitpid(envid_t id, int *status, int options);

/* lib/ipc.c: sends val, and the page pg with perm if pg is not NULL, waiting for
 * as long as is needed; panics where that cannot be. */
void ipc_send(envid_t to, uint32_t val, void *pg, int perm);
/* Waits for a message, and for a page at pg if that is not NULL; whose it was in
 * *from, and the page's permissions, 0 without one, in *perm, if these are not
 * NULL. The value, or an error, and then both are 0. */
int32_t ipc_recv(envid_t *from, void *pg, int *perm);
/* The first process of that type, or 0. */
envid_t ipc_find_env(enum EnvType type);

/* lib/mosix.c: ends the program where processes cannot leave. */
void need_mosix(void);

/* For programs that come from JOS. */
#define static_assert(x)	_Static_assert(x, #x)

static inline uint32_t read_esp(void)
{
	uint32_t esp;

	asm volatile("movl %%esp, %0" : "=r"(esp));
	return esp;
}

#endif

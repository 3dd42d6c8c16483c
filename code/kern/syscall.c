#include "inc/error.h"
#include "kern/console.h"
#include "kern/env.h"
#include "kern/pmap.h"
#include "kern/printf.h"
#include "kern/sched.h"
#include "kern/syscall.h"

int32_t no_syscall(struct pt_regs *regs)
{
	(void)regs;
	return -E_NO_SYS;
}

static void put_user(uint32_t s, uint32_t len)
{
	for (uint32_t i = 0; i < len; i++)
		cons_putc(((const char *)s)[i]);
}

/* Writes len bytes at buf on the console, which is all that fd 1 and fd 2
 * are until chapter 16. -E_BADF, -E_FAULT. */
int32_t sys_write(uint32_t fd, uint32_t buf, uint32_t len)
{
	if (fd != 1 && fd != 2)
		return -E_BADF;
	if ((int32_t)len < 0)
		return -E_INVAL;
	if (user_mem_check(current, buf, len, 0, NULL) < 0)
		return -E_FAULT;
	put_user(buf, len);
	return len;
}

/* The same in JOS's way: a bad pointer ends the caller. */
int32_t sys_cputs(uint32_t s, uint32_t len)
{
	user_mem_assert(current, s, len, 0);
	put_user(s, len);
	return 0;
}

/* Ends process id, which is the caller (also as 0) or a child of it. */
int32_t sys_env_destroy(uint32_t id)
{
	struct task *t;
	int err = envid2task(id, &t, true);

	if (err < 0)
		return err;
	if (t == current)
		cprintf("[%08x] exiting gracefully\n", t->env->env_id);
	else
		cprintf("[%08x] destroying %08x\n", current->env->env_id,
			t->env->env_id);
	env_destroy(t, "exit");
	return 0;
}

/* A character that was typed, or 0. */
int32_t sys_cgetc(void)
{
	int c = cons_getc();

	return c < 0 ? 0 : c;
}

int32_t sys_getenvid(void)
{
	return current->env->env_id;
}

int32_t sys_getpid(void)
{
	return current->env->env_id;
}

/* The processor for somebody else; the caller comes back in its turn. */
int32_t sys_yield(void)
{
	current->resched = true;
	return 0;
}

#include "inc/lib.h"

/* A copy of the page of ours at va, at the same address of the child. */
static void copy_page(envid_t child, char *va)
{
	int err;

	err = sys_page_alloc(child, va, PTE_P | PTE_U | PTE_W);
	if (err < 0)
		panic("sys_page_alloc: %e", err);
	err = sys_page_map(child, va, 0, UTEMP, PTE_P | PTE_U | PTE_W);
	if (err < 0)
		panic("sys_page_map: %e", err);
	memmove(UTEMP, va, PGSIZE);
	err = sys_page_unmap(0, UTEMP);
	if (err < 0)
		panic("sys_page_unmap: %e", err);
}

envid_t dumbfork(void)
{
	extern char end[];
	envid_t child = sys_exofork();
	int err;

	if (child < 0)
		panic("sys_exofork: %e", child);
	if (child == 0) {
		thisenv = &envs[ENVX(sys_getenvid())];
		return 0;
	}
	for (char *va = (char *)UTEXT; va < end; va += PGSIZE)
		copy_page(child, va);
	copy_page(child, (char *)USTACKTOP - PGSIZE);
	err = sys_env_set_status(child, ENV_RUNNABLE);
	if (err < 0)
		panic("sys_env_set_status: %e", err);
	return child;
}

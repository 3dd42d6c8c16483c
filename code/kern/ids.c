#include "inc/error.h"
#include "kern/env.h"
#include "kern/syscall.h"

bool capable(void)
{
	return current->cred.uid == 0;
}

int32_t sys_getppid(void)
{
	return current->env->env_parent_id;
}

int32_t sys_getuid(void)
{
	return current->cred.uid;
}

int32_t sys_getgid(void)
{
	return current->cred.gid;
}

/* From 0 to any other, and never back. -E_PERM. */
int32_t sys_setuid(uint32_t uid)
{
	if (!capable() && uid != current->cred.uid)
		return -E_PERM;
	current->cred.uid = uid;
	return 0;
}

int32_t sys_setgid(uint32_t gid)
{
	if (!capable() && gid != current->cred.gid)
		return -E_PERM;
	current->cred.gid = gid;
	return 0;
}

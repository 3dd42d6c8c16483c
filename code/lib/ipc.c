#include "inc/lib.h"

/* An address that is no page's. */
#define NO_PAGE	((void *)UTOP)

void ipc_send(envid_t to, uint32_t val, void *pg, int perm)
{
	int err = sys_ipc_send(to, val, pg != NULL ? pg : NO_PAGE, perm);

	if (err < 0)
		panic("ipc_send to %08x: %e", to, err);
}

int32_t ipc_recv(envid_t *from, void *pg, int *perm)
{
	int err = sys_ipc_recv(pg != NULL ? pg : NO_PAGE);

	if (from != NULL)
		*from = err < 0 ? 0 : thisenv->env_ipc_from;
	if (perm != NULL)
		*perm = err < 0 ? 0 : thisenv->env_ipc_perm;
	return err < 0 ? err : (int32_t)thisenv->env_ipc_value;
}

envid_t ipc_find_env(enum EnvType type)
{
	for (int i = 0; i < NENV; i++)
		if (envs[i].env_status != ENV_FREE && envs[i].env_type == type)
			return envs[i].env_id;
	return 0;
}

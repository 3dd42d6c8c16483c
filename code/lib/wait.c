#include "inc/lib.h"

void wait(envid_t id)
{
	const volatile struct Env *e = &envs[ENVX(id)];

	while (e->env_id == id && e->env_status != ENV_FREE)
		sys_yield();
}

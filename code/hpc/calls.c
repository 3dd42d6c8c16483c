#include "inc/error.h"
#include "kern/env.h"
#include "kern/hooks.h"
#include "kern/syscall.h"
#include "kern/usercopy.h"
#include "net/cluster.h"
#include "hpc/flight.h"

/* The process id, if the caller may decide where it runs. */
static int may_move(envid_t id, struct task **store)
{
	int err = envid2task(id, store, false);

	if (err < 0)
		return err;
	if (!capable() && (*store)->cred.uid != current->cred.uid)
		return -E_PERM;
	return 0;
}

/* Process id (0: the caller) is to go to node; 0: home. The caller itself is
 * there when the call returns, or has the error; of another one the wish is
 * noted. -E_BAD_ENV, -E_PERM, -E_NO_NODE, -E_STAY, -E_IN_FLIGHT, -E_NO_MEM. */
int32_t sys_migrate(uint32_t id, uint32_t node)
{
	struct task *t;
	int err = may_move(id, &t);

	if (err < 0)
		return err;
	if (node == (uint32_t)my_node)
		node = 0;
	if (node != 0 && !node_hosts(node))
		return -E_NO_NODE;
	err = home_request(t, node);
	if (err == 0 && t == current)
		t->mosix.self = true;
	return err;
}

/* What there is to know of process id's travels, at *info. -E_BAD_ENV,
 * -E_FAULT, -E_INTR. */
int32_t sys_where(uint32_t id, uint32_t info)
{
	struct mosix_info i;
	struct task *t;
	int err = envid2task(id, &t, false);

	if (err < 0)
		return err;
	err = mosix_obtain_registers(t, BIT_OF_REGISTER(eip) |
				     BIT_OF_REGISTER(esp));
	if (err < 0)
		return err;
	i = (struct mosix_info){
		.node = t->mosix.dflags & DDEPUTY ? t->mosix.node : my_node,
		.stay = mosix_at_home(t) ? stay_reasons(t) | t->mosix.stay : 0,
		.error = t->mosix.error,
		.moves = t->mosix.moves,
		.eip = t->regs.eip, .esp = t->regs.esp,
		.calls = t->mosix.calls,
		.forwarded = t->mosix.forwarded,
	};
	return copy_to_user(info, &i, sizeof(i));
}

/* All guests of this node are sent home. -E_PERM. */
int32_t sys_expel(void)
{
	if (!capable())
		return -E_PERM;
	guest_expel();
	return 0;
}

/* Process id is not to be moved by anybody else than who asks for it by name
 * (on), or again like any other. -E_BAD_ENV, -E_PERM. */
int32_t sys_lock(uint32_t id, uint32_t on)
{
	struct task *t;
	int err = may_move(id, &t);

	if (err < 0)
		return err;
	t->mosix.stay = on ? t->mosix.stay | DNOMIGRATE :
			     t->mosix.stay & ~DNOMIGRATE;
	return 0;
}

#ifndef INC_ENV_H
#define INC_ENV_H

#include "inc/types.h"

typedef int32_t envid_t;

/* An id, from the lowest bit: index in envs[] (10 bits), two bits that are
 * zero, generation (13 bits), home node (5 bits). Never 0 nor negative. */
#define LOG2NENV	10
#define NENV		(1 << LOG2NENV)
#define ENVX(envid)	((envid) & (NENV - 1))

#define ENVGENSHIFT	12
#define ENVNODESHIFT	25

/* Values of env_status. */
enum {
	ENV_FREE = 0,
	ENV_DYING,
	ENV_RUNNABLE,
	ENV_RUNNING,
	ENV_NOT_RUNNABLE,
};

enum EnvType {
	ENV_TYPE_USER = 0,
};

/* The half of a process that programs may read, at UENVS. */
struct Env {
	envid_t env_id;
	envid_t env_parent_id;
	enum EnvType env_type;
	unsigned int env_status;
	uint32_t env_runs;		/* times it was given a processor */
	int env_cpunum;			/* the last one */
	void *env_pgfault_upcall;	/* where its faults are told, or 0 */

	/* The last message, or what it waits for. */
	bool env_ipc_recving;
	void *env_ipc_dstva;		/* where it wants a page, below UTOP */
	uint32_t env_ipc_value;
	envid_t env_ipc_from;
	int env_ipc_perm;		/* of the page that came; 0: none */
};

#endif

#ifndef KERN_IPC_H
#define KERN_IPC_H

#include "kern/task.h"

/* A new process sends to nobody and nobody sends to it. */
void ipc_init(struct task *t);

/* t ends: it does not wait any more, and nobody waits for it. */
void ipc_forget(struct task *t);

#endif

#ifndef KERN_EXIT_H
#define KERN_EXIT_H

#include "kern/task.h"

/* Status of a process, as wait4 gives it: ended by itself with that code, or
 * by a signal. */
#define STATUS_EXIT(code)	(((code) & 0xFF) << 8)
#define STATUS_SIGNAL(sig)	((sig) & 0x7F)

#define SIGILL	4
#define SIGTRAP	5
#define SIGBUS	7
#define SIGFPE	8
#define SIGKILL	9
#define SIGSEGV	11

/* t's slot is free again. What its parent may ask for stays there, and the
 * slot is taken again after all those in which nothing has stayed. */
void slot_free(struct task *t);
/* A free slot, or NULL. */
struct task *slot_take(void);

/* A new process is a child of parent, which may be NULL. */
void child_of(struct task *t, struct task *parent);
/* t ends: its children that have not been started end too, and the others
 * belong to nobody from now on; nobody asks for those that have ended. */
void orphan_children(struct task *t);
/* t is no longer a child of its parent, who is told of its end. */
void leave_parent(struct task *t);

#endif

#ifndef INC_SYSCALL_H
#define INC_SYSCALL_H

#include "sysnum.h"		/* made from kern/syscall.tbl */

#define T_SYSCALL	0x80	/* the vector of the gate */

#endif

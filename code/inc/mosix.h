#ifndef INC_MOSIX_H
#define INC_MOSIX_H

#include "inc/types.h"

/* Why a process has to stay at home: the bits of openMosix 2.4. */
#define DSTAY_FOR_MONKEY	0x00000001	/* shares a written page */
#define DSTAY_FOR_DEV		0x00000002	/* maps a device */
#define DSTAY_FOR_86		0x00000004	/* in virtual 8086 mode */
#define DSTAY_FOR_PRIV		0x00000010	/* uses ports */
#define DSTAY_FOR_MLOCK		0x00000020	/* has locked its memory */
#define DSTAY_FOR_CLONE		0x00000040	/* shares all its memory */
#define DSTAY_FOR_RT		0x00000080	/* runs in real time */
#define DSTAY_FOR_IOPL		0x00000100	/* may use ports */
#define DSTAY_FOR_INIT		0x00000200	/* belongs to the system */
#define DSTAY_FOR_OTHER1	0x01000000	/* a child is being made */
#define DSTAY_FOR_OTHER2	0x02000000	/* nobody has started it */
#define DNOMIGRATE		0x80000000	/* somebody has locked it */

/* What sys_where tells. */
struct mosix_info {
	uint32_t node;			/* where it runs; 0: no cluster */
	uint32_t stay;			/* why it could not leave now */
	int32_t error;			/* why it did not, the last time */
	uint32_t moves;			/* the times that it did */
	uint32_t eip, esp;		/* where it was when asked */
	uint32_t calls, forwarded;	/* system calls at home, and from afar */
};

#endif

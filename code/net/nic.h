#ifndef NET_NIC_H
#define NET_NIC_H

#include "inc/types.h"

/* A frame without its checksum, and what the link keeps for one. */
#define FRAME_MIN	14
#define FRAME_MAX	1514
#define NET_BUFFER	1536

/* Finds the card; its own address in mac. False: there is none. */
bool nic_init(uint8_t mac[6]);
/* From here on it receives what is for that address or for all, and sends. */
void nic_listen(const uint8_t mac[6]);
/* len bytes (14 to 1514; shorter than 60 are filled with zeros) go out. False:
 * the card did not take them (counted). Under kernel_lock, like the next. */
bool nic_send(const void *frame, size_t len);
/* The interrupt: everything that has come is given to net_input(). */
void nic_intr(void);

/* Returns when all that was sent has gone out. */
void nic_flush(void);

extern int nic_irq;			/* its line, or -1 */

struct nic_stats {
	uint32_t received, sent;
	uint32_t errors;		/* frames that were lost at the card */
	uint32_t overflows;		/* times that its ring was full */
	uint32_t dropped;		/* frames that no buffer was for */
	uint32_t interrupts;
};

extern struct nic_stats nic_stats;

/* The link layer has these. */

/* NET_BUFFER bytes for one frame, aligned to 4; NULL: the frame is lost. */
void *net_buffer(void);
/* A frame has come; the buffer is the link's again. */
void net_input(void *buffer, size_t len);

#endif

#ifndef NET_FRAME_H
#define NET_FRAME_H

#include "inc/types.h"
#include "net/nic.h"

#define NNODES		32		/* nodes are 1 to 31 */

#define ETHERTYPE	0x88B5		/* for experiments: IEEE 802, 9.2.3 */
#define FRAME_VERSION	1

enum frame_kind {
	FRAME_HELLO = 1,		/* to everybody, ten times a second */
	FRAME_DATA,			/* a message, in its order */
	FRAME_ACK,			/* only what has arrived */
};

/* What goes over the wire. Little endian, but for Ethernet's own part. */
struct frame {
	uint8_t dst[6], src[6];
	uint16_t ethertype;		/* big endian */
	uint8_t version;
	uint8_t kind;
	uint32_t check;			/* of all that follows */
	uint32_t from_session;
	uint32_t to_session;
	uint32_t seq;			/* number of this message */
	uint32_t ack;			/* all before this one have arrived */
	uint16_t length;		/* of data */
	uint16_t type;			/* of the message: what data is */
	uint8_t data[];
};

#define MESSAGE_MAX	(FRAME_MAX - sizeof(struct frame))

/* A frame in memory, and its place in some queue. Under kernel_lock. */
struct packet {
	struct packet *next;
	uint32_t len;			/* of the frame */
	union {
		struct frame frame;
		uint8_t bytes[NET_BUFFER];
	};
};

#define message_of(p, type)	((type *)(p)->frame.data)

struct packet_queue {
	struct packet *first, **last;
	uint32_t n;
};

void packets_init(void);		/* takes the memory for all of them */

/* For a message of ours, or NULL: the last ones are kept for what arrives,
 * without which no other would ever be free. */
struct packet *packet_alloc(void);
/* For what arrives. */
struct packet *packet_for_input(void);
void packet_free(struct packet *p);
/* May one that has arrived be kept for a while? */
bool packets_left(void);

void packet_queue_init(struct packet_queue *q);
void packet_put(struct packet_queue *q, struct packet *p);
struct packet *packet_take(struct packet_queue *q);
void packet_free_all(struct packet_queue *q);

#endif

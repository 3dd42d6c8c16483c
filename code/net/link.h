#ifndef NET_LINK_H
#define NET_LINK_H

#include "kern/queue.h"
#include "net/frame.h"

#define WINDOW		8		/* messages on their way at once */

/* One end of the link with one node. What is sent arrives once and in order,
 * for as long as both ends remember the session; when one of them forgets it,
 * nothing more of that session arrives at either. Under kernel_lock. */
struct link {
	uint32_t my_session, its_session;	/* 0: none yet */
	bool open;			/* both ends know both numbers */
	uint8_t mac[6];

	uint32_t next;			/* number of the next to be sent */
	uint32_t acked;			/* all before it have arrived there */
	struct packet *sent[WINDOW];	/* from acked to next, by number */
	struct packet_queue pending;	/* no room in the window yet */
	struct task_queue senders;	/* that wait for room */
	uint32_t retry;			/* tick at which acked is sent again */
	uint32_t patience;		/* ticks until then */
	bool hurried;			/* acked went again without waiting */

	uint32_t expected;		/* number of the next to be delivered */
	struct packet *early[WINDOW];	/* that came before it, by number */
	uint32_t unacked;		/* delivered since the last ack */
	uint32_t ack_by;		/* tick at which one is due */
};

/* What has been counted since the node started. */
struct link_counts {
	uint32_t frames_out, bytes_out, frames_in, bytes_in;
	uint32_t again;			/* sent again */
	uint32_t repeated;		/* came again */
	uint32_t early;			/* came before their turn */
};

extern struct link links[NNODES];
extern struct link_counts link_counts[NNODES];

/* A new session of ours with node; nothing is left of the old one. */
void link_reset(int node, uint32_t my_session);
/* It exists no more: who waits to send is told. */
void link_close(int node);

/* A message for node: data of that type, len bytes, are in p, which is the
 * link's from now on. Does not wait. It is lost if the link is closed. */
void link_send(int node, struct packet *p, uint16_t type, size_t len);
/* Waits until little is waiting to be sent to node, and gives a packet. Its
 * error, in *err: -E_INTR, -E_NO_NODE. */
struct packet *link_packet(int node, int *err);

/* A frame of that session has come, of kind data or ack; takes it. */
void link_input(int node, struct packet *p);
/* Hundred times a second. */
void link_tick(int node, uint32_t now);

/* Frames that carry no message, and those that begin one. */
void frame_finish(struct packet *p, const uint8_t *dst, int kind, size_t len);
bool frame_intact(struct packet *p);
void frame_send(struct packet *p);

/* What messages mean is for others to say: one function a type, which takes
 * the packet. Called in an interrupt: it must not wait. */
typedef void message_handler(int node, struct packet *p);
void message_register(uint16_t type, message_handler *handler);

#endif

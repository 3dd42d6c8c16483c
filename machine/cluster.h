/*
 * What cluster.c, which runs the machines, and hub.c, the wire that it has
 * inside, know of each other. A node's number is the last byte of the
 * address of its card.
 */
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	MAX_NODE = 31,
	BXHUBS_OWN = 15,		/* the address of bxhub itself */
	MAX_NODES = 16,
};

static inline struct pollfd watch(int fd, short events)
{
	return (struct pollfd) { .fd = fd, .events = events };
}

/* cluster.c */
extern int nnodes;			/* in the whole cluster */
int node_number(int i);			/* of the i-th, from 0 */
int card_port(int node);		/* UDP: its card listens there, and */
int wire_port(int node);		/* sends there */
void say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
int udp_socket(uint32_t address, int port);	/* or -1 */
void kill_node(int node);

/* hub.c */
void hub_faults(char *words);
void hub_log(const char *file);
void hub_open(void);
int hub_poll(struct pollfd *f);		/* how many it has filled in */
void hub_turn(const struct pollfd *f, int n);
long hub_alarm(void);			/* when it has something to do */
void hub_close(void);

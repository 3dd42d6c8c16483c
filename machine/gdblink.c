/*
 * gdblink - between gdb and the stub of QEMU, for the kernel's addresses
 * before there are pages:	target remote | gdblink SOCKET
 *
 * The kernel is linked at KERNBASE and loaded at 0. Until it turns paging on
 * its segments have a base that makes up for that, but the stub speaks of
 * linear addresses: it finds nothing at KERNBASE, and stops at no breakpoint
 * there. So while paging is off memory is read and written at its place, every
 * breakpoint is set at both addresses, and so is every watchpoint.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define KERNBASE	0xF0000000u
#define DEVICES		0xFE000000u	/* where they are in any case */
#define CR0		"p13"		/* register 19 of i386-32bit.xml */
#define CR0_PG		0x80000000u

/* A packet is $body#xx, xx the sum of the body's bytes. */
struct packet {
	char body[64 * 1024];
	size_t len;
	int state;			/* 0 outside, 1 body, 2 and 3 sum */
};

static int stub;			/* its socket */
static struct packet from_gdb, from_stub, answer;
static enum { UNKNOWN, ON, OFF } paging;

static void __attribute__((noreturn)) die(const char *what)
{
	fprintf(stderr, "gdblink: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void put(int fd, const char *data, size_t len)
{
	ssize_t n;

	for (; len > 0; data += n, len -= n) {
		n = write(fd, data, len);
		if (n < 0 && errno == EINTR)
			n = 0;
		else if (n < 0)
			exit(0);	/* one of them is gone */
	}
}

static void put_packet(int fd, const char *body, size_t len)
{
	uint8_t sum = 0;
	char end[4];

	for (size_t i = 0; i < len; i++)
		sum += body[i];
	snprintf(end, sizeof(end), "#%02x", sum);
	put(fd, "$", 1);
	put(fd, body, len);
	put(fd, end, 3);
}

/* Takes one more byte; true when it ends a packet. */
static bool add(struct packet *p, char c)
{
	switch (p->state) {
	case 0:
		p->state = c == '$';
		p->len = 0;
		return false;
	case 1:
		if (c == '#')
			p->state = 2;
		else if (p->len < sizeof(p->body) - 1)
			p->body[p->len++] = c;
		return false;
	case 2:
		p->state = 3;
		return false;
	}
	p->body[p->len] = '\0';
	p->state = 0;
	return true;
}

/* A question of our own, between two of gdb's. */
static const char *ask(const char *body)
{
	char c;

	put_packet(stub, body, strlen(body));
	do
		if (read(stub, &c, 1) != 1)
			exit(0);
	while (!add(&answer, c));
	put(stub, "+", 1);
	return answer.body;
}

/* Registers come in hexadecimal, the low byte first. */
static bool paging_is_on(void)
{
	if (paging == UNKNOWN) {
		uint32_t cr0 = strtoul(ask(CR0), NULL, 16);

		paging = __builtin_bswap32(cr0) & CR0_PG ? ON : OFF;
	}
	return paging == ON;
}

/* The packet with another address; the old one is from @at to @rest. */
static size_t relocate(const struct packet *p, size_t at, const char *rest,
		       uint32_t addr, char *body)
{
	int n = sprintf(body, "%.*s%x", (int)at, p->body, addr);
	size_t left = p->body + p->len - rest;

	memcpy(body + n, rest, left + 1);
	return n + left;
}

static bool one_of(char c, const char *set)
{
	return c != '\0' && strchr(set, c);
}

/* From gdb to the stub: a memory access, a breakpoint, or anything else. */
static void forward(const struct packet *p)
{
	static char body[sizeof(p->body) + 16];
	bool access = one_of(p->body[0], "mMX");
	bool point = one_of(p->body[0], "zZ");
	size_t at = access ? 1 : 3;
	uint32_t addr = 0;
	char *rest;

	if (one_of(p->body[0], "cCsSvH"))
		paging = UNKNOWN;
	if ((access || point) && p->len > at)
		addr = strtoul(p->body + at, &rest, 16);
	if (addr >= KERNBASE && addr < DEVICES) {
		size_t len = relocate(p, at, rest, addr - KERNBASE, body);

		if (point) {
			ask(body);
		} else if (!paging_is_on()) {
			put_packet(stub, body, len);
			return;
		}
	}
	put_packet(stub, p->body, p->len);
}

/* Outside of packets there are only acknowledgements and Ctrl-C. */
static void hear_gdb(void)
{
	char buf[4096];
	ssize_t n = read(0, buf, sizeof(buf));

	if (n <= 0)
		exit(0);
	for (ssize_t i = 0; i < n; i++) {
		if (from_gdb.state == 0 && buf[i] != '$')
			put(stub, &buf[i], 1);
		else if (add(&from_gdb, buf[i]))
			forward(&from_gdb);
	}
}

/* From the stub to gdb. A watchpoint tells where it is: gdb knows only one
 * of its two places. */
static void give(const struct packet *p)
{
	static char body[sizeof(p->body) + 16];
	char *watch = strstr(p->body, "watch:"), *rest;
	uint32_t addr;
	size_t at;

	if (p->body[0] == 'T' && watch) {
		at = watch + strlen("watch:") - p->body;
		addr = strtoul(p->body + at, &rest, 16);
		if (addr < DEVICES - KERNBASE && !paging_is_on()) {
			put_packet(1, body, relocate(p, at, rest,
						     addr + KERNBASE, body));
			return;
		}
	}
	put_packet(1, p->body, p->len);
}

static void hear_stub(void)
{
	char buf[4096];
	ssize_t n = read(stub, buf, sizeof(buf));

	if (n <= 0)
		exit(0);
	for (ssize_t i = 0; i < n; i++) {
		if (from_stub.state == 0 && buf[i] != '$')
			put(1, &buf[i], 1);
		else if (add(&from_stub, buf[i]))
			give(&from_stub);
	}
}

/* QEMU may need a moment to listen; if it dies, so do we. */
static void reach(const char *path)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	struct timespec moment = { .tv_nsec = 20 * 1000 * 1000 };

	if (strlen(path) >= sizeof(a.sun_path))
		errno = ENAMETOOLONG, die(path);
	strcpy(a.sun_path, path);
	stub = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	for (int i = 0; connect(stub, (struct sockaddr *)&a, sizeof(a)); i++) {
		if (i == 500)
			die(path);
		nanosleep(&moment, NULL);
	}
}

int main(int argc, char **argv)
{
	struct pollfd f[2] = { { .events = POLLIN }, { .events = POLLIN } };

	if (argc != 2) {
		fprintf(stderr, "usage: gdblink SOCKET\n");
		return 2;
	}
	signal(SIGINT, SIG_IGN);	/* Ctrl-C is gdb's affair */
	signal(SIGPIPE, SIG_IGN);
	reach(argv[1]);
	f[1].fd = stub;
	for (;;) {
		if (poll(f, 2, -1) < 0 && errno != EINTR)
			die("poll");
		if (f[1].revents)
			hear_stub();
		if (f[0].revents)
			hear_gdb();
	}
}

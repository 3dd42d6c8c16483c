/*
 * nodelay.so - in front of the emulator's connect(), by LD_PRELOAD.
 *
 * Bochs sends each byte of a serial port by itself, and the host holds it back
 * until the one before has been acknowledged (Nagle). When Bochs ends with
 * input that its guest has not read, the host resets the connection and what
 * it held back is lost: the guest's last lines. With TCP_NODELAY nothing is
 * held back. Bochs has no option for that.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

int connect(int fd, const struct sockaddr *to, socklen_t len)
{
	int (*next)(int, const struct sockaddr *, socklen_t);
	int yes = 1;

	*(void **)&next = dlsym(RTLD_NEXT, "connect");
	if (to->sa_family == AF_INET)	/* fails on one that is not TCP */
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
	return next(fd, to, len);
}

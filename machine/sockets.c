/*
 * sockets.so - in front of the emulator's sockets, by LD_PRELOAD. Bochs has
 * no option for what it does here.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

/*
 * Bochs sends each byte of a serial port by itself, and the host holds it back
 * until the one before has been acknowledged (Nagle). When Bochs ends with
 * input that its guest has not read, the host resets the connection and what
 * it held back is lost: the guest's last lines. With TCP_NODELAY nothing is
 * held back.
 */
int connect(int fd, const struct sockaddr *to, socklen_t len)
{
	int (*next)(int, const struct sockaddr *, socklen_t);
	int yes = 1;

	*(void **)&next = dlsym(RTLD_NEXT, "connect");
	if (to->sa_family == AF_INET)	/* fails on one that is not TCP */
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
	return next(fd, to, len);
}

/*
 * The display rfb takes the first port from 5900 on that bind() gives it, and
 * sets SO_REUSEADDR before: then bind() gives two that start at once the same
 * port, the second listen() fails, and so does every other port, because that
 * socket has one already: "RFB could not bind any port". Without the option a
 * port is for one.
 */
int setsockopt(int fd, int level, int name, const void *value, socklen_t len)
{
	int (*next)(int, int, int, const void *, socklen_t);

	if (level == SOL_SOCKET && name == SO_REUSEADDR)
		return 0;
	*(void **)&next = dlsym(RTLD_NEXT, "setsockopt");
	return next(fd, level, name, value, len);
}

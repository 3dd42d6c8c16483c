/* What vm and cluster, which run on the host, have in common. */
#include <stdbool.h>
#include <stddef.h>

enum verdict {				/* exit status */
	POWER_OFF = 0,
	TROUBLE = 2,
	BOUND_PASSED = 3,
	DIED = 4,
	QUIT = 130,
};

extern const char program[];		/* for its messages */

long now(void);				/* milliseconds */
/* Says why and ends, with TROUBLE. */
void die(const char *fmt, ...)
	__attribute__((noreturn, format(printf, 1, 2)));
bool write_all(int fd, const char *data, size_t len);
void remove_folder(const char *path);	/* and all that is in it */
/* The file of that name beside the program that runs; false: it has no room
 * in path. */
bool beside(const char *name, char *path, size_t size);

/* Options: what they are called, and what they may be. */
long number(const char *text, const char *what, long min, long max);
/* Is text yes? No, when it is no. */
bool choice(const char *text, const char *what, const char *no,
	    const char *yes);

/* The signals that end a program, and more (0: none) of them, come by this
 * descriptor from now on; flags: of signalfd. */
int catch_signals(int more, int flags);
/* Ends as if nobody had caught it; all is clean already. */
void end_by(int sig) __attribute__((noreturn));

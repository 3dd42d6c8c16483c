#include "inc/stdio.h"

#define BUFSIZE		1024

static char buf[BUFSIZE];

char *readline(const char *prompt)
{
	int n = 0;

	if (prompt != NULL)
		cprintf("%s", prompt);
	for (;;) {
		int c = getchar();

		if (c < 0)
			return NULL;
		if ((c == '\b' || c == 0x7F) && n > 0) {
			cprintf("\b \b");
			n--;
		} else if (c >= ' ' && c != 0x7F && n < BUFSIZE - 1) {
			cprintf("%c", c);
			buf[n++] = c;
		} else if (c == '\n' || c == '\r') {
			cprintf("\n");
			buf[n] = '\0';
			return buf;
		}
	}
}

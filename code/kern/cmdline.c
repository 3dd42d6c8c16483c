#include "inc/string.h"
#include "kern/cmdline.h"

static char line[CMDLINE_SIZE];

void cmdline_init(const char *from)
{
	memcpy(line, from, CMDLINE_SIZE - 1);
	for (char *c = line; *c; c++)
		if (*c < ' ' || *c > '~')
			*c = ' ';
}

const char *cmdline(void)
{
	return line;
}

/* The end of the word at s; quotes keep spaces inside it. */
static const char *word_end(const char *s)
{
	bool quoted = false;

	for (; *s && (quoted || *s != ' '); s++)
		if (*s == '"')
			quoted = !quoted;
	return s;
}

static void copy_value(const char *from, const char *end, char *buf,
		       size_t size)
{
	for (; from < end && size > 1; from++)
		if (*from != '"') {
			*buf++ = *from;
			size--;
		}
	if (size > 0)
		*buf = '\0';
}

bool cmdline_get(const char *name, char *buf, size_t size)
{
	size_t n = strlen(name);
	const char *s = line, *end;

	for (;; s = end) {
		while (*s == ' ')
			s++;
		if (*s == '\0')
			return false;
		end = word_end(s);
		if (strncmp(s, name, n) != 0)
			continue;
		if (s + n == end || s[n] == '=') {
			copy_value(MIN(s + n + 1, end), end, buf, size);
			return true;
		}
	}
}

uint32_t cmdline_number(const char *name, uint32_t otherwise)
{
	char buf[12];
	uint32_t n = 0;

	if (!cmdline_get(name, buf, sizeof(buf)))
		return otherwise;
	for (char *c = buf; *c >= '0' && *c <= '9'; c++)
		n = n * 10 + *c - '0';
	return n;
}

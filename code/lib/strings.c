#include "inc/string.h"

char *strcpy(char *to, const char *from)
{
	memcpy(to, from, strlen(from) + 1);
	return to;
}

char *strncpy(char *to, const char *from, size_t n)
{
	size_t i;

	for (i = 0; i < n && from[i]; i++)
		to[i] = from[i];
	for (; i < n; i++)
		to[i] = '\0';
	return to;
}

char *strcat(char *to, const char *from)
{
	strcpy(to + strlen(to), from);
	return to;
}

char *strfind(const char *s, char c)
{
	while (*s && *s != c)
		s++;
	return (char *)s;
}

void *memfind(const void *s, int c, size_t n)
{
	const uint8_t *p = s;

	while (n > 0 && *p != (uint8_t)c)
		p++, n--;
	return (void *)p;
}

/* The value of a digit in any base up to 36; 36 if it is none. */
static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'z' ? c - 'a' + 10 : 36;
}

long strtol(const char *s, char **end, int base)
{
	bool negative;
	long n = 0;

	while (*s == ' ' || *s == '\t')
		s++;
	negative = *s == '-';
	if (*s == '-' || *s == '+')
		s++;
	if ((base == 0 || base == 16) && s[0] == '0' && (s[1] | 0x20) == 'x')
		s += 2, base = 16;
	else if (base == 0)
		base = *s == '0' ? 8 : 10;
	for (; digit(*s) < base; s++)
		n = n * base + digit(*s);
	if (end != NULL)
		*end = (char *)s;
	return negative ? -n : n;
}

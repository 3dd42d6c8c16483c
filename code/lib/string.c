#include "inc/string.h"

size_t strlen(const char *s)
{
	size_t n = 0;

	while (s[n])
		n++;
	return n;
}

size_t strnlen(const char *s, size_t max)
{
	size_t n = 0;

	while (n < max && s[n])
		n++;
	return n;
}

int strncmp(const char *a, const char *b, size_t n)
{
	for (; n > 0; a++, b++, n--) {
		if (*a != *b)
			return (uint8_t)*a - (uint8_t)*b;
		if (*a == '\0')
			break;
	}
	return 0;
}

int strcmp(const char *a, const char *b)
{
	return strncmp(a, b, SIZE_MAX);
}

char *strchr(const char *s, int c)
{
	for (; *s != (char)c; s++)
		if (*s == '\0')
			return NULL;
	return (char *)s;
}

size_t strlcpy(char *to, const char *from, size_t size)
{
	size_t i;

	for (i = 0; i + 1 < size && from[i]; i++)
		to[i] = from[i];
	if (size > 0)
		to[i] = '\0';
	return strlen(from);
}

void *memset(void *to, int c, size_t n)
{
	void *d = to;
	uint32_t word = (uint8_t)c * 0x01010101u;
	size_t words = n / 4;

	asm volatile("cld; rep stosl" : "+D"(d), "+c"(words)
		     : "a"(word) : "memory");
	n %= 4;
	asm volatile("rep stosb" : "+D"(d), "+c"(n) : "a"(word) : "memory");
	return to;
}

void *memcpy(void *to, const void *from, size_t n)
{
	void *d = to;
	size_t words = n / 4;

	asm volatile("cld; rep movsl" : "+D"(d), "+S"(from), "+c"(words)
		     : : "memory");
	n %= 4;
	asm volatile("rep movsb" : "+D"(d), "+S"(from), "+c"(n)
		     : : "memory");
	return to;
}

void *memmove(void *to, const void *from, size_t n)
{
	uint8_t *d = to;
	const uint8_t *s = from;

	if (d <= s || d >= s + n)
		return memcpy(to, from, n);
	while (n-- > 0)
		d[n] = s[n];
	return to;
}

int memcmp(const void *a, const void *b, size_t n)
{
	const uint8_t *x = a, *y = b;

	for (; n > 0; x++, y++, n--)
		if (*x != *y)
			return *x - *y;
	return 0;
}

#ifndef INC_STRING_H
#define INC_STRING_H

#include "inc/types.h"

size_t strlen(const char *s);
size_t strnlen(const char *s, size_t max);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t n);
char *strchr(const char *s, int c);
/* Copies at most size - 1 characters and always ends with a NUL. */
size_t strlcpy(char *to, const char *from, size_t size);

void *memset(void *to, int c, size_t n);
void *memcpy(void *to, const void *from, size_t n);
void *memmove(void *to, const void *from, size_t n);
int memcmp(const void *a, const void *b, size_t n);

/* JOS's others, for programs that come from there. */
char *strcpy(char *to, const char *from);
char *strncpy(char *to, const char *from, size_t n);
char *strcat(char *to, const char *from);
/* Where c is in s, or where s ends. */
char *strfind(const char *s, char c);
void *memfind(const void *s, int c, size_t n);
long strtol(const char *s, char **end, int base);

#endif

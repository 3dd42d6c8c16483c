#ifndef KERN_PROGRAMS_H
#define KERN_PROGRAMS_H

#include "inc/types.h"

/* A program that the kernel's own file carries. */
struct program {
	const char *name;
	const void *elf;
	uint32_t size;
};

extern const struct program programs[];	/* made by user/programs.awk */
extern const uint32_t nprograms;

/* The one of that name, or NULL. */
const struct program *find_program(const char *name);

#endif

#include "inc/string.h"
#include "kern/programs.h"

const struct program *find_program(const char *name)
{
	for (uint32_t i = 0; i < nprograms; i++)
		if (strcmp(programs[i].name, name) == 0)
			return &programs[i];
	return NULL;
}

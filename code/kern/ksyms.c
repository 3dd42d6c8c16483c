#include "kern/ksyms.h"

extern const struct ksym ksyms[];	/* made by the Makefile */
extern const uint32_t nksyms;
extern char etext[];

const char *ksym_name(uint32_t addr, uint32_t *offset)
{
	uint32_t low = 0, high = nksyms;

	*offset = addr;
	if (nksyms == 0 || addr < ksyms[0].addr || addr >= (uint32_t)etext)
		return "?";
	while (high - low > 1) {
		uint32_t middle = (low + high) / 2;

		if (ksyms[middle].addr <= addr)
			low = middle;
		else
			high = middle;
	}
	*offset = addr - ksyms[low].addr;
	return ksyms[low].name;
}

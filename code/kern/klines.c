#include "kern/klines.h"
#include "kern/printf.h"

extern const struct kline klines[];		/* made by the Makefile */
extern const uint32_t nklines;
extern const char *const kline_files[];

uint32_t kline_find(uint32_t addr, const char **file)
{
	uint32_t low = 0, high = nklines;

	if (nklines == 0 || addr < klines[0].addr)
		return 0;
	while (high - low > 1) {
		uint32_t middle = (low + high) / 2;

		if (klines[middle].addr <= addr)
			low = middle;
		else
			high = middle;
	}
	*file = kline_files[klines[low].file];
	return klines[low].line;
}

void print_line(uint32_t addr)
{
	const char *file;
	uint32_t line = kline_find(addr, &file);

	if (line > 0)
		cprintf("  %s:%u", file, line);
}

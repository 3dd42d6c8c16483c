#ifndef KERN_KLINES_H
#define KERN_KLINES_H

#include "inc/types.h"

/* From addr on, and up to the next one: this line. Sorted by address. */
struct kline {
	uint32_t addr;
	uint16_t file;		/* index in kline_files[] */
	uint16_t line;
};

/* The line of source that addr was compiled from, and its file; 0 when
 * nobody knows. */
uint32_t kline_find(uint32_t addr, const char **file);

/* "  file:line" of addr on the console, or nothing. */
void print_line(uint32_t addr);

#endif

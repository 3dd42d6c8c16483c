#ifndef INC_ERROR_H
#define INC_ERROR_H

/* Errors are returned negated; the numbers are Linux's. */
enum {
	E_NO_MEM	= 12,	/* ENOMEM: no page was free */
};

#endif

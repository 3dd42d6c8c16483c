#ifndef KERN_CHECK_H
#define KERN_CHECK_H

/* The allocator's and the map's own checks: they panic when something
 * is wrong and leave everything as it was. */
void check_pages(void);
void check_paging(void);

#endif

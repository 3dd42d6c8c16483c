#ifndef KERN_RACE_H
#define KERN_RACE_H

/* test=race: every processor adds to one counter, in three ways, and the
 * first one says what came of it. An AP calls it as soon as it is up, the
 * first processor when all are. Without that word it does nothing. */
void race(void);

#endif

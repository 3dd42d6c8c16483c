#ifndef KERN_DOUBLE_H
#define KERN_DOUBLE_H

/* Processor n, which is the one that runs, will have where to stand when it
 * cannot even push the frame of a trap. */
void double_init(int n);

#endif

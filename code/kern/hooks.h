#ifndef KERN_HOOKS_H
#define KERN_HOOKS_H

#include "inc/types.h"

/* What the kernel of one machine asks of the rooms above it, and all that it
 * knows of them. */

/* net/: the node that this machine is in a cluster; 0: it is on its own. */
extern int my_node;
/* Finds the card and says hello, if there is one. */
void cluster_init(void);
/* Hundred times a second, with the lock, on one processor. */
void cluster_tick(void);
/* Have as many nodes been seen as the command line says? */
bool cluster_complete(void);
/* The programs of this node have ended. */
void cluster_done(void);
/* And those of all the others too? */
bool cluster_all_done(void);
/* Says goodbye. */
void cluster_leave(void);

/* net/: the card's interrupt line, or -1, and what to do when it calls. */
extern int nic_irq;
void nic_intr(void);

/* net/: test=pci, test=ne2000, and test=wire, which is over when all that was
 * sent has arrived. */
void pci_list(void);
void ne2000_check(void);
void wire_start(void);
bool wire_busy(void);

#endif

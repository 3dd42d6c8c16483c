#ifndef KERN_TEST_H
#define KERN_TEST_H

/* Runs the test that the command line asks for with test=NAME. */
void run_test(const char *name);

#endif

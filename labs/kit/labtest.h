/*
 * What the programs of the labs' tests share. A lab's labtest.c has a function
 * a test, which finds the nonce in `nonce', and ends in the table of them:
 *
 *	LABTESTS({ "child", test_child }, { "apart", test_apart })
 *
 * It is run as labtest TEST NONCE. A lab whose library has fork says
 * #define LAB_FORKS before it includes this.
 */
#ifndef LABTEST_H
#define LABTEST_H

#include "inc/lib.h"

struct labtest {
	const char *name;
	void (*run)(void);
};

static uint32_t nonce;

static inline void run_labtest(int argc, char **argv, const struct labtest *t,
			       int ntests)
{
	if (argc < 3)
		panic("expected labtest TEST NONCE");
	nonce = 0;
	for (const char *s = argv[2]; *s; s++)
		nonce = nonce * 10 + *s - '0';
	for (int i = 0; i < ntests; i++)
		if (strcmp(argv[1], t[i].name) == 0)
			t[i].run();
}

#define LABTESTS(...) \
void umain(int argc, char **argv) \
{ \
	static const struct labtest tests[] = { __VA_ARGS__ }; \
\
	run_labtest(argc, argv, tests, sizeof(tests) / sizeof(*tests)); \
}

#ifdef LAB_FORKS
/* A fork that did not fail */
static inline envid_t child_of(void)
{
	envid_t id = fork();

	if (id < 0)
		panic("fork: %e", id);
	return id;
}
#endif

#endif

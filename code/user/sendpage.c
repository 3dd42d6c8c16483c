#include "inc/lib.h"

#define MINE	((char *)0xA00000)
#define YOURS	((char *)0xB00000)

static const char question[] = "hello child environment! how are you?";
static const char answer[] = "hello parent environment! I'm good.";

static void compare(const char *who, const char *got, const char *wanted)
{
	if (strncmp(got, wanted, strlen(wanted)) == 0)
		cprintf("%s received correct message\n", who);
}

static void child(void)
{
	envid_t who;

	ipc_recv(&who, YOURS, NULL);
	cprintf("%x got message: %s\n", who, YOURS);
	compare("child", YOURS, question);
	strcpy(YOURS, answer);
	ipc_send(who, 0, YOURS, PTE_P | PTE_W | PTE_U);
}

/* A page goes with a question and comes back with an answer. */
void umain(int argc, char **argv)
{
	envid_t who = fork();

	USED(argc), USED(argv);
	if (who == 0) {
		child();
		return;
	}
	sys_page_alloc(0, MINE, PTE_P | PTE_W | PTE_U);
	strcpy(MINE, question);
	ipc_send(who, 0, MINE, PTE_P | PTE_W | PTE_U);
	ipc_recv(&who, MINE, NULL);
	cprintf("%x got message: %s\n", who, MINE);
	compare("parent", MINE, answer);
}

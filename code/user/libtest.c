#include "inc/lib.h"

static void check_strings(void)
{
	char buf[16];

	assert(strlen("nido") == 4 && strnlen("nido", 2) == 2);
	assert(strcmp("ala", "ala") == 0 && strcmp("ala", "alb") < 0);
	assert(strncmp("alas", "alar", 3) == 0);
	assert(strcmp(strcat(strcpy(buf, "golon"), "drina"), "golondrina") == 0);
	assert(strlcpy(buf, "golondrina", 6) == 10);
	assert(strcmp(buf, "golon") == 0);
	assert(strchr(buf, 'l') == buf + 2 && strchr(buf, 'z') == NULL);
	assert(*strfind(buf, 'z') == '\0');
	assert(memfind(buf, 'n', 5) == buf + 4);
	assert(strtol("-0x1F rest", NULL, 0) == -31);
	assert(strtol("0755", NULL, 0) == 493 && strtol("z", NULL, 36) == 35);
}

static void check_memory(void)
{
	char buf[16] = "0123456789";

	memmove(buf + 2, buf, 8);
	assert(memcmp(buf, "0101234567", 10) == 0);
	memmove(buf, buf + 2, 8);
	assert(memcmp(buf, "0123456767", 10) == 0);
	memset(buf, 'x', 3);
	assert(memcmp(buf, "xxx345", 6) == 0);
}

static void check_world(void)
{
	char buf[80];

	assert(thisenv->env_id == sys_getenvid());
	assert(thisenv->env_id == sys_getpid());
	assert(thisenv->env_status == ENV_RUNNING && thisenv->env_runs > 0);
	assert(uvpd[PDX(umain)] & PTE_U);
	assert((uvpt[PGNUM(umain)] & (PTE_P | PTE_W)) == PTE_P);
	assert(pages[PGNUM(uvpt[PGNUM(umain)])].pp_ref == 1);
	snprintf(buf, sizeof(buf), "%e, %e", -E_NO_MEM, E_FAULT);
	assert(strcmp(buf, "out of memory, segmentation fault") == 0);
}

void umain(int argc, char **argv)
{
	USED(argc), USED(argv);
	check_strings();
	check_memory();
	check_world();
	warn("this is only a %s", "warning");
	cprintf("library: as it should be\n");
}

#include "inc/error.h"
#include "inc/mmu.h"
#include "inc/string.h"
#include "kern/env.h"
#include "kern/usercopy.h"

int copy_to_user(uint32_t to, const void *from, size_t n)
{
	if (user_mem_check(current, to, n, PTE_W, NULL) < 0)
		return -E_FAULT;
	memcpy((void *)to, from, n);
	return 0;
}

int copy_from_user(void *to, uint32_t from, size_t n)
{
	if (user_mem_check(current, from, n, 0, NULL) < 0)
		return -E_FAULT;
	memcpy(to, (const void *)from, n);
	return 0;
}

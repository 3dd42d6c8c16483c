#include "inc/lib.h"

void need_mosix(void)
{
	struct mosix_info info;

	if (sys_where(0, &info) == -E_NO_SYS)
		panic("this kernel moves no processes (CONFIG_MOSIX)");
}

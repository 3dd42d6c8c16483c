#ifndef INC_ERROR_H
#define INC_ERROR_H

/* Errors are returned negated; the numbers are Linux's, the names JOS's.
 * What %e prints for each is in lib/printfmt.c. */
#define E_UNSPECIFIED	1	/* whatever has no name of its own */
#define E_PERM		1	/* EPERM: not to you */
#define E_BAD_ENV	3	/* ESRCH: no such process, or not yours */
#define E_INTR		4	/* EINTR: it had to leave off */
#define E_NO_EXEC	8	/* ENOEXEC: not a program that we can run */
#define E_BADF		9	/* EBADF: no such file descriptor */
#define E_CHILD		10	/* ECHILD: no such child */
#define E_NO_FREE_ENV	11	/* EAGAIN: every slot of envs[] is taken */
#define E_NO_MEM	12	/* ENOMEM: no page was free */
#define E_FAULT		14	/* EFAULT: an address that is not yours */
#define E_IPC_NOT_RECV	16	/* EBUSY: it is not waiting for a message */
#define E_EOF		61	/* ENODATA: there is no more to read */
#define E_INVAL		22	/* EINVAL: an argument that makes no sense */
#define E_NO_SYS	38	/* ENOSYS: no such system call */
#define E_NO_NODE	113	/* EHOSTUNREACH: no such node, or not any more */
#define E_IN_FLIGHT	115	/* EINPROGRESS: it is on its way already */
#define E_STAY		18	/* EXDEV: it has to stay at home */

#endif

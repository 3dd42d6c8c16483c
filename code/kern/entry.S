#include "inc/mmu.h"
#include "inc/trap.h"
#include "kern/cpu.h"
#include "kern/mosix.h"
#include "inc/error.h"
#include "inc/syscall.h"
#include "mosasm.h"

# The registers that the processor does not save, but for %es.
#define SAVE_REST	\
	pushl	%ds;	\
	pushl	%eax;	\
	pushl	%ebp;	\
	pushl	%edi;	\
	pushl	%esi;	\
	pushl	%edx;	\
	pushl	%ecx;	\
	pushl	%ebx

#define RESTORE_ALL	\
	popl	%ebx;	\
	popl	%ecx;	\
	popl	%edx;	\
	popl	%esi;	\
	popl	%edi;	\
	popl	%ebp;	\
	popl	%eax;	\
	popl	%ds;	\
	popl	%es;	\
	addl	$4, %esp; \
	iret

	.text

#define HAS_ERROR(v)	((v) == T_DBLFLT || (v) == T_ALIGN || \
	((v) >= T_TSS && (v) <= T_PGFLT))

# One stub a vector: a zero where the processor pushes no error code, and
# the vector.
	.pushsection .rodata
	.balign	4
	.globl	vectors
vectors:
	.popsection

	.set	vector, 0
	.rept	NVECTORS
	.balign	16
1:
	.if	!HAS_ERROR(vector)
	pushl	$0
	.endif
	pushl	$vector
	jmp	trap_entry
	.pushsection .rodata
	.long	1b
	.popsection
	.set	vector, vector + 1
	.endr

# On the stack: vector (where %es will be), error code (where orig_eax will
# be), and what the processor pushed.
trap_entry:
	SAVE_REST
	cld
	movl	ES(%esp), %edx
	movl	ORIG_EAX(%esp), %ecx
	movl	%es, %eax
	movl	%eax, ES(%esp)
	movl	$-1, ORIG_EAX(%esp)
	movl	$GD_KD, %eax
	movl	%eax, %ds
	movl	%eax, %es
	movl	%esp, %ebx		# the frame
	movl	EFLAGS(%ebx), %eax	# from user mode?
	movb	CS(%ebx), %al
	testl	$(FL_VM | 3), %eax
	jz	1f
	movl	TASK_KSTACK(%ebx), %esp	# then the frame is in the task
1:	pushl	%ecx
	pushl	%edx
	pushl	%ebx
	call	trap
	movl	%ebx, %esp
	RESTORE_ALL

# The gate: number in %eax, arguments in the other registers.
	.balign	16
	.globl	system_call
system_call:
	pushl	%eax			# orig_eax
	pushl	%es
	SAVE_REST
	cld
	movl	$GD_KD, %edx
	movl	%edx, %ds
	movl	%edx, %es
	movl	%esp, %ebx		# the task, whose regs come first
	movl	TASK_KSTACK(%ebx), %esp
	cmpl	$NR_syscalls, %eax
	jae	badsys
	call	enter_kernel
	movl	EAX(%ebx), %eax
#ifdef CONFIG_MOSIX
	testb	$DREMOTE, TASK_DFLAGS(%ebx)
	jne	on_remote
local_syscall:
#endif
	pushl	%ebx
	call	*sys_call_table(, %eax, 4)
	movl	%eax, EAX(%ebx)
#ifdef CONFIG_MOSIX
mosix_local_syscall:
	incl	TASK_CALLS(%ebx)
#endif
	call	leave_kernel
ret_from_sys_call:
	movl	%ebx, %esp
	RESTORE_ALL
#ifdef CONFIG_MOSIX
on_remote:
	pushl	%ebx
	call	*remote_sys_call_table(, %eax, 4)
	movl	%eax, EAX(%ebx)
	call	leave_kernel
	jmp	ret_from_sys_call
#endif
badsys:
	movl	$-E_NO_SYS, EAX(%ebx)
	jmp	ret_from_sys_call

# void restore_all(struct pt_regs *regs): leaves the kernel by that frame.
	.globl	restore_all
restore_all:
	movl	4(%esp), %esp
	RESTORE_ALL

#include "inc/mmu.h"
#include "inc/trap.h"
#include "kern/cpu.h"
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
	movl	%esp, %eax
	pushl	%ecx
	pushl	%edx
	pushl	%eax
	call	trap
	addl	$12, %esp
restore_all:
	RESTORE_ALL

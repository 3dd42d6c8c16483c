#include "inc/memlayout.h"
#include "inc/mmu.h"

# Copied to MPENTRY_PADDR, where a processor wakes in real mode with cs:ip =
# 0x0700:0000. It is linked far above, so that every absolute address has to
# be moved by hand.
#define MOVED(x)	((x) - mpentry_start + MPENTRY_PADDR)

	.code16
	.text
	.globl	mpentry_start, mpentry_end
mpentry_start:
	cli
	xorw	%ax, %ax
	movw	%ax, %ds
	lgdtl	MOVED(mpentry_gdt_desc)
	movl	%cr0, %eax
	orl	$CR0_PE, %eax
	movl	%eax, %cr0
	ljmpl	$BOOT_CS, $mpentry_high

	.balign	8
mpentry_gdt:
	SEG_NULL
	SEG(SEG_CODE, -KERNBASE, 0xFFFFFFFF)
	SEG(SEG_DATA, -KERNBASE, 0xFFFFFFFF)
mpentry_gdt_desc:
	.word	. - mpentry_gdt - 1
	.long	MOVED(mpentry_gdt)
mpentry_end:

# From here on where it is linked, by the base of its segments.
	.code32
mpentry_high:
	movw	$BOOT_DS, %ax
	movw	%ax, %ds
	movw	%ax, %es
	movw	%ax, %fs
	movw	%ax, %gs
	movw	%ax, %ss
	movl	$mpstacktop, %esp
	xorl	%ebp, %ebp
	call	mp_main

# void run_on(uint32_t stacktop, void (*f)(void)): leaves the present stack.
	.globl	run_on
run_on:
	movl	8(%esp), %eax
	movl	4(%esp), %esp
	xorl	%ebp, %ebp
	call	*%eax
1:	cli
	hlt
	jmp	1b

	.bss
	.balign	16
	.space	4096			# only until paging is on, one at a time
mpstacktop:

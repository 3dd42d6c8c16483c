#include "inc/memlayout.h"
#include "inc/mmu.h"

#define PHYS(x)		((x) - KERNBASE)

	.section .text.head, "ax"
	.globl	start
start:
	movl	%ebx, PHYS(bootinfo_pa)
	lgdt	PHYS(gdt_desc)
	ljmp	$BOOT_CS, $1f
1:
	movw	$BOOT_DS, %ax
	movw	%ax, %ds
	movw	%ax, %es
	movw	%ax, %fs
	movw	%ax, %gs
	movw	%ax, %ss
	movl	$bootstacktop, %esp
	xorl	%ebp, %ebp		# the backtrace stops here
	call	kernel_main
2:	cli
	hlt
	jmp	2b

	.globl	entry
entry = PHYS(start)

	.data
	.balign	8
gdt:
	SEG_NULL
	SEG(SEG_CODE, -KERNBASE, 0xFFFFFFFF)
	SEG(SEG_DATA, -KERNBASE, 0xFFFFFFFF)
gdt_desc:
	.word	. - gdt - 1
	.long	PHYS(gdt)

	.globl	bootinfo_pa
bootinfo_pa:
	.long	0

	.bss
	.balign	PGSIZE
	.globl	bootstack, bootstacktop
bootstack:
	.space	KSTKSIZE
bootstacktop:

#include "inc/mmu.h"

# void paging_on(physaddr_t pgdir): from segments with a base to pages.
	.text
	.globl	paging_on
paging_on:
	movl	4(%esp), %eax
	movl	%eax, %cr3
	movl	%cr0, %eax
	orl	$(CR0_PG | CR0_WP), %eax
	movl	%eax, %cr0
	lgdt	flat_gdt_desc
	ljmp	$BOOT_CS, $1f
1:	movw	$BOOT_DS, %ax
	movw	%ax, %ds
	movw	%ax, %es
	movw	%ax, %fs
	movw	%ax, %gs
	movw	%ax, %ss
	ret

	.data
	.balign	8
flat_gdt:
	SEG_NULL
	SEG(SEG_CODE, 0, 0xFFFFFFFF)
	SEG(SEG_DATA, 0, 0xFFFFFFFF)
flat_gdt_desc:
	.word	. - flat_gdt - 1
	.long	flat_gdt

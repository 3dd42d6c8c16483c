#include "boot/boot.h"
#include "inc/bootinfo.h"
#include "inc/mmu.h"

	.code16
	.text
	.globl	start
start:
	jmp	begin
	.org	4
	.long	LOADER_MAGIC

begin:
	xorl	%ebx, %ebx		# ask the BIOS for the memory map
	movl	%ebx, BOOTINFO_ADDR + BI_NMAP
	movw	$BOOTINFO_ADDR + BI_MAP, %di
next_entry:
	movl	$0xE820, %eax
	movl	$MEMMAP_SIZE, %ecx
	movl	$0x534D4150, %edx	# "SMAP"
	movl	$1, 20(%di)		# in case the BIOS writes 20 bytes
	int	$0x15
	jc	map_end
	cmpl	$0x534D4150, %eax
	jne	map_end
	incl	BOOTINFO_ADDR + BI_NMAP
	addw	$MEMMAP_SIZE, %di
	cmpl	$BI_MAXMAP, BOOTINFO_ADDR + BI_NMAP
	je	map_end
	testl	%ebx, %ebx
	jnz	next_entry
map_end:
	movw	$0x2401, %ax		# let addresses above 1 MB through:
	int	$0x15			# as the BIOS knows how ...
	inb	$0x92, %al		# ... and by the chipset's port
	orb	$2, %al
	andb	$0xFE, %al		# bit 0 resets the machine
	outb	%al, $0x92

	cli
	lgdt	gdt_desc
	movl	%cr0, %eax
	orl	$CR0_PE, %eax
	movl	%eax, %cr0
	ljmp	$BOOT_CS, $protected

	.code32
protected:
	movw	$BOOT_DS, %ax
	movw	%ax, %ds
	movw	%ax, %es
	movw	%ax, %fs
	movw	%ax, %gs
	movw	%ax, %ss
	movl	$BOOT_ADDR, %esp
	xorl	%ebp, %ebp
	call	load_kernel
	movl	$BOOTINFO_ADDR, %ebx
	jmp	*%eax

	.balign	8
gdt:
	SEG_NULL
	SEG(SEG_CODE, 0, 0xFFFFFFFF)
	SEG(SEG_DATA, 0, 0xFFFFFFFF)
gdt_desc:
	.word	. - gdt - 1
	.long	gdt

#include "boot/boot.h"

	.code16
	.text
	.globl	start
start:
	cli
	cld
	xorw	%ax, %ax
	movw	%ax, %ds
	movw	%ax, %es
	movw	%ax, %ss
	movw	$BOOT_ADDR, %sp
	ljmp	$0, $1f
1:	sti
	movb	%dl, drive
	movw	$0x00E3, %ax		# COM1: 9600 bauds, 8N1
	xorw	%dx, %dx
	int	$0x14

	movb	drive, %dl
	movb	$0x41, %ah		# are there LBA services?
	movw	$0x55AA, %bx
	int	$0x13
	jc	no_lba
	cmpw	$0xAA55, %bx
	jne	no_lba

read_disk:
	movw	$1 + LOADER_SECTORS, packet + 2
	movw	$packet, %si
	movb	$0x42, %ah		# extended read
	movb	drive, %dl
	int	$0x13
	jnc	loaded
	decb	tries
	jz	disk_error
	xorb	%ah, %ah		# reset the disk and try again
	movb	drive, %dl
	int	$0x13
	jmp	read_disk

loaded:
	cmpl	$LOADER_MAGIC, LOADER_ADDR + 4
	jne	no_loader
	ljmp	$0, $LOADER_ADDR

disk_error:
	movb	%ah, %al
	movw	$hex, %di
	call	put_hex
	movw	$msg_disk, %si
	jmp	fail
no_lba:
	movw	$msg_lba, %si
	jmp	fail
no_loader:
	movw	$msg_loader, %si
fail:
	lodsb
	testb	%al, %al
	jz	stop
	call	putc
	jmp	fail
stop:
	cli
	hlt
	jmp	stop

# Writes the character in %al on the screen and on COM1.
putc:
	pushw	%ax
	movb	$0x0E, %ah
	movw	$0x0007, %bx
	int	$0x10
	popw	%ax
	movb	$1, %ah
	xorw	%dx, %dx
	int	$0x14
	ret

# Writes %al as two hexadecimal digits at %di.
put_hex:
	movb	%al, %ah
	shrb	$4, %al
	call	put_digit
	movb	%ah, %al
	andb	$0x0F, %al
put_digit:
	cmpb	$10, %al
	jb	1f
	addb	$'A' - '0' - 10, %al
1:	addb	$'0', %al
	stosb
	ret

drive:	.byte	0
tries:	.byte	3

	.balign	4
packet:					# EDD disk address packet
	.byte	16, 0
	.word	1 + LOADER_SECTORS	# sectors
	.word	CMDLINE_ADDR, 0		# offset, segment
	.quad	LBA_CMDLINE

msg_disk:
	.ascii	"boot: cannot read the disk, BIOS status 0x"
hex:	.asciz	"00\r\n"
msg_lba:
	.asciz	"boot: this BIOS has no LBA disk services\r\n"
msg_loader:
	.asciz	"boot: no loader in sector 2\r\n"

	.org	510
	.word	0xAA55

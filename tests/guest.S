/*
 * A guest for the tests of machine/vm: a boot sector that greets on COM1,
 * leaves a line on COM2 and then does what the first letter of LBA 1 says:
 * power off, loop, halt, idle, triple-fault, echo (until a q), write many
 * (100,000) or some (10,000) characters and power off, or write for ever.
 */
#define COM1	0x3f8
#define COM2	0x2f8
#define WORDS	0x8000

	.code16
	.globl	start
start:	cli
	xor	%ax, %ax
	mov	%ax, %ds
	mov	%ax, %es
	mov	%ax, %ss
	mov	$start, %sp
	cld
	mov	$COM1, %dx
	call	init
	mov	$COM2, %dx
	call	init
	mov	$packet, %si		# BIOS: read LBA 1
	mov	$0x42, %ah
	mov	$0x80, %dl
	sti
	int	$0x13
	cli
	mov	$COM2, %dx
	mov	$booted, %si
	call	puts
	mov	$COM1, %dx
	mov	$hello, %si
	call	puts
	mov	$WORDS, %si
	call	puts
	mov	$newline, %si
	call	puts
	mov	$choices, %si
	mov	WORDS, %bl
choose:	lodsb				# a letter, and the place to go
	mov	%al, %cl
	lodsw
	test	%cl, %cl
	jz	halt
	cmp	%cl, %bl
	jne	choose
	jmp	*%ax

choices:
	.byte	'p'
	.word	power
	.byte	'l'
	.word	loop
	.byte	'i'
	.word	idle
	.byte	't'
	.word	triple
	.byte	'e'
	.word	echo
	.byte	'm'
	.word	many
	.byte	's'
	.word	some
	.byte	'w'
	.word	write
	.byte	0
	.word	0

/* no interrupts, divisor 1, 8 bits and no parity, DTR and RTS */
init:	inc	%dx
	xor	%al, %al
	out	%al, (%dx)
	add	$2, %dx
	mov	$0x80, %al
	out	%al, (%dx)
	sub	$3, %dx
	mov	$1, %al
	out	%al, (%dx)
	inc	%dx
	xor	%al, %al
	out	%al, (%dx)
	add	$2, %dx
	mov	$3, %al
	out	%al, (%dx)
	inc	%dx
	out	%al, (%dx)
	sub	$4, %dx
	ret

puts:	lodsb
	test	%al, %al
	jz	1f
	call	putc
	jmp	puts
1:	ret

putc:	push	%ax
	mov	$0x20, %ah
	call	ready
	pop	%ax
	out	%al, (%dx)
	ret

/* wait for the bits %ah of the port's line status */
ready:	add	$5, %dx
1:	in	(%dx), %al
	test	%ah, %al
	jz	1b
	sub	$5, %dx
	ret

some:	mov	$1000, %cx
	jmp	1f
many:	mov	$10000, %cx
1:	mov	$ten, %si
	call	puts
	loop	1b
power:	mov	$bye, %si
	call	puts
	mov	$0x40, %ah		# all bits on the wire
	call	ready
	mov	$COM2, %dx
	call	ready
	mov	$0x8900, %dx		# Bochs
	mov	$shutdown, %si
1:	lodsb
	out	%al, (%dx)
	test	%al, %al
	jnz	1b
	mov	$0x604, %dx		# QEMU
	mov	$0x2000, %ax
	out	%ax, (%dx)
halt:	cli
	hlt
	jmp	halt
write:	mov	$ten, %si
	call	puts
	jmp	write
loop:	jmp	loop
idle:	sti
	hlt
	jmp	idle
triple:	lidt	nothing
	int3

echo:	mov	$0x01, %ah
	call	ready
	in	(%dx), %al
	cmp	$'q', %al
	je	power
	call	putc
	jmp	echo

packet:	.byte	16, 0
	.word	1, WORDS, 0
	.quad	1
nothing:
	.word	0, 0, 0
hello:	.asciz	"hello "
booted:	.asciz	"@boot\n"
newline:
	.asciz	"\r\n"
ten:	.asciz	"12345678\r\n"
bye:	.asciz	"bye\r\n"
shutdown:
	.asciz	"Shutdown"
	.org	510
	.word	0xaa55

# Offsets in struct UTrapframe.
#define UTF_REGS	8
#define UTF_EIP		40
#define UTF_ESP		48

# The kernel comes here, on the exception stack, with a struct UTrapframe on
# top. Back to where the fault was without the kernel: its eip is pushed on
# its own stack, and the last instruction takes it from there.
	.text
	.globl	_pgfault_upcall
_pgfault_upcall:
	cld				# as a C function expects
	pushl	%esp			# the argument
	call	*_pgfault_handler
	addl	$4, %esp

	movl	UTF_ESP(%esp), %eax
	movl	UTF_EIP(%esp), %ecx
	subl	$4, %eax
	movl	%ecx, (%eax)
	movl	%eax, UTF_ESP(%esp)

	addl	$UTF_REGS, %esp
	popal
	addl	$4, %esp		# eip: it is on the other stack
	popfl				# from here on no flag may change
	popl	%esp
	ret

	.section .note.GNU-stack, "", @progbits

# void switch_stack(uint32_t *save, uint32_t load)
	.text
	.globl	switch_stack
switch_stack:
	movl	4(%esp), %eax
	movl	8(%esp), %edx
	pushl	%ebp
	pushl	%ebx
	pushl	%esi
	pushl	%edi
	movl	%esp, (%eax)
	movl	%edx, %esp
	popl	%edi
	popl	%esi
	popl	%ebx
	popl	%ebp
	ret

# Where a double fault begins, as a task of its own; the number of the processor
# is in %ebx.
	.globl	double_entry
double_entry:
	pushl	%ebx
	pushl	$0			# nobody called
	jmp	double_fault

	.section .note.GNU-stack, "", @progbits

#include "inc/memlayout.h"

	.data
	.globl	envs, pages, uvpt, uvpd
	.set	envs, UENVS
	.set	pages, UPAGES
	.set	uvpt, UVPT
	.set	uvpd, UVPT + (UVPT >> 12) * 4

	.text
	.globl	_start
_start:
	cmpl	$USTACKTOP, %esp	# started without arguments?
	jne	1f
	pushl	$0
	pushl	$0
1:	call	libmain
2:	jmp	2b

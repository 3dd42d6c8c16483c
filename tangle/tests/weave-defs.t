#!/bin/sh
# nwdefs: what the code defines, however it is cut into chunks.
. tangle/tests/tap.sh

chapter 01-a <<'E1'
<<kern/a.h>>=
#ifndef KERN_A_H
#define KERN_A_H
#define PAGE_SIZE 4096	/* int not_this; */
#define ROUND(x) \
	((x) + other)
enum kind { KIND_A, KIND_B = sizeof(int), KIND_C };
typedef unsigned int addr_t;
typedef struct { int inner; } pair_t;
struct env;
struct env {
	int field;
	<<?campos>>
} __attribute__((packed));
extern int elsewhere;
int prototype(struct env *e, int (*f)(void));
static inline int inlined(int arg) { int local = arg; return local; }
#endif
<<kern/a.c>>=
#include "a.h"
static struct env table[8] = { { 1 } }, *current;
int a = 1, b[2], *c;
void (*hook)(int);
const char *text = "int fake; {";
__attribute__((noreturn)) void stop(void)
{
	<<cuerpo>>
}

int
main(int argc,
     char **argv)
{
	return 0;
}
struct env envs[3];
<<cuerpo>>=
int inside;
for (;;)
	;
<<kern/e.S>>=
#include "a.h"
	.globl start
start:
	.set	STACK, 0x7c00
1:	jmp	1b
ENTRY(system_call)
	ret
E1
chapter 02-b <<'E1'
<<campos>>=
int filled;
<<!cuerpo =000000000000>>=
int replaced;
E1

defs() {
	stream | nwdefs | awk -v want="$1" '
/^@defn/ { name = substr($0, 7) }
/^@index defn/ && name == want { printf "%s ", $3 }'
}

is "$(defs kern/a.h)" 'PAGE_SIZE ROUND kind KIND_A KIND_B KIND_C addr_t pair_t env inlined ' 'a header'
is "$(defs kern/a.c)" 'table current a b c hook text stop main envs ' 'a file of C'
is "$(defs cuerpo)$(defs campos)" '' 'what is inside of a function or a struct is nobody else’s'
is "$(defs kern/e.S)" 'start STACK system_call ' 'assembler'
stream | nwdefs >out
is "$(grep '^@gol op' out | tr '\n' ' ')" \
	'@gol op new @gol op new @gol op new @gol op new @gol op new @gol op ! ' \
	'operators become private lines'
is "$(grep -c '^@defn cuerpo$' out)" 2 'and leave the names'
is "$(grep -A1 '^@gol slot' out | tail -1)" '@use campos' 'slots too'
is "$(grep '^@gol lang' out | tr '\n' ' ')" \
	'@gol lang c @gol lang c @gol lang c @gol lang asm @gol lang c @gol lang c ' \
	'the language of each chunk is that of its file'
finish

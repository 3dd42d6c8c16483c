/* The program of the tests: labtest TEST NONCE */
#include "lab/labtest.h"

#define RWU	(PTE_P | PTE_U | PTE_W)
#define STEP	(2 * PGSIZE)
#define BASE	0x10000000
#define DF	0x400			/* strings go backwards */
#define FLAGS	0xCD5			/* OF DF SF ZF AF PF CF */

/* What a program sees of itself */
struct machine {
	struct PushRegs regs;
	uint32_t eflags;
	uint32_t esp;
};

struct machine wanted, after;
static struct UTrapframe seen;
static uint32_t seen_at;
static int wrong;

static void give(uint32_t va)
{
	int err = sys_page_alloc(0, ROUNDDOWN((void *)va, PGSIZE), RWU);

	if (err < 0)
		panic("a page at %08x: %e", va, err);
}

/* An address that depends on the nonce */
static uint32_t place(void)
{
	return 0x40000000 + nonce * 4;
}

/* Loads wanted, writes edx where eax says, and notes what there is after. */
void touch(void);
extern char touch_here[];
asm("	.text\n"
    "touch:\n"
    "	pushal\n"
    "	movl	%esp, wanted + 36\n"
    "	pushl	wanted + 32\n"
    "	popfl\n"
    "	movl	wanted, %edi\n"
    "	movl	wanted + 4, %esi\n"
    "	movl	wanted + 8, %ebp\n"
    "	movl	wanted + 16, %ebx\n"
    "	movl	wanted + 20, %edx\n"
    "	movl	wanted + 24, %ecx\n"
    "	movl	wanted + 28, %eax\n"
    "	.globl	touch_here\n"
    "touch_here:\n"
    "	movl	%edx, (%eax)\n"		/* two bytes */
    "	movl	%edi, after\n"
    "	movl	%esi, after + 4\n"
    "	movl	%ebp, after + 8\n"
    "	movl	%ebx, after + 16\n"
    "	movl	%edx, after + 20\n"
    "	movl	%ecx, after + 24\n"
    "	movl	%eax, after + 28\n"
    "	movl	%esp, after + 36\n"
    "	pushfl\n"
    "	popl	after + 32\n"
    "	cld\n"
    "	popal\n"
    "	ret\n");

static void prepare(void)
{
	uint32_t *r = (uint32_t *)&wanted.regs;

	for (uint32_t i = 0; i < 7; i++)
		r[i] = nonce * (i + 1) + i;
	wanted.regs.reg_eax = place();
	wanted.eflags = ((nonce ^ nonce >> 5) & FLAGS) | DF;
	after = (struct machine){ .esp = 0 };
}

static void compare(const char *what, struct machine m)
{
	m.regs.reg_oesp = wanted.regs.reg_oesp;
	m.eflags &= FLAGS;
	if (memcmp(&m, &wanted, sizeof(m)) == 0)
		return;
	wrong++;
	cprintf("%s: edi %08x esi %08x ebp %08x ebx %08x edx %08x ecx %08x "
		"eax %08x eflags %03x esp %08x\n", what, m.regs.reg_edi,
		m.regs.reg_esi, m.regs.reg_ebp, m.regs.reg_ebx,
		m.regs.reg_edx, m.regs.reg_ecx, m.regs.reg_eax, m.eflags,
		m.esp);
}

static void note(struct UTrapframe *utf)
{
	wrong += (read_eflags() & DF) != 0;
	seen = *utf;
	seen_at = (uint32_t)utf;
	compare("the handler sees", (struct machine){ utf->utf_regs,
		utf->utf_eflags, utf->utf_esp });
	wrong += utf->utf_eip != (uint32_t)touch_here;
}

/* ---- told: the handler does not return -------------------------------- */

static void tell(struct UTrapframe *utf)
{
	note(utf);
	cprintf("told: va %08x err %x, the frame at %08x, %d wrong\n",
		seen.utf_fault_va, seen.utf_err, seen_at, wrong);
	cprintf("told: edi %u ebx %u ecx %u\n", seen.utf_regs.reg_edi,
		seen.utf_regs.reg_ebx, seen.utf_regs.reg_ecx);
	exit();
}

static void test_told(void)
{
	prepare();
	set_pgfault_handler(tell);
	touch();
	cprintf("told: not at all\n");
}

/* ---- back, inside ----------------------------------------------------- */

static void note_and_give(struct UTrapframe *utf)
{
	note(utf);
	give(utf->utf_fault_va);
}

static void skip(struct UTrapframe *utf)
{
	note(utf);
	utf->utf_eip += 2;
	utf->utf_regs.reg_esi = ~nonce;
}

static void there_and_back(const char *what)
{
	volatile uint32_t *word = (uint32_t *)place();

	prepare();
	touch();
	compare("afterwards", after);
	cprintf("%s: written %u\n", what, *word);
}

static void test_back(void)
{
	set_pgfault_handler(note_and_give);
	there_and_back("back");
	sys_page_unmap(0, ROUNDDOWN((void *)place(), PGSIZE));
	set_pgfault_handler(skip);
	prepare();
	touch();
	cprintf("back: esi %08x\n", after.regs.reg_esi);
	after.regs.reg_esi = wanted.regs.reg_esi;
	compare("after a change", after);
	cprintf("back: %d wrong\n", wrong);
}

static void inner(struct UTrapframe *utf)
{
	if (utf->utf_fault_va != BASE) {
		note_and_give(utf);
		return;
	}
	there_and_back("inside");
	give(BASE);
}

static void test_inside(void)
{
	set_pgfault_handler(inner);
	*(volatile uint32_t *)BASE = 1;
	cprintf("inside: %d wrong\n", wrong);
}

/* ---- nested ----------------------------------------------------------- */

static uint32_t levels, depth, sum;

/* To attend one fault it causes the next; each remembers on its stack. */
static void next(struct UTrapframe *utf)
{
	uint32_t va = utf->utf_fault_va, mine = nonce + depth;
	struct UTrapframe before;

	if (++depth < levels) {
		before = *utf;
		*(volatile uint32_t *)(va + STEP) = va;
		if (memcmp(&before, utf, sizeof(before)) != 0)
			wrong++;
	}
	give(va);
	sum += mine;
}

static void test_nested(void)
{
	levels = nonce % 10 + 6;
	set_pgfault_handler(next);
	*(volatile uint32_t *)BASE = 1;
	for (uint32_t i = 1; i < levels; i++) {
		volatile uint32_t *word = (void *)(BASE + i * STEP);

		wrong += *word != BASE + (i - 1) * STEP;
	}
	cprintf("nested: %u deep, sum %u, %d wrong\n", depth, sum, wrong);
}

/* ---- bad: children that must die -------------------------------------- */

static void no_handler(void)
{
}

static void no_stack(void)
{
	sys_env_set_pgfault_upcall(0, _pgfault_upcall);
}

static void read_only_stack(void)
{
	sys_page_alloc(0, (void *)(UXSTACKTOP - PGSIZE), PTE_P | PTE_U);
	sys_env_set_pgfault_upcall(0, _pgfault_upcall);
}

static void no_code(void)
{
	sys_page_alloc(0, (void *)(UXSTACKTOP - PGSIZE), RWU);
	sys_env_set_pgfault_upcall(0, (void *)place());
}

static void code_of_kernel(void)
{
	sys_page_alloc(0, (void *)(UXSTACKTOP - PGSIZE), RWU);
	sys_env_set_pgfault_upcall(0, (void *)(KERNBASE + 0x100020));
}

static void test_bad(void)
{
	static void (*const prepare_child[])(void) = {
		no_handler, no_stack, read_only_stack, no_code, code_of_kernel,
	};
	envid_t id;

	for (int i = 0; i < 5; i++) {
		id = dumbfork();
		if (id == 0) {
			prepare_child[i]();
			*(volatile uint32_t *)place() = 1;
			cprintf("bad: %d goes on\n", i);
			exit();
		}
		while (envs[ENVX(id)].env_id == id &&
		       envs[ENVX(id)].env_status != ENV_FREE)
			sys_yield();
	}
	cprintf("bad: %u, the parent goes on\n", nonce);
}

LABTESTS({ "told", test_told }, { "back", test_back },
	 { "inside", test_inside }, { "nested", test_nested },
	 { "bad", test_bad })

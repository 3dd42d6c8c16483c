#ifndef INC_X86_H
#define INC_X86_H

#include "inc/types.h"

static inline uint8_t inb(uint16_t port)
{
	uint8_t data;

	asm volatile("inb %w1, %0" : "=a"(data) : "Nd"(port));
	return data;
}

static inline void outb(uint16_t port, uint8_t data)
{
	asm volatile("outb %0, %w1" : : "a"(data), "Nd"(port));
}

static inline void outw(uint16_t port, uint16_t data)
{
	asm volatile("outw %0, %w1" : : "a"(data), "Nd"(port));
}

static inline uint32_t inl(uint16_t port)
{
	uint32_t data;

	asm volatile("inl %w1, %0" : "=a"(data) : "Nd"(port));
	return data;
}

static inline void outl(uint16_t port, uint32_t data)
{
	asm volatile("outl %0, %w1" : : "a"(data), "Nd"(port));
}

/* Reads count 16-bit words from port into memory at addr. */
static inline void insw(uint16_t port, void *addr, size_t count)
{
	asm volatile("cld; rep insw" : "+D"(addr), "+c"(count)
		     : "d"(port) : "memory");
}

/* The same with words of 32 bits, and from memory to the port. */
static inline void insl(uint16_t port, void *addr, size_t count)
{
	asm volatile("cld; rep insl" : "+D"(addr), "+c"(count)
		     : "d"(port) : "memory");
}

static inline void outsl(uint16_t port, const void *addr, size_t count)
{
	asm volatile("cld; rep outsl" : "+S"(addr), "+c"(count)
		     : "d"(port) : "memory");
}

/* Fills count bytes at addr with data. */
static inline void stosb(void *addr, uint8_t data, size_t count)
{
	asm volatile("cld; rep stosb" : "+D"(addr), "+c"(count)
		     : "a"(data) : "memory");
}

static inline uint32_t read_ebp(void)
{
	uint32_t ebp;

	asm volatile("movl %%ebp, %0" : "=r"(ebp));
	return ebp;
}

static inline uint32_t read_eflags(void)
{
	uint32_t eflags;

	asm volatile("pushfl; popl %0" : "=r"(eflags));
	return eflags;
}

static inline void write_eflags(uint32_t eflags)
{
	asm volatile("pushl %0; popfl" : : "r"(eflags) : "cc", "memory");
}

static inline uint32_t rcr3(void)
{
	uint32_t cr3;

	asm volatile("movl %%cr3, %0" : "=r"(cr3));
	return cr3;
}

static inline void lcr3(uint32_t cr3)
{
	asm volatile("movl %0, %%cr3" : : "r"(cr3) : "memory");
}

static inline uint32_t rcr4(void)
{
	uint32_t cr4;

	asm volatile("movl %%cr4, %0" : "=r"(cr4));
	return cr4;
}

static inline void lcr4(uint32_t cr4)
{
	asm volatile("movl %0, %%cr4" : : "r"(cr4) : "memory");
}

static inline void invlpg(void *va)
{
	asm volatile("invlpg (%0)" : : "r"(va) : "memory");
}

/* Leaf 'leaf' of CPUID; only edx is wanted here. */
static inline uint32_t cpuid_edx(uint32_t leaf)
{
	uint32_t ebx, ecx, edx;

	asm volatile("cpuid" : "+a"(leaf), "=b"(ebx), "=c"(ecx), "=d"(edx));
	return edx;
}

static inline void lcr2(uint32_t cr2)
{
	asm volatile("movl %0, %%cr2" : : "r"(cr2));
}

static inline uint32_t rcr2(void)
{
	uint32_t cr2;

	asm volatile("movl %%cr2, %0" : "=r"(cr2));
	return cr2;
}

static inline void lidt(const void *desc)
{
	asm volatile("lidt (%0)" : : "r"(desc) : "memory");
}

static inline void ltr(uint16_t selector)
{
	asm volatile("ltr %0" : : "r"(selector));
}

static inline void breakpoint(void)
{
	asm volatile("int3" : : : "memory");
}

/* The cycle counter; with one CPU in Bochs it counts instructions. */
static inline uint64_t read_tsc(void)
{
	uint64_t tsc;

	asm volatile("rdtsc" : "=A"(tsc));
	return tsc;
}

static inline uint32_t rcr0(void)
{
	uint32_t cr0;

	asm volatile("movl %%cr0, %0" : "=r"(cr0));
	return cr0;
}

static inline void lcr0(uint32_t cr0)
{
	asm volatile("movl %0, %%cr0" : : "r"(cr0) : "memory");
}

/* Adds n to *p, which no other processor can touch meanwhile; returns what
 * it was. */
static inline uint32_t xadd(volatile uint32_t *p, uint32_t n)
{
	asm volatile("lock xaddl %0, %1" : "+r"(n), "+m"(*p) : : "memory");
	return n;
}

/* Tells the processor that it waits for another one. */
static inline void pause(void)
{
	asm volatile("pause" : : : "memory");
}

static inline void cli(void)
{
	asm volatile("cli");
}

static inline void hlt(void)
{
	asm volatile("hlt" : : : "memory");
}

#endif

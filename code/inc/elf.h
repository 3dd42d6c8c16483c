#ifndef INC_ELF_H
#define INC_ELF_H

#include "inc/types.h"

#define ELF_MAGIC	0x464C457F	/* "\x7FELF", little endian */

struct Elf {
	uint32_t e_magic;
	uint8_t e_class;	/* ELF_CLASS32 */
	uint8_t e_data;		/* ELF_DATA2LSB */
	uint8_t e_ident[10];
	uint16_t e_type;
	uint16_t e_machine;
	uint32_t e_version;
	uint32_t e_entry;
	uint32_t e_phoff;	/* where the program headers are */
	uint32_t e_shoff;
	uint32_t e_flags;
	uint16_t e_ehsize;
	uint16_t e_phentsize;
	uint16_t e_phnum;
	uint16_t e_shentsize;
	uint16_t e_shnum;
	uint16_t e_shstrndx;
};

struct Proghdr {
	uint32_t p_type;
	uint32_t p_offset;	/* in the file */
	uint32_t p_va;
	uint32_t p_pa;
	uint32_t p_filesz;
	uint32_t p_memsz;	/* the rest, up to here, is zero */
	uint32_t p_flags;
	uint32_t p_align;
};

#define ELF_CLASS32	1
#define ELF_DATA2LSB	1
#define ELF_EXEC	2
#define ELF_386		3
#define ELF_PROG_LOAD	1
#define ELF_PROG_WRITE	2	/* in p_flags */

#endif

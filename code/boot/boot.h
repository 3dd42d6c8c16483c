#ifndef BOOT_BOOT_H
#define BOOT_BOOT_H

/* The disk, in sectors of 512 bytes. */
#define SECTOR		512
#define LBA_CMDLINE	1	/* one sector: the command line */
#define LBA_LOADER	2	/* the second stage */
#define LOADER_SECTORS	14
#define LBA_KERNEL	16	/* the ELF file, to the end of the disk */

/* Memory below 1 MB, as the two stages use it. */
#define BOOTINFO_ADDR	0x6000
#define BOOT_ADDR	0x7C00
#define CMDLINE_ADDR	0x7E00	/* sector 1, read together with ... */
#define LOADER_ADDR	0x8000	/* ... the second stage */
#define HEADER_ADDR	0x10000	/* first bytes of the ELF file */
#define BOUNCE_ADDR	0x11000	/* one sector, for unaligned pieces */

#define LOADER_MAGIC	0x6F64696E	/* "nido", after the first jump */

#endif

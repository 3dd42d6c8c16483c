#ifndef NET_NE2000_H
#define NET_NE2000_H

#include "inc/types.h"

struct nic_stats;

/* What a card is reached with, and whom its frames are for: the ports and the
 * link, or a model of the chip and its test. The functions that move words
 * move n of 32 bits. */
struct ne2000_ops {
	uint8_t (*in)(uint16_t port);
	void (*out)(uint16_t port, uint8_t data);
	void (*in_words)(uint16_t port, void *to, size_t n);
	void (*out_words)(uint16_t port, const void *from, size_t n);
	void (*delay_us)(uint32_t us);
	void *(*buffer)(void);
	void (*input)(void *buffer, size_t len);
};

#define NE2000_NTX	2		/* frames that can wait in the card */

struct ne2000 {
	const struct ne2000_ops *ops;
	uint16_t base;			/* its first port */
	struct nic_stats *stats;
	uint8_t mac[6];
	uint8_t next;			/* page where the next frame will be */
	uint8_t tx_first;		/* buffer of the frame that goes out */
	uint8_t tx_count;		/* frames in the card, it included */
	uint16_t tx_len[NE2000_NTX];
	bool held;			/* nothing is to go out now */
};

/* Resets the card and reads its address; it is cut off from the wire. ops,
 * base and stats are the caller's. False: no NE2000 answers there. */
bool ne2000_start(struct ne2000 *c);
/* From here on it receives what is for that address, and interrupts: its line
 * has to be open already. */
void ne2000_listen(struct ne2000 *c, const uint8_t mac[6]);
bool ne2000_send(struct ne2000 *c, const void *frame, size_t len);
void ne2000_intr(struct ne2000 *c);

/* Drives the driver against a model of the chip; tells how it went. */
void ne2000_check(void);

/* Registers (DP8390D, 10.0): two or three pages of 16 ports, and some are one
 * thing when read and another one when written. */
enum {
	NE_CR		= 0x00,		/* command, in every page */
	NE_PSTART	= 0x01,		/* page 0: the ring begins */
	NE_PSTOP	= 0x02,		/* ... and ends */
	NE_BNRY		= 0x03,		/* last page that we have read */
	NE_TPSR		= 0x04,		/* page of the frame that goes out */
	NE_TBCR0	= 0x05,		/* ... and its length */
	NE_TBCR1	= 0x06,
	NE_ISR		= 0x07,		/* what has happened */
	NE_RSAR0	= 0x08,		/* remote DMA: address */
	NE_RSAR1	= 0x09,
	NE_RBCR0	= 0x0A,		/* ... and bytes left */
	NE_RBCR1	= 0x0B,
	NE_RCR		= 0x0C,		/* what is received */
	NE_TCR		= 0x0D,		/* how it is sent */
	NE_CNTR0	= 0x0D,		/* when read: three tallies */
	NE_DCR		= 0x0E,		/* how the data port works */
	NE_IMR		= 0x0F,		/* bits of ISR that interrupt */
	NE_PAR0		= 0x01,		/* page 1: our address, 6 bytes */
	NE_CURR		= 0x07,		/* page that the next frame will take */
	NE_MAR0		= 0x08,		/* multicast addresses, 8 bytes */

	NE_DATA		= 0x10,		/* the NE2000's: the data port */
	NE_RESET	= 0x1F,		/* ... and the reset */
};

/* The command register (10.3). */
enum {
	CR_STP		= 0x01,		/* stop */
	CR_STA		= 0x02,		/* start */
	CR_TXP		= 0x04,		/* transmit; 1 until it is out */
	CR_READ		= 0x08,		/* remote DMA: from the card */
	CR_WRITE	= 0x10,		/* ... to the card */
	CR_NODMA	= 0x20,		/* ... none, or give it up */
	CR_PAGE1	= 0x40,
};

/* Interrupt status and mask (10.3). */
enum {
	ISR_PRX		= 0x01,		/* a frame has been received */
	ISR_PTX		= 0x02,		/* ... transmitted */
	ISR_RXE		= 0x04,		/* ... received damaged */
	ISR_TXE		= 0x08,		/* ... given up */
	ISR_OVW		= 0x10,		/* there was no room in the ring */
	ISR_CNT		= 0x20,		/* a tally is half full */
	ISR_RDC		= 0x40,		/* the remote DMA is complete */
	ISR_RST		= 0x80,		/* it is stopped */
};

enum {
	RCR_BROADCAST	= 0x04,
	TCR_LOOPBACK	= 0x02,		/* mode 1: cut off from the wire */
	DCR_WORDS	= 0x01,
	DCR_NORMAL	= 0x08,		/* no loopback */
	DCR_FIFO_8	= 0x40,		/* bursts of 8 bytes */
	RSR_PRX		= 0x01,		/* in a header: the frame is good */
};

/* Memory of the card, in pages of 256 bytes: the address in a ROM at 0, and
 * 16 KB from 0x4000 on. */
enum {
	NE_PROM_SIZE	= 32,
	NE_PROM_MARK	= 0x57,		/* its last bytes */
	NE_TX_START	= 0x40,
	NE_TX_PAGES	= 6,		/* room for one frame */
	NE_RING_START	= NE_TX_START + NE2000_NTX * NE_TX_PAGES,
	NE_RING_STOP	= 0x80,
};

/* What the card puts before each frame in the ring (DP8390D, 7.0). */
struct ne_header {
	uint8_t status;
	uint8_t next;			/* page of the next frame */
	uint16_t count;			/* bytes, these four included */
};

#endif

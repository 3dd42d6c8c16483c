#include "inc/string.h"
#include "net/ne2000.h"
#include "net/nic.h"

enum {
	FRAME_SHORT	= 60,		/* shorter ones are not for the wire */
	STOP_US		= 1600,		/* longer than any frame */
	PATIENCE	= 100000,	/* reads of a register */

	EVENTS		= ISR_PRX | ISR_PTX | ISR_RXE | ISR_TXE | ISR_OVW |
			  ISR_CNT,
};

static uint8_t in(struct ne2000 *c, int reg)
{
	return c->ops->in(c->base + reg);
}

static void out(struct ne2000 *c, int reg, uint8_t data)
{
	c->ops->out(c->base + reg, data);
}

/* Registers of 16 bits are two of 8. */
static void out16(struct ne2000 *c, int reg, uint16_t data)
{
	out(c, reg, data);
	out(c, reg + 1, data >> 8);
}

/* Waits for one of those bits. False: it does not come. */
static bool wait_isr(struct ne2000 *c, uint8_t bits)
{
	for (int i = 0; i < PATIENCE; i++)
		if (in(c, NE_ISR) & bits)
			return true;
	return false;
}

/* Remote DMA (9.0): so many bytes between the card's memory and its data
 * port, which the processor reads or writes at once. */
static void dma_begin(struct ne2000 *c, uint8_t command, uint16_t address,
		      size_t len)
{
	out(c, NE_ISR, ISR_RDC);
	out16(c, NE_RSAR0, address);
	out16(c, NE_RBCR0, len);
	out(c, NE_CR, command | CR_STA);
}

static void dma_end(struct ne2000 *c)
{
	if (!wait_isr(c, ISR_RDC))
		c->stats->errors++;
	out(c, NE_CR, CR_NODMA | CR_STA);
}

/* len is rounded up to words; there is room. */
static void card_read(struct ne2000 *c, uint16_t address, void *to, size_t len)
{
	len = ROUNDUP(len, 4);
	dma_begin(c, CR_READ, address, len);
	c->ops->in_words(c->base + NE_DATA, to, len / 4);
	dma_end(c);
}

/* A pulse at the reset port leaves the chip stopped. */
static bool reset(struct ne2000 *c)
{
	out(c, NE_RESET, in(c, NE_RESET));
	if (!wait_isr(c, ISR_RST))
		return false;
	out(c, NE_CR, CR_NODMA | CR_STP);
	return in(c, NE_CR) == (CR_NODMA | CR_STP);
}

static void set_address(struct ne2000 *c)
{
	for (int i = 0; i < 6; i++)
		out(c, NE_PAR0 + i, c->mac[i]);
	for (int i = 0; i < 8; i++)
		out(c, NE_MAR0 + i, 0);
}

/* The ring is empty: the page before the next frame's is the last one read.
 * With the chip stopped. */
static void ring_init(struct ne2000 *c)
{
	c->next = NE_RING_START + 1;
	out(c, NE_PSTART, NE_RING_START);
	out(c, NE_PSTOP, NE_RING_STOP);
	out(c, NE_BNRY, NE_RING_START);
	out(c, NE_CR, CR_PAGE1 | CR_NODMA | CR_STP);
	out(c, NE_CURR, c->next);
	out(c, NE_CR, CR_NODMA | CR_STP);
}

/* The order is the manual's (11.0). */
static void setup(struct ne2000 *c)
{
	out(c, NE_CR, CR_NODMA | CR_STP);
	out(c, NE_DCR, DCR_FIFO_8 | DCR_NORMAL | DCR_WORDS);
	out16(c, NE_RBCR0, 0);
	out(c, NE_RCR, RCR_BROADCAST);
	out(c, NE_TCR, TCR_LOOPBACK);
	ring_init(c);
	out(c, NE_ISR, 0xFF);
	out(c, NE_IMR, 0);
	c->tx_first = c->tx_count = 0;
}

/* Each byte of the ROM appears twice, for the card works in words. The chip
 * transfers only when it has been started; it is still cut off. */
static bool read_mac(struct ne2000 *c)
{
	uint8_t prom[NE_PROM_SIZE];

	out(c, NE_CR, CR_NODMA | CR_STA);
	card_read(c, 0, prom, sizeof(prom));
	for (int i = 0; i < 6; i++)
		c->mac[i] = prom[2 * i];
	return prom[28] == NE_PROM_MARK && prom[30] == NE_PROM_MARK;
}

/* From here on it receives, and interrupts. */
static void go(struct ne2000 *c)
{
	out(c, NE_CR, CR_PAGE1 | CR_NODMA | CR_STP);
	set_address(c);
	out(c, NE_CR, CR_NODMA | CR_STA);
	out(c, NE_TCR, 0);
	out(c, NE_IMR, EVENTS);
}

bool ne2000_start(struct ne2000 *c)
{
	if (!reset(c))
		return false;
	setup(c);
	return read_mac(c);
}

void ne2000_listen(struct ne2000 *c, const uint8_t mac[6])
{
	memcpy(c->mac, mac, sizeof(c->mac));
	go(c);
}

/* Something has gone wrong for good: what was in the card is lost. */
static void restart(struct ne2000 *c)
{
	c->stats->errors += 1 + c->tx_count;
	reset(c);
	setup(c);
	go(c);
}

/* --- transmission --- */

static uint8_t tx_page(uint8_t buffer)
{
	return NE_TX_START + buffer * NE_TX_PAGES;
}

static void transmit(struct ne2000 *c)
{
	out(c, NE_TPSR, tx_page(c->tx_first));
	out16(c, NE_TBCR0, c->tx_len[c->tx_first]);
	out(c, NE_CR, CR_NODMA | CR_TXP | CR_STA);
}

/* The first frame is out, or has been given up: the next one. */
static void tx_done(struct ne2000 *c, uint8_t isr)
{
	out(c, NE_ISR, isr & (ISR_PTX | ISR_TXE));
	if (c->tx_count == 0)
		return;
	if (isr & ISR_PTX)
		c->stats->sent++;
	else
		c->stats->errors++;
	c->tx_first = (c->tx_first + 1) % NE2000_NTX;
	if (--c->tx_count > 0)
		transmit(c);
}

/* Both buffers have a frame: one will be free in a millisecond, if frames go
 * out. */
static bool tx_wait(struct ne2000 *c)
{
	if (c->held)
		return false;
	if (!wait_isr(c, ISR_PTX | ISR_TXE)) {
		restart(c);
		return false;
	}
	tx_done(c, in(c, NE_ISR));
	return true;
}

/* The frame, and after its last whole word the rest of it and zeros. */
static void card_write(struct ne2000 *c, uint16_t address, const void *frame,
		       size_t len, size_t total)
{
	uint32_t rest[FRAME_SHORT / 4] = { 0 };
	size_t words = len / 4;

	memcpy(rest, (const uint32_t *)frame + words, len % 4);
	dma_begin(c, CR_WRITE, address, total);
	c->ops->out_words(c->base + NE_DATA, frame, words);
	c->ops->out_words(c->base + NE_DATA, rest, total / 4 - words);
	dma_end(c);
}

bool ne2000_send(struct ne2000 *c, const void *frame, size_t len)
{
	size_t onwire = MAX(len, FRAME_SHORT);
	uint8_t buffer;

	if (len < FRAME_MIN || len > FRAME_MAX ||
	    (c->tx_count == NE2000_NTX && !tx_wait(c)))
		return false;
	buffer = (c->tx_first + c->tx_count) % NE2000_NTX;
	card_write(c, tx_page(buffer) << 8, frame, len, ROUNDUP(onwire, 4));
	c->tx_len[buffer] = onwire;
	if (c->tx_count++ == 0 && !c->held)
		transmit(c);
	return true;
}

/* --- reception --- */

static uint8_t current_page(struct ne2000 *c)
{
	uint8_t page;

	out(c, NE_CR, CR_PAGE1 | CR_NODMA | CR_STA);
	page = in(c, NE_CURR);
	out(c, NE_CR, CR_NODMA | CR_STA);
	return page;
}

/* Pages from one to another, forwards. */
static uint32_t distance(uint8_t from, uint8_t to)
{
	return to >= from ? to - from
			  : to - from + NE_RING_STOP - NE_RING_START;
}

static uint32_t pages_of(uint32_t bytes)
{
	return (bytes + 255) / 256;
}

/* Can a card have written this at c->next, when it is to go on at curr? Some
 * keep the frame's own checksum in the ring too: then its last page may be one
 * more. */
static bool makes_sense(struct ne2000 *c, const struct ne_header *h,
			uint8_t curr)
{
	uint32_t pages = distance(c->next, h->next);

	return h->next >= NE_RING_START && h->next < NE_RING_STOP &&
	       h->count >= FRAME_SHORT + sizeof(*h) &&
	       h->count <= FRAME_MAX + sizeof(*h) &&
	       pages >= pages_of(h->count) &&
	       pages <= pages_of(h->count + sizeof(*h)) &&
	       pages <= distance(c->next, curr);
}

/* The frame at c->next; NULL: there is no buffer for it. */
static void *take(struct ne2000 *c, size_t len)
{
	void *buffer = c->ops->buffer();

	if (buffer == NULL) {
		c->stats->dropped++;
		return NULL;
	}
	card_read(c, (c->next << 8) + sizeof(struct ne_header), buffer, len);
	c->stats->received++;
	return buffer;
}

/* All before page has been read. */
static void give_back(struct ne2000 *c, uint8_t page)
{
	c->next = page;
	out(c, NE_BNRY, page == NE_RING_START ? NE_RING_STOP - 1 : page - 1);
}

/* Takes one frame out of the ring. False: it is not a frame. */
static bool receive_one(struct ne2000 *c, uint8_t curr)
{
	struct ne_header h;
	void *buffer = NULL;

	card_read(c, c->next << 8, &h, sizeof(h));
	if (!makes_sense(c, &h, curr))
		return false;
	if (h.status & RSR_PRX)
		buffer = take(c, h.count - sizeof(h));
	else
		c->stats->errors++;
	give_back(c, h.next);
	if (buffer != NULL)
		c->ops->input(buffer, h.count - sizeof(h));
	return true;
}

static void receive(struct ne2000 *c)
{
	uint8_t curr;

	out(c, NE_ISR, ISR_PRX | ISR_RXE);
	while ((curr = current_page(c)) != c->next)
		if (!receive_one(c, curr)) {
			restart(c);
			return;
		}
}

/* The ring is full. The manual (7.0, Buffer Ring Overflow) wants these steps,
 * in this order, or the card "may act in an unpredictable manner". */
static void overflow(struct ne2000 *c)
{
	bool sending = in(c, NE_CR) & CR_TXP;
	bool idle = c->tx_count == 0;

	c->stats->overflows++;
	out(c, NE_CR, CR_NODMA | CR_STP);
	c->ops->delay_us(STOP_US);
	out16(c, NE_RBCR0, 0);
	/* stopped before it was out, and it will not go by itself */
	sending = sending && !(in(c, NE_ISR) & (ISR_PTX | ISR_TXE));
	c->held = true;
	out(c, NE_TCR, TCR_LOOPBACK);
	out(c, NE_CR, CR_NODMA | CR_STA);
	receive(c);
	out(c, NE_ISR, ISR_OVW);
	out(c, NE_TCR, 0);
	c->held = false;
	if ((sending || idle) && c->tx_count > 0)
		transmit(c);
}

/* Reading a tally clears it: frames out of step, damaged, missed. */
static void count_errors(struct ne2000 *c)
{
	for (int i = 0; i < 3; i++)
		c->stats->errors += in(c, NE_CNTR0 + i);
	out(c, NE_ISR, ISR_CNT);
}

void ne2000_intr(struct ne2000 *c)
{
	uint8_t isr;

	c->stats->interrupts++;
	while ((isr = in(c, NE_ISR) & EVENTS) != 0) {
		if (isr & ISR_OVW)
			overflow(c);
		else if (isr & (ISR_PRX | ISR_RXE))
			receive(c);
		else if (isr & (ISR_PTX | ISR_TXE))
			tx_done(c, isr);
		else
			count_errors(c);
	}
}

#include "inc/string.h"
#include "kern/printf.h"
#include "net/ne2000.h"
#include "net/nic.h"

/* A model of the chip and its memory, to try the driver in what no machine at
 * hand does: the emulators never say that the ring has overflowed. It follows
 * the data sheet of the DP8390D and complains of whoever does not. */
enum {
	MODEL_MEMORY	= 0x8000,
	CHECKSUM	= 4,		/* the frame's own, kept in the ring */
};

static struct {
	uint8_t cr, isr, imr, tcr, dcr;
	uint8_t pstart, pstop, bnry, curr, tpsr;
	uint16_t tbcr, rsar, rbcr;
	uint8_t par[6], tally[3];
	uint8_t mem[MODEL_MEMORY];
	bool deaf;			/* after an overflow: see start() */
	bool waited;			/* long enough, since it was stopped */
	bool abort;			/* a stop cuts what is being sent */
	bool stuck;			/* nothing that is sent comes out */
	bool absent;
	const char *complaint;
} chip;

/* What the wire and the link have seen. */
static struct {
	uint8_t sent[NET_BUFFER];	/* the last frame */
	uint16_t sent_len;
	uint32_t nsent, ntaken, nwrong;
	uint16_t seq;			/* of the last frame taken */
	bool full;			/* the link has no buffers */
	void (*answer)(void);		/* to each frame, or NULL */
} world;

static void complain(const char *what)
{
	if (chip.complaint == NULL)
		chip.complaint = what;
}

static void set_low(uint16_t *reg, uint8_t data)
{
	*reg = (*reg & 0xFF00) | data;
}

static void set_high(uint16_t *reg, uint8_t data)
{
	*reg = (*reg & 0x00FF) | data << 8;
}

/* --- the chip: transmission --- */

static void transmit(void)
{
	if (chip.cr & CR_TXP)
		complain("transmits twice at once");
	if ((chip.isr & ISR_RST) || chip.tcr != 0)
		complain("transmits without a wire");
	if (chip.tbcr < 60 || chip.tbcr > FRAME_MAX)
		complain("transmits a frame of a wrong length");
	if (chip.tpsr < NE_TX_START ||
	    chip.tpsr + NE_TX_PAGES > NE_RING_START)
		complain("transmits what is not a frame");
	chip.cr |= CR_TXP;
}

/* The frame has left: only now its bytes are read, so that it is seen if the
 * driver touched them. */
static void finish(uint8_t how)
{
	if (!(chip.cr & CR_TXP) || chip.stuck)
		return;
	chip.cr &= ~CR_TXP;
	chip.isr |= how;
	if (how != ISR_PTX)
		return;
	world.nsent++;
	world.sent_len = MIN(chip.tbcr, NET_BUFFER);
	memcpy(world.sent, &chip.mem[chip.tpsr << 8], world.sent_len);
}

/* --- the chip: reception --- */

static uint8_t page_after(uint8_t page)
{
	return page + 1 == chip.pstop ? chip.pstart : page + 1;
}

/* One byte into the ring, which goes round. */
static uint16_t put(uint16_t address, uint8_t byte)
{
	chip.mem[address++ % MODEL_MEMORY] = byte;
	return address == chip.pstop << 8 ? chip.pstart << 8 : address;
}

/* The page that follows a frame of so many; 0: it reaches the boundary. */
static uint8_t page_behind(int pages)
{
	uint8_t page = chip.curr;

	for (; pages > 0; pages--) {
		if (page == chip.bnry)
			return 0;
		page = page_after(page);
	}
	return page;
}

/* A frame comes by the wire. False: it is lost. */
static bool arrive(const uint8_t *frame, uint16_t len)
{
	uint16_t count = len + sizeof(struct ne_header);
	uint16_t at = chip.curr << 8;
	uint8_t next = page_behind((count + CHECKSUM + 255) / 256);

	if ((chip.isr & ISR_RST) || chip.tcr != 0 || chip.deaf)
		return false;
	if (next == 0) {
		chip.isr |= ISR_OVW;
		chip.deaf = true;
		return false;
	}
	at = put(at, RSR_PRX);
	at = put(at, next);
	at = put(at, count);
	at = put(at, count >> 8);
	for (int i = 0; i < len; i++)
		at = put(at, frame[i]);
	chip.curr = next;
	chip.isr |= ISR_PRX;
	return true;
}

/* --- the chip: commands --- */

static void stop(void)
{
	if (!(chip.cr & CR_TXP))
		chip.isr |= ISR_RST;
	chip.waited = false;
}

/* After an overflow it hears again only if it was given time, and was started
 * cut off from the wire. */
static void start(void)
{
	if (!(chip.cr & CR_STP))
		return;
	if (chip.rbcr != 0)
		complain("starts with bytes left to transfer");
	if (chip.tcr != TCR_LOOPBACK)
		complain("starts with the wire connected");
	if (chip.deaf && !chip.waited)
		complain("starts too soon");
	if (chip.waited && chip.tcr == TCR_LOOPBACK)
		chip.deaf = false;
	chip.isr &= ~ISR_RST;
}

static void dma(uint8_t data)
{
	if (data & CR_NODMA)
		return;
	if (!(data & CR_STA))
		complain("transfers while stopped");
	if (!(chip.dcr & DCR_WORDS) || chip.rbcr % 4 != 0)
		complain("does not transfer words");
}

static void command(uint8_t data)
{
	if (data & CR_STP)
		stop();
	else if (data & CR_STA)
		start();
	chip.cr = (data & ~CR_TXP) | (chip.cr & CR_TXP);
	dma(data);
	if (data & CR_TXP)
		transmit();
}

static void power_on(void)
{
	memset(&chip, 0, sizeof(chip));
	for (int i = 0; i < NE_PROM_SIZE; i++)
		chip.mem[i] = i < 12 ? 0xA0 + i / 2 : NE_PROM_MARK;
}

/* --- the chip: its ports --- */

static uint8_t read_page0(uint16_t port)
{
	uint8_t data;

	switch (port) {
	case NE_BNRY:
		return chip.bnry;
	case NE_ISR:
		return chip.isr;
	case NE_CNTR0:
	case NE_CNTR0 + 1:
	case NE_CNTR0 + 2:
		data = chip.tally[port - NE_CNTR0];
		chip.tally[port - NE_CNTR0] = 0;
		return data;
	}
	complain("reads what is only for writing");
	return 0xFF;
}

static uint8_t model_in(uint16_t port)
{
	if (chip.absent)
		return 0xFF;
	if (port == NE_CR)
		return chip.cr;
	if (port == NE_RESET) {
		chip.cr = CR_NODMA | CR_STP;
		chip.isr = ISR_RST;
		chip.deaf = false;
		return 0;
	}
	if (!(chip.cr & CR_PAGE1))
		return read_page0(port);
	if (port != NE_CURR)
		complain("reads what it wrote");
	return chip.curr;
}

static void write_page0(uint16_t port, uint8_t data)
{
	switch (port) {
	case NE_PSTART:	chip.pstart = data; break;
	case NE_PSTOP:	chip.pstop = data; break;
	case NE_BNRY:	chip.bnry = data; break;
	case NE_TPSR:	chip.tpsr = data; break;
	case NE_TBCR0:	set_low(&chip.tbcr, data); break;
	case NE_TBCR1:	set_high(&chip.tbcr, data); break;
	case NE_ISR:	chip.isr &= ~data | ISR_RST; break;
	case NE_RSAR0:	set_low(&chip.rsar, data); break;
	case NE_RSAR1:	set_high(&chip.rsar, data); break;
	case NE_RBCR0:	set_low(&chip.rbcr, data); break;
	case NE_RBCR1:	set_high(&chip.rbcr, data); break;
	case NE_RCR:	break;
	case NE_TCR:	chip.tcr = data; break;
	case NE_DCR:	chip.dcr = data; break;
	case NE_IMR:	chip.imr = data; break;
	default:	complain("writes an unknown register");
	}
}

static void write_page1(uint16_t port, uint8_t data)
{
	if (port == NE_CURR)
		chip.curr = data;
	else if (port >= NE_PAR0 && port < NE_PAR0 + 6)
		chip.par[port - NE_PAR0] = data;
	else if (port >= NE_MAR0 + 8)
		complain("writes an unknown register");
}

static void model_out(uint16_t port, uint8_t data)
{
	if (port == NE_CR)
		command(data);
	else if (port == NE_RESET)
		;
	else if (chip.cr & CR_PAGE1)
		write_page1(port, data);
	else
		write_page0(port, data);
}

/* The address moves on, and the ring's end is not its own. */
static uint16_t step(uint8_t direction)
{
	uint16_t at = chip.rsar++;

	if (chip.rsar == chip.pstop << 8)
		chip.rsar = chip.pstart << 8;
	if (!(chip.cr & direction) || chip.rbcr == 0) {
		complain("moves more bytes than it said");
		return 0;
	}
	if (--chip.rbcr == 0)
		chip.isr |= ISR_RDC;
	return at % MODEL_MEMORY;
}

static void model_in_words(uint16_t port, void *to, size_t n)
{
	uint8_t *byte = to;

	if (port != NE_DATA)
		complain("reads words where there are none");
	for (n *= 4; n > 0; n--)
		*byte++ = chip.mem[step(CR_READ)];
}

static void model_out_words(uint16_t port, const void *from, size_t n)
{
	const uint8_t *byte = from;

	if (port != NE_DATA)
		complain("writes words where it cannot");
	for (n *= 4; n > 0; n--) {
		uint16_t at = step(CR_WRITE);

		if (at < NE_TX_START << 8 || at >= NE_RING_START << 8)
			complain("writes out of its buffers");
		else
			chip.mem[at] = *byte++;
	}
}

/* What is being sent when the chip stops leaves, or is cut. */
static void model_delay(uint32_t us)
{
	if (!(chip.cr & CR_STP) || us < 1600)
		return;
	if (!chip.abort)
		finish(ISR_PTX);
	chip.cr &= ~CR_TXP;
	chip.isr |= ISR_RST;
	chip.waited = true;
}

/* --- the link --- */

static uint8_t byte_of(uint16_t seq, int i)
{
	return i == 0 ? seq : i == 1 ? seq >> 8 : seq * 31 + i * 7 + (i >> 8);
}

static void *model_buffer(void)
{
	static uint8_t buffer[NET_BUFFER] __attribute__((aligned(4)));

	return world.full ? NULL : buffer;
}

/* Frames have numbers, and come in order. */
static void model_input(void *buffer, size_t len)
{
	uint8_t *frame = buffer;
	uint16_t seq = frame[0] | frame[1] << 8;

	world.ntaken++;
	if (seq <= world.seq)
		world.nwrong++;
	world.seq = seq;
	for (size_t i = 0; i < len; i++)
		if (frame[i] != byte_of(seq, i)) {
			world.nwrong++;
			break;
		}
	if (world.answer != NULL)
		world.answer();
}

static const struct ne2000_ops model = {
	.in = model_in,
	.out = model_out,
	.in_words = model_in_words,
	.out_words = model_out_words,
	.delay_us = model_delay,
	.buffer = model_buffer,
	.input = model_input,
};

/* --- situations --- */

static struct nic_stats stats;
static struct ne2000 card;
static uint8_t frame[NET_BUFFER];
/* Not the one in its ROM. */
static const uint8_t address[6] = { 0xA0, 0xA1, 0xA2, 0xA3, 0xA4, 7 };

/* Frame number seq comes. */
static bool come(uint16_t seq, uint16_t len)
{
	for (int i = 0; i < len; i++)
		frame[i] = byte_of(seq, i);
	return arrive(frame, len);
}

static bool send(uint16_t seq, uint16_t len)
{
	for (int i = 0; i < len; i++)
		frame[i] = byte_of(seq, i);
	return ne2000_send(&card, frame, len);
}

/* The line is asserted while there is something to hear. */
static void interrupt(void)
{
	if (chip.isr & chip.imr)
		ne2000_intr(&card);
	if (chip.isr & chip.imr)
		complain("leaves something unheard");
}

/* Frames from number first on until the ring is full; how many fit. */
static int fill(uint16_t first, uint16_t len)
{
	int n = 0;

	while (come(first + n, len))
		n++;
	return n;
}

/* The last frame on the wire is number seq, and zeros. */
static bool went(uint16_t seq, uint16_t len)
{
	if (world.sent_len != MAX(len, 60))
		return false;
	for (int i = 0; i < world.sent_len; i++)
		if (world.sent[i] != (i < len ? byte_of(seq, i) : 0))
			return false;
	return true;
}

static bool taken(uint32_t n)
{
	return world.ntaken == n && world.nwrong == 0 && stats.received == n;
}

static bool starts(void)
{
	return memcmp(chip.par, address, 6) == 0 &&
	       chip.cr == (CR_NODMA | CR_STA) && chip.tcr == 0;
}

static bool reads_address(void)
{
	return ne2000_start(&card) && card.mac[0] == 0xA0 &&
	       card.mac[5] == 0xA5;
}

static bool no_card(void)
{
	chip.absent = true;
	return !ne2000_start(&card);
}

static bool not_an_ne2000(void)
{
	chip.mem[28] = 0;
	return !ne2000_start(&card);
}

/* Round the ring some 90 times. */
static bool every_length(void)
{
	for (int len = 60; len <= FRAME_MAX; len++) {
		if (!come(len, len))
			return false;
		interrupt();
	}
	return taken(FRAME_MAX - 59);
}

static bool every_page(void)
{
	for (int i = 1; i <= 520; i++) {
		if (!come(i, i % 10 == 0 ? 60 : FRAME_MAX))
			return false;
		interrupt();
	}
	return taken(520);
}

/* 52 pages, of which one stays empty and each frame takes six. */
static bool many_at_once(void)
{
	for (int i = 1; i <= 8; i++)
		come(i, 1500);
	interrupt();
	return taken(8) && stats.interrupts == 1;
}

static bool no_buffers(void)
{
	world.full = true;
	come(1, 100);
	come(2, 1000);
	interrupt();
	world.full = false;
	come(3, 100);
	interrupt();
	return taken(1) && stats.dropped == 2;
}

/* The frame in the ring is lost, the ring starts anew and another one
 * arrives. */
static bool starts_anew(void)
{
	interrupt();
	come(2, 300);
	interrupt();
	return taken(1) && stats.errors == 1;
}

/* A frame of len bytes has come, and a byte of its header is another one. */
static bool damaged(uint16_t len, int byte, uint8_t value)
{
	come(1, len);
	chip.mem[(card.next << 8) + byte] = value;
	return starts_anew();
}

static bool bad_next_low(void)
{
	return damaged(300, 1, NE_TX_START);
}

static bool bad_next_high(void)
{
	return damaged(300, 1, NE_RING_STOP);
}

static bool bad_next_itself(void)
{
	return damaged(300, 1, card.next);
}

static bool bad_next_far(void)
{
	return damaged(300, 1, card.next + 3);
}

/* Brings the ring to where its next frame will take that page. */
static void advance(uint8_t page)
{
	while (card.next != page) {
		come(0, 60);
		interrupt();
	}
	memset(&stats, 0, sizeof(stats));
	memset(&world, 0, sizeof(world));
}

/* As far from here as the count asks for, but outside. */
static bool bad_next_past_end(void)
{
	advance(NE_RING_STOP - 2);
	return damaged(300, 1, NE_RING_STOP);
}

static bool bad_next_before_start(void)
{
	advance(NE_RING_STOP - 3);
	return damaged(300, 1, NE_RING_START - 1);
}

/* The count goes with the next page, but nothing has come that far. */
static bool bad_both(void)
{
	come(1, 300);
	chip.mem[(card.next << 8) + 1] = card.next + 3;
	chip.mem[(card.next << 8) + 3] = 0x02;
	return starts_anew();
}

static bool bad_count_less(void)
{
	return damaged(600, 3, 0x01);
}

static bool bad_count_more(void)
{
	return damaged(600, 3, 0x03);
}

static bool bad_count_small(void)
{
	return damaged(300, 3, 0);
}

static bool bad_count_great(void)
{
	return damaged(300, 3, 0x7F);
}

static bool bad_status(void)
{
	return damaged(300, 0, 0x02);
}

/* All that was in the ring is read, and what comes next too. */
static bool full(int n)
{
	interrupt();
	if (!taken(n) || stats.overflows != 1)
		return false;
	come(1000, 700);
	interrupt();
	return taken(n + 1);
}

static bool overflow_idle(void)
{
	return full(fill(1, 1000));
}

static bool overflow_small(void)
{
	return full(fill(1, 60));
}

/* Again and again, each time at another place of the ring. */
static bool overflows(void)
{
	int n = 0;

	for (int i = 0; i < 60; i++) {
		n += fill(n + 1, 60 + 23 * i);
		interrupt();
	}
	return taken(n) && stats.overflows == 60;
}

static bool overflow_sent(void)
{
	int n = fill(1, 1000);

	send(2000, 500);
	finish(ISR_PTX);
	return full(n) && world.nsent == 1 && stats.sent == 1;
}

/* The stop lets the frame go: it must not go twice. */
static bool overflow_sending(void)
{
	int n = fill(1, 1000);

	send(2000, 500);
	return full(n) && world.nsent == 1 && !(chip.cr & CR_TXP);
}

/* The stop cuts the frame: it must go again, and the other one after it. */
static bool overflow_cut(void)
{
	int n = fill(1, 1000);

	chip.abort = true;
	send(2000, 500);
	send(2001, 600);
	if (!full(n) || world.nsent != 0)
		return false;
	finish(ISR_PTX);
	interrupt();
	if (!went(2000, 500))
		return false;
	finish(ISR_PTX);
	interrupt();
	return went(2001, 600) && world.nsent == 2 && stats.sent == 2;
}

/* It finishes in the stop, with another one waiting for its turn. */
static bool overflow_two(void)
{
	int n = fill(1, 1000);

	send(2000, 500);
	send(2001, 600);
	if (!full(n) || !went(2000, 500) || !(chip.cr & CR_TXP))
		return false;
	finish(ISR_PTX);
	interrupt();
	return went(2001, 600) && stats.sent == 2;
}

static bool overflow_damaged(void)
{
	fill(1, 1000);
	chip.mem[(card.next << 8) + 1] = 0;
	interrupt();
	come(1000, 700);
	interrupt();
	return taken(1) && stats.overflows == 1;
}

static void answer(void)
{
	send(2000 + world.ntaken, 100);
}

/* The ring is full of n frames, and the link answers each of them. */
static bool answered(int n)
{
	world.answer = answer;
	interrupt();
	world.answer = NULL;
	return taken(n) && stats.overflows == 1;
}

/* The next frame that leaves is number seq. */
static bool leaves(uint16_t seq, uint16_t len)
{
	finish(ISR_PTX);
	interrupt();
	return went(seq, len);
}

/* The answers wait for the wire. */
static bool overflow_answered(void)
{
	return answered(fill(1, 1000)) && leaves(2001, 100) &&
	       leaves(2002, 100) && world.nsent == 2;
}

static bool overflow_cut_answered(void)
{
	int n = fill(1, 1000);

	chip.abort = true;
	send(2000, 500);
	return answered(n) && leaves(2000, 500) && leaves(2001, 100) &&
	       world.nsent == 2;
}

static bool overflow_sent_answered(void)
{
	int n = fill(1, 1000);

	send(2000, 500);
	finish(ISR_PTX);
	return answered(n) && leaves(2001, 100) && world.nsent == 2;
}

static bool every_length_out(void)
{
	for (int len = FRAME_MIN; len <= FRAME_MAX; len++) {
		if (!send(len, len))
			return false;
		finish(ISR_PTX);
		interrupt();
		if (!went(len, len))
			return false;
	}
	return stats.sent == FRAME_MAX - FRAME_MIN + 1;
}

static bool wrong_lengths(void)
{
	return !send(1, FRAME_MIN - 1) && !send(1, FRAME_MAX + 1) &&
	       card.tx_count == 0;
}

static bool two_out(void)
{
	if (!send(1, 1000) || !send(2, 200))
		return false;
	finish(ISR_PTX);
	interrupt();
	if (!went(1, 1000))
		return false;
	finish(ISR_PTX);
	interrupt();
	return went(2, 200) && card.tx_count == 0;
}

/* The third one waits for the first, without an interrupt. */
static bool three_out(void)
{
	if (!send(1, 1000) || !send(2, 200))
		return false;
	finish(ISR_PTX);
	if (!send(3, 300))
		return false;
	finish(ISR_PTX);
	interrupt();
	finish(ISR_PTX);
	interrupt();
	return went(3, 300) && stats.sent == 3 && card.tx_count == 0;
}

static bool out_given_up(void)
{
	send(1, 100);
	send(2, 200);
	finish(ISR_TXE);
	interrupt();
	finish(ISR_PTX);
	interrupt();
	return went(2, 200) && stats.sent == 1 && stats.errors == 1;
}

/* Nothing leaves: the third one is refused, and the card starts anew. */
static bool out_stuck(void)
{
	chip.stuck = true;
	send(1, 100);
	send(2, 200);
	if (send(3, 300))
		return false;
	chip.stuck = false;
	chip.cr &= ~CR_TXP;
	send(4, 400);
	finish(ISR_PTX);
	interrupt();
	return went(4, 400) && stats.sent == 1;
}

static bool in_while_out(void)
{
	send(1, 1000);
	for (int i = 1; i <= 5; i++)
		come(i, 500);
	interrupt();
	send(2, 100);
	finish(ISR_PTX);
	interrupt();
	if (!went(1, 1000))
		return false;
	finish(ISR_PTX);
	interrupt();
	return went(2, 100) && taken(5);
}

static bool tallies(void)
{
	chip.tally[1] = 200;
	chip.tally[2] = 3;
	chip.isr |= ISR_CNT;
	interrupt();
	return stats.errors == 203;
}

/* Both buffers are full, nothing leaves, and the link answers: the card is
 * started anew in the middle of the reception. */
static bool in_stuck(void)
{
	chip.stuck = true;
	send(1, 100);
	send(2, 200);
	come(1, 300);
	come(2, 300);
	world.answer = answer;
	interrupt();
	world.answer = NULL;
	chip.stuck = false;
	come(3, 300);
	interrupt();
	return taken(2) && stats.errors == 3 && send(4, 400) &&
	       leaves(4, 400);
}

static bool for_nothing(void)
{
	ne2000_intr(&card);
	return taken(0) && stats.sent == 0 && stats.errors == 0;
}

static const struct {
	const char *name;
	bool (*right)(void);
} situations[] = {
	{ "start", starts },
	{ "the address in the ROM", reads_address },
	{ "no card", no_card },
	{ "another card", not_an_ne2000 },
	{ "an interrupt for nothing", for_nothing },
	{ "frames of every length", every_length },
	{ "frames at every page", every_page },
	{ "many at once", many_at_once },
	{ "no buffers", no_buffers },
	{ "next page before the ring", bad_next_low },
	{ "next page after the ring", bad_next_high },
	{ "next page the same", bad_next_itself },
	{ "next page too far", bad_next_far },
	{ "next page past the end", bad_next_past_end },
	{ "next page past the start", bad_next_before_start },
	{ "next page and count", bad_both },
	{ "count a page less", bad_count_less },
	{ "count a page more", bad_count_more },
	{ "count too small", bad_count_small },
	{ "count too great", bad_count_great },
	{ "a damaged frame", bad_status },
	{ "overflow", overflow_idle },
	{ "overflow, short frames", overflow_small },
	{ "overflow at every place", overflows },
	{ "overflow, sent", overflow_sent },
	{ "overflow, sending", overflow_sending },
	{ "overflow, sending cut", overflow_cut },
	{ "overflow, two to send", overflow_two },
	{ "overflow, damaged", overflow_damaged },
	{ "overflow, answered", overflow_answered },
	{ "overflow, cut and answered", overflow_cut_answered },
	{ "overflow, sent and answered", overflow_sent_answered },
	{ "every length out", every_length_out },
	{ "wrong lengths out", wrong_lengths },
	{ "two out", two_out },
	{ "three out", three_out },
	{ "one given up", out_given_up },
	{ "nothing leaves", out_stuck },
	{ "in while out", in_while_out },
	{ "in while nothing leaves", in_stuck },
	{ "tallies", tallies },
};

/* Before it may interrupt, somebody has to listen. */
static bool begin(void)
{
	bool started = ne2000_start(&card);

	if (started && chip.imr != 0)
		complain("interrupts too early");
	if (started && chip.tcr == 0)
		complain("receives too early");
	ne2000_listen(&card, address);
	return started;
}

/* From a card that has just been started. */
static bool try(int i)
{
	memset(&stats, 0, sizeof(stats));
	memset(&world, 0, sizeof(world));
	memset(&card, 0, sizeof(card));
	card.ops = &model;
	card.stats = &stats;
	power_on();
	if (begin() && situations[i].right() &&
	    chip.complaint == NULL)
		return true;
	cprintf("ne2000: %s: wrong; the driver %s\n", situations[i].name,
		chip.complaint != NULL ? chip.complaint : "obeys");
	return false;
}

void ne2000_check(void)
{
	int n = ARRAY_SIZE(situations), right = 0;

	for (int i = 0; i < n; i++)
		right += try(i);
	cprintf("ne2000: %d of %d situations right\n", right, n);
}

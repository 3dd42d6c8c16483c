/*
 * The wire inside cluster: an Ethernet hub for the socket module of Bochs
 * (a frame is a UDP datagram on loopback) that can be told to do wrong.
 *
 * What goes wrong by chance depends on the seed, on who sends which frame to
 * whom and for which time, and on nothing else: the order in which machines
 * happen to run does not change it. What goes wrong on purpose waits for the
 * K-th data frame of a type; one that is sent again is not counted again.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "cluster.h"
#include "host.h"

/* Frames of the kernel's own kind: where their fields are. All numbers but
 * the Ethernet type are little endian. */
enum {
	AT_TO = 0,
	AT_FROM = 6,
	AT_ETHERTYPE = 12,		/* 16 bits, big endian */
	AT_VERSION = 14,		/* 8 */
	AT_KIND = 15,			/* 8 */
	AT_CHECKSUM = 16,		/* 32 */
	AT_SESSION = 20,		/* 32: the sender's */
	AT_PEER_SESSION = 24,		/* 32: the receiver's */
	AT_SEQ = 28,			/* 32 */
	AT_ACK = 32,			/* 32 */
	AT_LENGTH = 36,			/* 16: of the payload */
	AT_TYPE = 38,			/* 16: of the message, in data */
	AT_PAYLOAD = 40,

	ETHERTYPE = 0x88b5,
	HELLO = 1,
	DATA = 2,
	ACK = 3,

	ADDRESS = 6,
	MIN_FRAME = 14,
	MAX_FRAME = 2048,
};

enum {
	MAX_RULES = 32,
	HELD_MS = 20,			/* at most, for a next one to pass */
	MAX_DELAY_MS = 50,
	INJECT_MS = 10,
	LINE = 4 * MAX_FRAME,		/* of hex digits and blanks */
	SOCKET_BYTES = 4 << 20,
	EVERYBODY = 0,
};

struct frame {
	int from;			/* 0: injected */
	unsigned times;			/* that it has passed, with this */
	size_t len;
	uint8_t data[MAX_FRAME];
};

/* A frame on its way to a node, later. */
struct parcel {
	struct parcel *next;
	int to;
	long due;
	bool held;			/* until another one passes it */
	struct frame frame;
};

/* What happens, once, when the K-th data frame of a type passes. */
struct rule {
	enum { KILL, CUT, DROP } what;
	int node;
	unsigned type, k;
	bool own;			/* only those from or to node */
	unsigned seen;			/* so far */
	bool before;			/* KILL: it is not delivered */
	long ms;			/* KILL: after it; CUT: 0 is for ever */
	long due;			/* KILL: decided; LONG_MAX: it is not */
};

/* What happens to one frame on its way to one node. */
struct fate {
	bool lost, doubled, held;
	long delay;
	size_t damaged_at;		/* 0: it is not */
	uint8_t damage;
};

/* Percents */
static int loss, dup_, reorder, delay, damage;
static long seed = 1;

static const struct {
	const char *name;
	int *percent;
} chances[] = {
	{ "loss", &loss }, { "dup", &dup_ }, { "reorder", &reorder },
	{ "delay", &delay }, { "damage", &damage },
};

static struct rule rules[MAX_RULES];
static int nrules;
static int sockets[MAX_NODE + 1];	/* by node; 0: none */
static bool spoke[MAX_NODE + 1];
static long cut_until[MAX_NODE + 1];
static struct parcel *parcels;
static FILE *log_file;
static long started;
static FILE *inject;			/* frames to throw in */
static long inject_due = LONG_MAX;

/* --- fields ------------------------------------------------------------ */

static unsigned get16(const uint8_t *p)
{
	return p[0] | p[1] << 8;
}

static uint32_t get32(const uint8_t *p)
{
	return get16(p) | (uint32_t)get16(p + 2) << 16;
}

static unsigned ethertype(const struct frame *f)
{
	return f->data[AT_ETHERTYPE] << 8 | f->data[AT_ETHERTYPE + 1];
}

static bool is_ours(const struct frame *f)
{
	return f->len >= AT_PAYLOAD && ethertype(f) == ETHERTYPE;
}

static bool is_data(const struct frame *f)
{
	return is_ours(f) && f->data[AT_KIND] == DATA;
}

static const uint8_t address_of_cards[ADDRESS - 1] = { 0xb0, 0xc4, 0x20 };

/* Who it is for, by its address; a stranger's may be anywhere. */
static int destination(const struct frame *f)
{
	int node = f->data[AT_TO + ADDRESS - 1];

	if (memcmp(f->data + AT_TO, address_of_cards, ADDRESS - 1) ||
	    node > MAX_NODE || !sockets[node])
		return EVERYBODY;
	return node;
}

/* --- the faults that are asked for ------------------------------------- */

static void __attribute__((noreturn)) bad_word(const char *word)
{
	die("faults: '%s'; expected loss= dup= reorder= delay= damage= "
	    "(percent), seed=N, kill=NODE@[own]TYPE#K[:before|:after|:MS], "
	    "cut=NODE@[own]TYPE#K:MS, drop=TYPE#K or inject=FILE", word);
}

/* @text is @pattern, with a number where that has a %: into @n in turn. */
static const char *take(const char *text, const char *pattern, long *n)
{
	char *end;

	for (; *pattern; pattern++) {
		if (*pattern != '%') {
			if (*text++ != *pattern)
				return NULL;
			continue;
		}
		if (!isdigit((unsigned char)*text))
			return NULL;
		*n++ = strtol(text, &end, 10);
		text = end;
	}
	return text;
}

static void check_rule(const struct rule *r, const char *word)
{
	bool known = r->what == DROP;

	for (int i = 0; i < nnodes; i++)
		known |= r->node == node_number(i);
	if (!known || r->type > UINT16_MAX || r->k < 1)
		die("faults: '%s'; expected a node of the %d, a type up to "
		    "%d, and a frame counted from 1", word, nnodes,
		    UINT16_MAX);
}

/* The third of type 7, as 2@7#3, or of those from or to node 2, as 2@own7#3:
 * what follows that in the word. */
static const char *node_rule(struct rule *r, const char *text)
{
	long n[3];
	const char *rest = take(text, "%@%#%", n);

	if (!rest) {
		rest = take(text, "%@own%#%", n);
		r->own = rest != NULL;
	}
	if (rest) {
		r->node = n[0];
		r->type = n[1];
		r->k = n[2];
	}
	return rest;
}

/* kill=2@7#3, and what follows it */
static bool kill_rule(struct rule *r, const char *word)
{
	const char *rest = NULL, *end;
	long ms;

	if (!strncmp(word, "kill=", 5))
		rest = node_rule(r, word + 5);
	if (!rest)
		return false;
	r->what = KILL;
	if (!*rest || !strcmp(rest, ":before"))
		r->before = true;
	else if ((end = take(rest, ":%", &ms)) && !*end)
		r->ms = ms;
	else if (strcmp(rest, ":after"))
		bad_word(word);
	return true;
}

static bool other_rule(struct rule *r, const char *word)
{
	const char *end;
	long n[2];

	if (!strncmp(word, "cut=", 4) && (end = node_rule(r, word + 4)) &&
	    (end = take(end, ":%", &r->ms)) && !*end) {
		r->what = CUT;
		return true;
	}
	if ((end = take(word, "drop=%#%", n)) && !*end) {
		r->what = DROP;
		r->type = n[0];
		r->k = n[1];
		return true;
	}
	return false;
}

static bool chance_word(const char *word)
{
	size_t i, len = strcspn(word, "=");

	for (i = 0; i < sizeof(chances) / sizeof(chances[0]); i++) {
		if (strlen(chances[i].name) != len ||
		    strncmp(chances[i].name, word, len) || !word[len])
			continue;
		*chances[i].percent = number(word + len + 1, chances[i].name,
					     0, 100);
		return true;
	}
	return false;
}

static size_t read_hex(const char *line, uint8_t *data);

/* All of it is read once, now: a mistake in it comes to light at once. */
static void open_inject(const char *file)
{
	char line[LINE];
	uint8_t data[MAX_FRAME];

	inject = fopen(file, "re");
	if (!inject)
		die("%s: %s", file, strerror(errno));
	while (fgets(line, sizeof(line), inject))
		read_hex(line, data);
	rewind(inject);
}

static void fault(const char *word)
{
	struct rule r = { .due = LONG_MAX };

	if (chance_word(word))
		return;
	if (!strncmp(word, "seed=", 5)) {
		seed = number(word + 5, "seed", 0, INT_MAX);
	} else if (!strncmp(word, "inject=", 7)) {
		open_inject(word + 7);
	} else if (kill_rule(&r, word) || other_rule(&r, word)) {
		check_rule(&r, word);
		if (nrules == MAX_RULES)
			die("faults: more than %d rules", MAX_RULES);
		rules[nrules++] = r;
	} else {
		bad_word(word);
	}
}

void hub_faults(char *words)
{
	char *copy = strdup(words), *word;

	for (word = strtok(copy, " \t\n"); word; word = strtok(NULL, " \t\n"))
		fault(word);
	free(copy);
}

/* --- what has been seen ------------------------------------------------ */

/* A frame, however often it is sent. Of frames without a number (greetings,
 * and those of other kinds) there is one, and it is sent again and again. */
struct seen {
	uint32_t session, number;
	uint8_t from, to, kind;
	unsigned times;			/* 0: a free place of the table */
};

static struct seen *table;
static size_t nseen, table_size;

static struct seen identify(const struct frame *f)
{
	struct seen s = { .from = f->from, .to = destination(f) };

	if (!is_ours(f))
		return s;
	s.session = get32(f->data + AT_SESSION);
	s.kind = f->data[AT_KIND];
	if (s.kind == DATA)
		s.number = get32(f->data + AT_SEQ);
	else if (s.kind == ACK)
		s.number = get32(f->data + AT_ACK);
	return s;
}

static uint64_t mix(uint64_t x)
{
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
	x = (x ^ x >> 27) * 0x94d049bb133111eb;
	return x ^ x >> 31;
}

static uint64_t ends_and_kind(const struct seen *s)
{
	return (uint64_t)s->from << 16 | s->to << 8 | s->kind;
}

static struct seen *find_seen(const struct seen *s)
{
	size_t i = mix(s->number + mix(s->session + mix(ends_and_kind(s))));
	struct seen *t;

	for (;; i++) {
		t = &table[i & (table_size - 1)];
		if (!t->times || (t->session == s->session &&
		    t->number == s->number &&
		    ends_and_kind(t) == ends_and_kind(s)))
			return t;
	}
}

static void grow_table(void)
{
	struct seen *old = table;
	size_t i, n = table_size;

	table_size = n ? 2 * n : 1024;
	table = calloc(table_size, sizeof(*table));
	if (!table)
		die("no memory for the frames that were seen");
	for (i = 0; i < n; i++)
		if (old[i].times)
			*find_seen(&old[i]) = old[i];
	free(old);
}

/* How often has this frame passed, with this time? */
static unsigned count_times(const struct frame *f)
{
	struct seen s = identify(f), *t;

	if (2 * nseen >= table_size)
		grow_table();
	t = find_seen(&s);
	if (!t->times) {
		*t = s;
		nseen++;
	}
	return ++t->times;
}

/* --- chance ------------------------------------------------------------ */

static uint32_t draw(uint64_t *state)
{
	*state += 0x9e3779b97f4a7c15;
	return mix(*state) >> 32;
}

static bool happens(uint64_t *state, int percent)
{
	return draw(state) % 100 < (unsigned)percent;
}

/* Sessions are not the same in two runs, and have no part in it. */
static uint64_t dice(const struct frame *f, int to)
{
	struct seen s = identify(f);

	return mix(seed + mix(ends_and_kind(&s) << 8 | to)) +
	       mix((uint64_t)s.number << 32 | f->times);
}

/* Whatever is asked for, the other numbers stay as they were. */
static struct fate draw_fate(const struct frame *f, int to)
{
	uint64_t state = dice(f, to);
	struct fate fate = { 0 };
	uint32_t how_late, where, how;

	fate.lost = happens(&state, loss);
	fate.doubled = happens(&state, dup_);
	fate.held = happens(&state, reorder);
	fate.delay = happens(&state, delay);
	fate.damaged_at = happens(&state, damage);
	how_late = draw(&state);
	where = draw(&state);
	how = draw(&state);
	if (fate.delay)
		fate.delay = 1 + how_late % MAX_DELAY_MS;
	if (fate.damaged_at)		/* it still gets to its card */
		fate.damaged_at = ADDRESS + where % (f->len - ADDRESS);
	fate.damage = 1 + how % 255;
	return fate;
}

/* --- the log ----------------------------------------------------------- */

void hub_log(const char *file)
{
	log_file = fopen(file, "we");
	if (!log_file)
		die("%s: %s", file, strerror(errno));
	setvbuf(log_file, NULL, _IOLBF, 0);
	fprintf(log_file, "#%6s %4s %2s %-5s %5s %10s %10s %5s %s\n", "ms",
		"from", "to", "kind", "type", "seq", "ack", "bytes",
		"what was done");
}

/* A column: a number, or a - where the frame has none. */
static void log_number(int width, bool has, unsigned long n)
{
	if (has)
		fprintf(log_file, " %*lu", width, n);
	else
		fprintf(log_file, " %*s", width, "-");
}

static const char *kind_name(const struct frame *f)
{
	static const char *const names[] = { "?", "HELLO", "DATA", "ACK" };
	static char other[8];
	unsigned kind = f->data[AT_KIND];

	if (is_ours(f))
		return names[kind <= ACK ? kind : 0];
	snprintf(other, sizeof(other), "%04x", ethertype(f));
	return other;
}

/* @bytes: the payload's of our frames, the whole length of others. */
static void __attribute__((format(printf, 3, 4)))
log_frame(const struct frame *f, int to, const char *what, ...)
{
	bool ours = is_ours(f);
	va_list ap;

	if (!log_file)
		return;
	fprintf(log_file, "%7ld %4d %2d %-5s", now() - started, f->from, to,
		kind_name(f));
	log_number(5, is_data(f), get16(f->data + AT_TYPE));
	log_number(10, ours, get32(f->data + AT_SEQ));
	log_number(10, ours, get32(f->data + AT_ACK));
	log_number(5, true, ours ? get16(f->data + AT_LENGTH) : f->len);
	fprintf(log_file, " ");
	va_start(ap, what);
	vfprintf(log_file, what, ap);
	va_end(ap);
	fprintf(log_file, "\n");
}

/* --- delivery ---------------------------------------------------------- */

static void deliver(const struct frame *f, int to)
{
	struct sockaddr_in a = { .sin_family = AF_INET };

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	a.sin_port = htons(card_port(to));
	sendto(sockets[to], f->data, f->len, 0, (struct sockaddr *)&a,
	       sizeof(a));
}

static void send_later(const struct frame *f, int to, long ms, bool held)
{
	struct parcel *p = malloc(sizeof(*p)), **end = &parcels;

	if (!p)
		die("no memory for a frame");
	p->frame = *f;
	p->to = to;
	p->due = now() + ms;
	p->held = held;
	p->next = NULL;
	while (*end)
		end = &(*end)->next;
	*end = p;
}

static bool is_cut(int node)
{
	return cut_until[node] > now();
}

/* Delivers the parcels that @wanted says, of those from and to two nodes. */
static void deliver_parcels(bool (*wanted)(const struct parcel *, int, int),
			    int from, int to)
{
	struct parcel **at = &parcels, *p;

	while ((p = *at)) {
		if (!wanted(p, from, to)) {
			at = &p->next;
			continue;
		}
		*at = p->next;
		if (is_cut(p->to) || is_cut(p->frame.from)) {
			log_frame(&p->frame, p->to, "late: cut");
		} else {
			log_frame(&p->frame, p->to, "late: delivered");
			deliver(&p->frame, p->to);
		}
		free(p);
	}
}

static bool is_due(const struct parcel *p, int from, int to)
{
	(void)from, (void)to;
	return now() >= p->due;
}

static bool is_passed(const struct parcel *p, int from, int to)
{
	return p->held && p->frame.from == from && p->to == to;
}

static void put_off(const struct frame *f, int to, const struct fate *fate,
		    const char *note)
{
	if (fate->delay)
		log_frame(f, to, "delayed %ld ms%s", fate->delay, note);
	else
		log_frame(f, to, "held%s", note);
	send_later(f, to, fate->delay ? fate->delay : HELD_MS, !fate->delay);
}

/* What the wire does with a frame for one node; @note: more for the log. */
static void pass(struct frame *f, int to, const char *note)
{
	struct fate fate = draw_fate(f, to);
	struct frame changed = *f;
	char more[64] = "";

	if (is_cut(f->from) || is_cut(to)) {
		log_frame(f, to, "cut%s", note);
		return;
	}
	if (fate.lost) {
		log_frame(f, to, "lost%s", note);
		return;
	}
	if (fate.damaged_at) {
		changed.data[fate.damaged_at] ^= fate.damage;
		snprintf(more, sizeof(more), ", damaged at %zu",
			 fate.damaged_at);
	}
	strncat(more, note, sizeof(more) - 1 - strlen(more));
	if (fate.delay || fate.held) {
		put_off(&changed, to, &fate, more);
	} else {
		log_frame(f, to, "delivered%s", more);
		deliver(&changed, to);
		deliver_parcels(is_passed, f->from, to);
	}
	if (fate.doubled) {
		log_frame(f, to, "doubled");
		deliver(&changed, to);
	}
}

static void pass_to_all(struct frame *f, const char *note)
{
	for (int to = 1; to <= MAX_NODE; to++)
		if (sockets[to] && to != f->from)
			pass(f, to, note);
}

/* --- rules ------------------------------------------------------------- */

static void kill_now(struct rule *r)
{
	say("node %d is killed: frame %u of type %u %s", r->node, r->k,
	    r->type, r->before ? "was on its way" : "has been delivered");
	if (log_file)
		fprintf(log_file, "%7ld kill node %d\n", now() - started,
			r->node);
	r->due = LONG_MAX;
	kill_node(r->node);
}

static void cut_now(struct rule *r)
{
	cut_until[r->node] = r->ms ? now() + r->ms : LONG_MAX;
	say("node %d is cut off: frame %u of type %u", r->node, r->k, r->type);
	if (log_file)
		fprintf(log_file, "%7ld cut node %d\n", now() - started,
			r->node);
}

/* Is it this frame that the rule waits for? */
static bool fires(struct rule *r, const struct frame *f)
{
	if (r->type != get16(f->data + AT_TYPE))
		return false;
	if (r->own && r->node != f->from && r->node != destination(f))
		return false;
	return ++r->seen == r->k;
}

/* A frame of data that was not seen before. False: it goes no further. */
static bool apply_rules(const struct frame *f)
{
	bool goes_on = true;
	struct rule *r;
	int to = destination(f);

	for (r = rules; r < rules + nrules; r++) {
		if (!fires(r, f))
			continue;
		if (r->what == DROP) {
			goes_on = false;
		} else if (r->what == CUT) {
			cut_now(r);
		} else if (!r->before) {
			r->due = now() + r->ms;
		} else {
			kill_now(r);
			if (r->node == f->from || r->node == to)
				goes_on = false;
		}
	}
	return goes_on;
}

static void kill_those_due(void)
{
	for (struct rule *r = rules; r < rules + nrules; r++)
		if (now() >= r->due)
			kill_now(r);
}

static void got_frame(struct frame *f)
{
	int to = destination(f);
	const char *note;

	f->times = count_times(f);
	if (is_data(f) && f->times == 1 && !apply_rules(f)) {
		log_frame(f, to, "dropped");
		return;
	}
	note = is_data(f) && f->times > 1 ? ", again" : "";
	if (to == EVERYBODY)
		pass_to_all(f, note);
	else
		pass(f, to, note);
	kill_those_due();
}

/* --- frames from a file ------------------------------------------------ */

/* A line of hex digits, blanks between them as you like. 0: no frame. */
static size_t read_hex(const char *line, uint8_t *data)
{
	size_t n = 0;
	int used;

	while (line += strspn(line, " \t\r\n"), *line && *line != '#') {
		if (n == MAX_FRAME || sscanf(line, "%2hhx%n", &data[n],
					     &used) != 1 || used != 2)
			die("inject: '%.*s'; expected pairs of hex digits, "
			    "%d at most", (int)strcspn(line, "\r\n"), line,
			    MAX_FRAME);
		n++;
		line += 2;
	}
	return n;
}

/* Addressed to nobody: each gets it with its own address. */
static void inject_to(struct frame *f, int to)
{
	static const uint8_t nobody[ADDRESS];
	struct frame copy = *f;

	if (f->len >= ADDRESS && !memcmp(f->data, nobody, ADDRESS)) {
		memcpy(copy.data, address_of_cards, ADDRESS - 1);
		copy.data[ADDRESS - 1] = to;
	}
	log_frame(&copy, to, "injected");
	deliver(&copy, to);
}

static void inject_next(void)
{
	char line[LINE];
	struct frame f = { 0 };

	while (!f.len && fgets(line, sizeof(line), inject))
		f.len = read_hex(line, f.data);
	if (!f.len) {
		inject_due = LONG_MAX;
		say("all frames of the file have been injected");
		return;
	}
	for (int to = 1; to <= MAX_NODE; to++)
		if (sockets[to])
			inject_to(&f, to);
	inject_due = now() + INJECT_MS;
}

/* Injection begins when everybody has spoken. */
static void has_spoken(int node)
{
	spoke[node] = true;
	if (!inject || inject_due != LONG_MAX || feof(inject))
		return;
	for (int i = 0; i < nnodes; i++)
		if (!spoke[node_number(i)])
			return;
	inject_due = now() + INJECT_MS;
}

/* --- sockets ----------------------------------------------------------- */

void hub_open(void)
{
	int i, node, bytes = SOCKET_BYTES;

	started = now();
	for (i = 0; i < nnodes; i++) {
		node = node_number(i);
		sockets[node] = udp_socket(INADDR_LOOPBACK, wire_port(node));
		if (sockets[node] < 0)
			die("UDP port %d: %s", wire_port(node),
			    strerror(errno));
		setsockopt(sockets[node], SOL_SOCKET, SO_RCVBUF, &bytes,
			   sizeof(bytes));
	}
}

int hub_poll(struct pollfd *f)
{
	int n = 0;

	for (int node = 1; node <= MAX_NODE; node++)
		if (sockets[node])
			f[n++] = watch(sockets[node], POLLIN);
	return n;
}

static void read_socket(int node)
{
	struct frame f = { .from = node };
	ssize_t n;

	while ((n = recv(sockets[node], f.data, sizeof(f.data), 0)) >= 0) {
		f.len = n;
		if (n < MIN_FRAME)
			continue;
		has_spoken(node);
		got_frame(&f);
	}
}

void hub_turn(const struct pollfd *f, int n)
{
	int node = 0;

	for (int i = 0; i < n; i++) {
		while (!sockets[++node])
			;
		if (f[i].revents)
			read_socket(node);
	}
	deliver_parcels(is_due, 0, 0);
	kill_those_due();
	if (now() >= inject_due)
		inject_next();
}

long hub_alarm(void)
{
	long end = inject_due;

	for (struct parcel *p = parcels; p; p = p->next)
		end = p->due < end ? p->due : end;
	for (int i = 0; i < nrules; i++)
		end = rules[i].due < end ? rules[i].due : end;
	return end;
}

void hub_close(void)
{
	if (log_file)
		fclose(log_file);
	log_file = NULL;
	for (int node = 1; node <= MAX_NODE; node++)
		if (sockets[node])
			close(sockets[node]);
	memset(sockets, 0, sizeof(sockets));
}

/*
 * cluster - run several machines on one Ethernet until all have powered off.
 *
 * Each machine is a vm (see vm.c) with a network card in its first PCI slot.
 * The wire is Bochs's own hub (bxhub), a switch of VDE, or the hub in hub.c,
 * which can lose frames and worse. What the consoles say comes out line by
 * line, with the number of the node in front.
 *
 * Input is for node 1, and for node 2 if the line starts with "2|".
 *
 * Exit status: 0 all nodes powered off; otherwise the worst of what happened
 * to one: 2 usage, environment, or the wire has gone; 4 a machine died; 3 its
 * bound passed; 130 the reader quit it. A node that the faults killed does
 * not count. PREFIX.N.status has the end of each.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "cluster.h"
#include "host.h"

const char program[] = "cluster";

enum {
	MAX_ARGS = 1024,		/* tmux gets those of all nodes */
	MAX_EXTRA = 16,
	MAX_WORDS = 511,		/* of the kernel's command line */
	MAX_BXHUB = 5,			/* its help says 6, which it refuses */
	FIRST_PORT = 20000,		/* below those that Linux gives out */
	PORT_BLOCK = 64,		/* of a cluster */
	PORT_BLOCKS = 190,
	LINE_WAITS_MS = 1000,		/* before it is shown unfinished */
	LAST_WORDS_MS = 5 * 1000,	/* for a machine to end */
	WIRE_STARTS_MS = 5 * 1000,
	WIRE_FD = 3,			/* of a machine */
};

enum wire { BXHUB, HUB, VDE };

/* What the command line asks for; zero or NULL: as vm does without it. */
static struct options {
	int first, last;		/* the nodes to run here */
	const char *cpus, *memory, *bound, *config;
	const char *ips;
	const char *words;
	const char *prompt;
	bool qemu;
	bool quiet;
	bool only_one;			/* node 1 has our terminal */
	bool panes;			/* each has one of tmux */
	enum wire wire;
	bool wire_given;
	const char *vde;		/* folder of somebody's switch */
	char *faults;
	const char *log;
	const char *prefix;
	const char *extra[MAX_EXTRA];
	int nextra;
	const char *image;
} opt;

/* What comes from a machine, up to the end of its line. */
struct stream {
	int fd;				/* or -1 */
	char data[2048];
	size_t len;
	long since;			/* when the first byte of it came */
};

struct node {
	int number;
	pid_t pid;			/* of its vm; 0: it has ended */
	int in;				/* its keyboard, or -1 */
	struct stream console, errors;
	bool killed;			/* by the faults */
	enum verdict verdict;
};

int nnodes;
static struct node nodes[MAX_NODES];
static int nrun;			/* those that run here */
static pid_t wire;			/* its process, if it has one */
static pid_t tmux;			/* our client of it, with -t */
static int wire_fd = -1;		/* the socket of the switch of VDE */
static int base;			/* of our block of ports */
static char dir[PATH_MAX - 64];
static char vm_path[PATH_MAX];
static FILE *merged;			/* the consoles as they are shown */
static int cursor;			/* node of the line it is in, or 0 */
static bool quitting;			/* the reader has quit a node */
static int stop_signal;
static long stop_alarm = LONG_MAX;

/* --- small things ------------------------------------------------------ */

static bool any_runs(void)
{
	if (tmux)
		return true;
	for (int i = 0; i < nrun; i++)
		if (nodes[i].pid)
			return true;
	return false;
}

static void signal_nodes(int sig)
{
	for (int i = 0; i < nrun; i++)
		if (nodes[i].pid)
			kill(nodes[i].pid, sig);
	if (tmux)
		kill(tmux, sig);
}

/* For a way out that nobody planned: what still runs has a moment to end. */
static void end_processes(void)
{
	long limit = now() + LAST_WORDS_MS;
	int i;

	signal_nodes(SIGTERM);
	while (any_runs() && now() < limit) {
		if (tmux && waitpid(tmux, NULL, WNOHANG))
			tmux = 0;
		for (i = 0; i < nrun; i++)
			if (nodes[i].pid &&
			    waitpid(nodes[i].pid, NULL, WNOHANG))
				nodes[i].pid = 0;
		usleep(5000);
	}
	signal_nodes(SIGKILL);
	if (wire > 0) {
		kill(wire, SIGTERM);
		waitpid(wire, NULL, 0);
	}
	wire = 0;
}

/* Leave nothing behind. Runs at every exit. */
static void clean_up(void)
{
	end_processes();
	hub_close();
	if (dir[0])
		remove_folder(dir);
	dir[0] = '\0';
}

/* The address of bxhub itself is no node's. */
int node_number(int i)
{
	return i + 1 < BXHUBS_OWN ? i + 1 : i + 2;
}

static struct node *find_node(int number)
{
	for (int i = 0; i < nrun; i++)
		if (nodes[i].number == number)
			return &nodes[i];
	return NULL;
}

/* --- options ----------------------------------------------------------- */

static void __attribute__((noreturn)) usage(void)
{
	fputs("usage: cluster -n nodes [-k first-last: those to run here]\n"
	      "          [-w bxhub|hub|vde|vde:FOLDER] [-F 'faults'] "
	      "[-l log of frames]\n"
	      "          [-c cpus] [-m MB] [-a 'command line'] "
	      "[-b millions of ticks] [-i ips]\n"
	      "          [-e bochs|qemu] [-f bochsrc] [-x 'extra emulator "
	      "argument']...\n"
	      "          [-o PREFIX] [-q] [-1: this terminal is node 1's] "
	      "[-t: panes of tmux]\n"
	      "          [-p prompt: a line of standard input for each one] "
	      "IMAGE\n", stderr);
	exit(TROUBLE);
}

static void set_wire(const char *arg)
{
	opt.wire_given = true;
	if (!strcmp(arg, "bxhub"))
		opt.wire = BXHUB;
	else if (!strcmp(arg, "hub"))
		opt.wire = HUB;
	else if (!strcmp(arg, "vde") || !strncmp(arg, "vde:/", 5))
		opt.wire = VDE;
	else
		die("-w is '%s'; expected bxhub, hub, vde, or vde:/FOLDER "
		    "of a switch that runs", arg);
	if (arg[3] == ':')
		opt.vde = arg + 4;
}

static void set_range(const char *arg)
{
	char *end;

	opt.first = strtol(arg, &end, 10);
	opt.last = opt.first;
	if (*end == '-')
		opt.last = strtol(end + 1, &end, 10);
	if (*end || opt.first < 1 || opt.last < opt.first)
		die("-k is '%s'; expected the numbers of nodes, as 4-6", arg);
}

static void add_extra(const char *arg)
{
	if (opt.nextra == MAX_EXTRA)
		die("more than %d -x arguments", MAX_EXTRA);
	opt.extra[opt.nextra++] = arg;
}

static void set_option(int c, char *arg)
{
	switch (c) {
	case 'n': nnodes = number(arg, "-n", 2, MAX_NODES); break;
	case 'k': set_range(arg); break;
	case 'w': set_wire(arg); break;
	case 'F': opt.faults = arg; break;
	case 'l': opt.log = arg; break;
	case 'c': opt.cpus = arg; number(arg, "-c", 1, 8); break;
	case 'm': opt.memory = arg; number(arg, "-m", 1, 2048); break;
	case 'a': opt.words = arg; break;
	case 'b': opt.bound = arg; number(arg, "-b", 0, 1000000); break;
	case 'i': opt.ips = arg; number(arg, "-i", 1000000, 1000000000); break;
	case 'e': opt.qemu = choice(arg, "-e", "bochs", "qemu"); break;
	case 'f': opt.config = arg; break;
	case 'o': opt.prefix = arg; break;
	case 'p': opt.prompt = arg; break;
	case 'q': opt.quiet = true; break;
	case '1': opt.only_one = opt.quiet = true; break;
	case 't': opt.panes = true; break;
	case 'x': add_extra(arg); break;
	default: usage();
	}
}

/* The hub that can do what is asked for, if none was chosen. */
static void check_wire(void)
{
	bool ours = opt.faults || opt.log;

	if (!opt.wire_given)
		opt.wire = ours || opt.qemu ? HUB : BXHUB;
	if (ours && opt.wire != HUB)
		die("faults (-F) and a log (-l): expected -w hub, which "
		    "knows them");
	if (opt.wire == BXHUB && nnodes > MAX_BXHUB)
		die("-n is '%d'; bxhub has 2 to %d ports: expected -w hub "
		    "or -w vde for up to %d nodes", nnodes, MAX_BXHUB,
		    MAX_NODES);
	if (opt.qemu && opt.wire == BXHUB)
		die("-w bxhub joins machines of Bochs; expected -w hub or "
		    "vde with -e qemu");
	if (opt.last && opt.wire != VDE)
		die("-k: expected -w vde:/FOLDER, to join the nodes that "
		    "run elsewhere");
}

static void check_words(void)
{
	size_t room = MAX_WORDS - strlen(" nodes=NN");

	if (opt.words && strlen(opt.words) > room)
		die("-a: %zu characters; at most %zu", strlen(opt.words),
		    room);
}

static void get_options(int argc, char **argv)
{
	int c, i;

	opt.ips = "10000000";		/* as bochsrc says */
	while ((c = getopt(argc, argv,
			   "n:k:w:F:l:c:m:a:b:i:e:f:o:p:q1tx:")) != -1)
		set_option(c, optarg);
	if (optind != argc - 1)
		usage();
	if (!nnodes)
		die("-n: expected how many nodes, 2 to %d", MAX_NODES);
	opt.image = argv[optind];
	if (access(opt.image, R_OK))
		die("%s: %s", opt.image, strerror(errno));
	if (opt.panes && !isatty(0))
		die("-t: expected a terminal on standard input");
	check_wire();
	check_words();
	for (i = 0; i < nnodes; i++)
		if (!opt.last || (node_number(i) >= opt.first &&
				  node_number(i) <= opt.last))
			nodes[nrun++].number = node_number(i);
	if (!nrun)
		die("-k: none of the %d nodes; expected numbers from 1 to %d",
		    nnodes, node_number(nnodes - 1));
}

/* --- ports ------------------------------------------------------------- */

/*
 * A cluster has a block of UDP ports for itself. Of the two of node N, Bochs
 * binds the even one when it starts, and sends what its card sends to the odd
 * one. Port 0 of the block is nobody's: we hold it while we run, so two
 * clusters never choose the same block.
 */
int card_port(int node)
{
	return base + 2 * node;
}

int wire_port(int node)
{
	return card_port(node) + 1;
}

int udp_socket(uint32_t address, int port)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		die("socket: %s", strerror(errno));
	a.sin_addr.s_addr = htonl(address);
	a.sin_port = htons(port);
	if (bind(fd, (struct sockaddr *)&a, sizeof(a))) {
		close(fd);
		return -1;
	}
	return fd;
}

static bool port_is_free(int port)
{
	int fd = udp_socket(INADDR_ANY, port);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static bool block_is_free(void)
{
	int last = wire_port(node_number(nnodes - 1));

	for (int port = card_port(1); port <= last; port++)
		if (!port_is_free(port))
			return false;
	return true;
}

static void choose_ports(void)
{
	int i, fd;

	for (i = 0; i < PORT_BLOCKS; i++) {
		base = FIRST_PORT +
		       (getpid() + i) % PORT_BLOCKS * PORT_BLOCK;
		fd = udp_socket(INADDR_LOOPBACK, base);
		if (fd >= 0 && block_is_free())
			return;
		if (fd >= 0)
			close(fd);
	}
	die("no free UDP ports from %d to %d", FIRST_PORT,
	    FIRST_PORT + PORT_BLOCKS * PORT_BLOCK - 1);
}

/* --- what is shown ----------------------------------------------------- */

static void put(const char *data, size_t len)
{
	if (merged)
		fwrite(data, 1, len, merged);
	if (!opt.quiet && !write_all(1, data, len) && !stop_signal)
		stop_signal = SIGPIPE;
}

static void fresh_line(void)
{
	if (cursor)
		put("\n", 1);
	cursor = 0;
}

static size_t prefix(char *buf, int node)
{
	return sprintf(buf, "%*d| ", nnodes > 9 ? 2 : 1, node);
}

/* A line of a console, or as much of it as there is. */
static void show(struct node *n, const char *data, size_t len)
{
	char buf[16];

	if (cursor != n->number) {
		fresh_line();
		put(buf, prefix(buf, n->number));
	}
	put(data, len);
	cursor = data[len - 1] == '\n' ? 0 : n->number;
}

/* What vm says of a machine, on standard error. */
static void show_error(struct node *n, const char *data, size_t len)
{
	char buf[sizeof(n->errors.data) + 16];
	size_t at = prefix(buf, n->number);

	if (n->killed || stop_signal || (len == 1 && *data == '\n'))
		return;
	fresh_line();
	memcpy(buf + at, data, len);
	at += len;
	if (buf[at - 1] != '\n')
		buf[at++] = '\n';
	write_all(2, buf, at);
}

/* A line of our own. */
void say(const char *fmt, ...)
{
	va_list ap;

	if (opt.panes)
		return;			/* the screen is tmux's */
	fresh_line();
	fprintf(stderr, "cluster: ");
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fprintf(stderr, "\n");
	if (!merged)
		return;
	fprintf(merged, "cluster: ");
	va_start(ap, fmt);
	vfprintf(merged, fmt, ap);
	va_end(ap);
	fprintf(merged, "\n");
}

static void stream_show(struct node *n, struct stream *s, size_t len)
{
	if (!len)
		return;
	if (s == &n->console)
		show(n, s->data, len);
	else
		show_error(n, s->data, len);
	s->len -= len;
	memmove(s->data, s->data + len, s->len);
}

static void stream_lines(struct node *n, struct stream *s)
{
	char *end;

	while ((end = memchr(s->data, '\n', s->len)))
		stream_show(n, s, end + 1 - s->data);
	if (s->len == sizeof(s->data))
		stream_show(n, s, s->len);
}

static void stream_close(struct node *n, struct stream *s)
{
	stream_show(n, s, s->len);
	if (s->fd >= 0)
		close(s->fd);
	s->fd = -1;
}

static void stream_read(struct node *n, struct stream *s)
{
	ssize_t got = read(s->fd, s->data + s->len, sizeof(s->data) - s->len);

	if (got < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (got <= 0) {
		stream_close(n, s);
		return;
	}
	if (!s->len || memchr(s->data + s->len, '\n', got))
		s->since = now();
	s->len += got;
	stream_lines(n, s);
}

/* A prompt has no end of line: it is shown when it has waited. */
static long stream_alarm(struct node *n, struct stream *s)
{
	if (!s->len)
		return LONG_MAX;
	if (now() >= s->since + LINE_WAITS_MS)
		stream_show(n, s, s->len);
	return s->len ? s->since + LINE_WAITS_MS : LONG_MAX;
}

/* --- the keyboard ------------------------------------------------------ */

static char typed[512];			/* whole lines, and one that is not */
static size_t ntyped;
static bool keyboard;			/* standard input is still read */

/* Who is the line at the start of typed for? *skip: its "2|" and blanks. */
static struct node *addressee(size_t len, size_t *skip)
{
	size_t i = strspn(typed, "0123456789");

	*skip = 0;
	if (!i || i >= len || typed[i] != '|')
		return &nodes[0];
	*skip = i + 1 + strspn(typed + i + 1, " ");
	return find_node(atoi(typed));
}

/* The length of a whole line at the start of typed, or 0. */
static size_t line_typed(void)
{
	char *end = memchr(typed, '\n', ntyped);

	if (end)
		return end + 1 - typed;
	return !keyboard || ntyped == sizeof(typed) - 1 ? ntyped : 0;
}

/*
 * Gives the lines to whom they are for. A node that takes none for now keeps
 * the next ones waiting: nobody types that fast.
 */
static void keyboard_send(void)
{
	struct node *n;
	size_t len, skip;

	while ((len = line_typed())) {
		typed[ntyped] = '\0';
		n = addressee(len, &skip);
		if (n && n->in >= 0 && write(n->in, typed + skip,
		    len - skip) < 0 && errno == EAGAIN)
			return;
		ntyped -= len;
		memmove(typed, typed + len, ntyped);
	}
	if (keyboard)
		return;
	for (int i = 0; i < nrun; i++)
		if (nodes[i].in >= 0)
			close(nodes[i].in);
	for (int i = 0; i < nrun; i++)
		nodes[i].in = -1;
}

static void keyboard_read(void)
{
	ssize_t n = read(0, typed + ntyped, sizeof(typed) - 1 - ntyped);

	if (n > 0)
		ntyped += n;
	else if (n == 0 || errno != EINTR)
		keyboard = false;
	keyboard_send();
}

/* --- processes --------------------------------------------------------- */

static char *args[MAX_ARGS];
static int nargs;

static void __attribute__((format(printf, 1, 2))) arg(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	if (nargs == MAX_ARGS - 1 || vasprintf(&args[nargs++], fmt, ap) < 0)
		die("too many arguments for vm");
	va_end(ap);
}

static void args_clear(void)
{
	while (nargs > 0)
		free(args[--nargs]);
	memset(args, 0, sizeof(args));
}

static void option(const char *letter, const char *value)
{
	if (!value)
		return;
	arg("%s", letter);
	arg("%s", value);
}

/* In the child: what the files of @fd are to be 0, 1 and 2; -1: as ours. */
static void __attribute__((noreturn)) child(const int fd[3], pid_t parent,
					    bool group)
{
	sigset_t none;

	if (group)
		setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(1);
	signal(SIGPIPE, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	for (int i = 0; i < 3; i++)
		if (fd[i] >= 0)
			dup2(fd[i], i);
	if (wire_fd >= 0)
		dup2(wire_fd, WIRE_FD);
	execvp(args[0], args);
	dprintf(2, "cannot run %s: %s\n", args[0], strerror(errno));
	_exit(127);
}

static pid_t spawn(const int fd[3], bool group)
{
	pid_t parent = getpid(), pid = fork();

	if (pid < 0)
		die("fork: %s", strerror(errno));
	if (pid == 0)
		child(fd, parent, group);
	args_clear();
	return pid;
}

static void new_pipe(int fd[2])
{
	if (pipe2(fd, O_CLOEXEC))
		die("pipe: %s", strerror(errno));
}

/* --- the wire ---------------------------------------------------------- */

static void bxhub_args(void)
{
	arg("bxhub");
	arg("-ports=%d", nnodes);
	arg("-base=%d", card_port(1));
	arg("-loglev=0");
}

static void vde_args(void)
{
	arg("vde_switch");
	arg("-s");
	arg("%s/vde", dir);
	arg("-hub");
	arg("-n");
	arg("%d", 2 * MAX_NODES);
}

static bool wire_is_up(void)
{
	char path[PATH_MAX];

	if (opt.wire == BXHUB)
		return !port_is_free(wire_port(nnodes));
	snprintf(path, sizeof(path), "%s/vde/ctl", dir);
	return access(path, F_OK) == 0;
}

/* The switch of VDE ends when its standard input does. */
static void start_wire(void)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	int in[2], fd[3] = { -1, null, null };
	long limit = now() + WIRE_STARTS_MS;

	new_pipe(in);
	fd[0] = in[0];
	if (opt.wire == BXHUB)
		bxhub_args();
	else
		vde_args();
	wire = spawn(fd, true);
	close(null);
	while (!wire_is_up()) {
		usleep(2000);
		if (waitpid(wire, NULL, WNOHANG) == 0 && now() < limit)
			continue;
		wire = 0;
		die("the wire did not start: %s", opt.wire == BXHUB ?
		    "bxhub, of package bochs" :
		    "vde_switch, of package vde-switch");
	}
}

static const char *vde_folder(void)
{
	static char path[sizeof(dir) + 8];

	if (opt.vde)
		return opt.vde;
	snprintf(path, sizeof(path), "%s/vde", dir);
	return path;
}

/*
 * The module of Bochs 2.7 has room for a path of 15 bytes, and ends without a
 * word at a longer one. So machines find the socket open, as a file of theirs.
 */
static void open_vde(void)
{
	char path[PATH_MAX + 8];
	int fd;

	snprintf(path, sizeof(path), "%s/ctl", vde_folder());
	fd = open(path, O_PATH | O_CLOEXEC);
	if (fd < 0)
		die("%s: %s; expected the folder of a vde_switch that runs",
		    path, strerror(errno));
	wire_fd = fcntl(fd, F_DUPFD_CLOEXEC, WIRE_FD + 1);
	close(fd);
}

static void open_wire(void)
{
	if (opt.wire != VDE)
		choose_ports();
	if (opt.wire == HUB) {
		if (opt.faults)
			hub_faults(opt.faults);
		if (opt.log)
			hub_log(opt.log);
		hub_open();
	} else if (!opt.vde) {
		start_wire();
	}
	if (opt.wire == VDE)
		open_vde();
}

/* --- machines ---------------------------------------------------------- */

/* An idle machine must not run ahead of one that works. */
static void bochs_args(int node)
{
	option("-x", "pci: enabled=1, chipset=i440fx, slot1=ne2k");
	option("-x", "clock: sync=slowdown, time0=946684800");
	arg("-x");
	if (opt.wire == VDE)
		arg("ne2k: mac=b0:c4:20:00:00:%02x, ethmod=vde, "
		    "ethdev=/dev/fd/%d", node, WIRE_FD);
	else
		arg("ne2k: mac=b0:c4:20:00:00:%02x, ethmod=socket, ethdev=%d",
		    node, card_port(node));
}

static void qemu_args(int node)
{
	option("-e", "qemu");
	option("-x", "-device");
	arg("-x");
	arg("ne2k_pci,netdev=wire,mac=b0:c4:20:00:00:%02x", node);
	option("-x", "-netdev");
	arg("-x");
	if (opt.wire == VDE)
		arg("vde,id=wire,sock=%s", vde_folder());
	else
		arg("socket,id=wire,udp=127.0.0.1:%d,localaddr=127.0.0.1:%d",
		    wire_port(node), card_port(node));
}

static void vm_args(int node)
{
	arg("%s", vm_path);
	option("-c", opt.cpus);
	option("-m", opt.memory);
	option("-b", opt.bound);
	option("-i", opt.ips);
	option("-f", opt.config);
	option("-w", opt.prompt);
	arg("-a");
	arg("%s%snodes=%d", opt.words ? opt.words : "",
	    opt.words && *opt.words ? " " : "", nnodes);
	if (opt.prefix) {
		arg("-o");
		arg("%s.%d.console", opt.prefix, node);
		arg("-r");
		arg("%s.%d.record", opt.prefix, node);
	}
	if (opt.qemu)
		qemu_args(node);
	else
		bochs_args(node);
	for (int i = 0; i < opt.nextra; i++)
		option("-x", opt.extra[i]);
	arg("%s", opt.image);
}

static void start_node(struct node *n)
{
	int in[2], out[2], err[2], fd[3];

	new_pipe(in);
	new_pipe(out);
	new_pipe(err);
	fd[0] = in[0];
	fd[1] = out[1];
	fd[2] = err[1];
	vm_args(n->number);
	n->pid = spawn(fd, true);
	close(in[0]);
	close(out[1]);
	close(err[1]);
	fcntl(in[1], F_SETFL, O_NONBLOCK);
	fcntl(out[0], F_SETFL, O_NONBLOCK);
	fcntl(err[0], F_SETFL, O_NONBLOCK);
	n->in = in[1];
	n->console.fd = out[0];
	n->errors.fd = err[0];
}

/* A node that has the terminal as it is, with its keyboard. */
static void start_here(struct node *n)
{
	static const int as_ours[] = { -1, -1, -1 };

	vm_args(n->number);
	n->pid = spawn(as_ours, false);
}

/* PREFIX.N.status: the verdict, or that the faults ended it. */
static void leave_status(struct node *n)
{
	char path[PATH_MAX];
	FILE *f;

	if (!opt.prefix)
		return;
	snprintf(path, sizeof(path), "%s.%d.status", opt.prefix, n->number);
	f = fopen(path, "we");
	if (!f)
		die("%s: %s", path, strerror(errno));
	if (n->killed)
		fprintf(f, "killed\n");
	else
		fprintf(f, "%d\n", n->verdict);
	fclose(f);
}

/*
 * What a pane runs: notes the process and the end of the machine for us, and
 * lets its last words be read.
 */
static const char pane[] =
	"d=$1 n=$2; shift 2\n"
	"sh -c 'echo $$ > \"$0\"; exec \"$@\"' \"$d/pid.$n\" \"$@\"\n"
	"echo $? > \"$d/status.$n\"\n"
	"printf '\\nNode %s has ended. Enter closes this pane. ' $n; read x\n";

static void pane_args(const char *command, int node)
{
	arg("%s", command);
	arg("sh");
	arg("-c");
	arg("%s", pane);
	arg("pane");
	arg("%s", dir);
	arg("%d", node);
	vm_args(node);
	arg(";");
	arg("select-pane");
	arg("-T");
	arg("node %d", node);
	arg(";");
	arg("select-layout");
	arg("tiled");
	arg(";");
}

static void tmux_set(const char *what, const char *value)
{
	arg("set");
	arg("-g");
	arg("%s", what);
	arg("%s", value);
	arg(";");
}

/* The session is over when its last pane closes, or when we leave it. */
static void start_panes(void)
{
	static const int as_ours[] = { -1, -1, -1 };

	unsetenv("TMUX");
	unsetenv("TMUX_PANE");
	arg("tmux");
	arg("-S");
	arg("%s/tmux", dir);
	arg("-f");
	arg("/dev/null");
	for (int i = 0; i < nrun; i++)
		pane_args(i ? "split-window" : "new-session",
			  nodes[i].number);
	tmux_set("destroy-unattached", "on");
	tmux_set("pane-border-status", "top");
	tmux_set("pane-border-format", " #{pane_title} ");
	tmux_set("mouse", "on");
	tmux_set("status-left-length", "70");
	tmux_set("status-left", "Ctrl-A x ends a node, Ctrl-B d all; "
		 "Ctrl-B and an arrow goes to another ");
	tmux_set("status-right", "");
	args[--nargs] = NULL;		/* the last semicolon */
	tmux = spawn(as_ours, false);
}

/* A number that a pane has left in our folder, or -1. */
static int pane_number(const char *what, int node)
{
	char path[sizeof(dir) + 32];
	int n = -1;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s.%d", dir, what, node);
	f = fopen(path, "re");
	if (!f)
		return -1;
	if (fscanf(f, "%d", &n) != 1)
		n = -1;
	fclose(f);
	return n;
}

static void panes_ended(void)
{
	int status;

	tmux = 0;
	for (int i = 0; i < nrun; i++) {
		status = pane_number("status", nodes[i].number);
		nodes[i].verdict = nodes[i].killed ? POWER_OFF :
				   status < 0 ? QUIT : status;
		leave_status(&nodes[i]);
	}
}

static void start_nodes(void)
{
	struct node *n;

	for (n = nodes; n < nodes + nrun; n++)
		n->in = n->console.fd = n->errors.fd = -1;
	if (opt.panes) {
		start_panes();
		return;
	}
	for (n = nodes; n < nodes + nrun; n++)
		if (opt.only_one && n == nodes)
			start_here(n);
		else
			start_node(n);
	keyboard = !opt.only_one;
	if (!keyboard)
		keyboard_send();	/* the end of input, to the others */
}

/* The emulator of a vm. */
static pid_t emulator_of(pid_t vm)
{
	char path[64];
	FILE *f;
	int pid = 0;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", vm, vm);
	f = fopen(path, "re");
	if (!f)
		return 0;
	if (fscanf(f, "%d", &pid) != 1)
		pid = 0;
	fclose(f);
	return pid;
}

/* As if somebody pulled the plug. Its vm still shows what it had said. */
void kill_node(int node)
{
	struct node *n = find_node(node);
	pid_t vm, pid;

	if (!n)
		return;
	vm = opt.panes ? pane_number("pid", node) : n->pid;
	if (vm <= 0)
		return;
	n->killed = true;
	pid = emulator_of(vm);
	kill(pid ? pid : vm, SIGKILL);
}

static enum verdict verdict_of(int status)
{
	return WIFEXITED(status) ? WEXITSTATUS(status) : DIED;
}

static void node_ended(struct node *n, int status)
{
	n->pid = 0;
	n->verdict = n->killed ? POWER_OFF : quitting ? QUIT :
		     verdict_of(status);
	leave_status(n);
	if (n->console.fd >= 0)
		stream_read(n, &n->console);
	while (n->console.fd >= 0 && n->console.len)
		stream_read(n, &n->console);
	if (n->in >= 0)
		close(n->in);
	n->in = -1;
	if (n->verdict != QUIT || quitting)
		return;
	quitting = true;
	signal_nodes(SIGTERM);
}

static void reap(void)
{
	int status, i;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		for (i = 0; i < nrun; i++)
			if (nodes[i].pid == pid)
				node_ended(&nodes[i], status);
		if (pid == tmux)
			panes_ended();
		if (pid != wire)
			continue;
		wire = 0;
		die("the wire has gone");
	}
}

/* --- the loop ---------------------------------------------------------- */

enum { SIGNALS, KEYS, NODES, NPOLL = NODES + 3 * MAX_NODES + MAX_NODE + 1 };

static void got_signal(int fd)
{
	struct signalfd_siginfo s;

	while (read(fd, &s, sizeof(s)) == sizeof(s)) {
		if (s.ssi_signo != SIGCHLD)
			stop_signal = s.ssi_signo;
	}
	reap();
}

/* The first time: tell them; when they have had their time: end them. */
static void stop(void)
{
	if (stop_alarm == LONG_MAX) {
		signal_nodes(SIGTERM);
		stop_alarm = now() + LAST_WORDS_MS;
	} else if (now() >= stop_alarm) {
		signal_nodes(SIGKILL);
	}
}

static int time_left(void)
{
	long end = opt.wire == HUB ? hub_alarm() : LONG_MAX, t;
	struct node *n;

	for (n = nodes; n < nodes + nrun; n++) {
		t = stream_alarm(n, &n->console);
		end = t < end ? t : end;
		t = stream_alarm(n, &n->errors);
		end = t < end ? t : end;
	}
	if (stop_alarm < end)
		end = stop_alarm;
	if (end == LONG_MAX)
		return -1;
	t = now();
	return end > t ? end - t : 0;
}

static void poll_node(struct pollfd *f, struct node *n)
{
	f[0] = watch(n->console.fd, POLLIN);
	f[1] = watch(n->errors.fd, POLLIN);
	f[2] = watch(line_typed() ? n->in : -1, POLLOUT);
}

static void poll_node_done(struct pollfd *f, struct node *n)
{
	if (f[0].revents && n->console.fd >= 0)
		stream_read(n, &n->console);
	if (f[1].revents && n->errors.fd >= 0)
		stream_read(n, &n->errors);
}

static void turn(int signals)
{
	struct pollfd f[NPOLL] = {
		[SIGNALS] = { signals, POLLIN },
		[KEYS] = { keyboard && !line_typed() ? 0 : -1, POLLIN },
	};
	int i, hub = NODES + 3 * nrun, nhub = 0;

	for (i = 0; i < nrun; i++)
		poll_node(&f[NODES + 3 * i], &nodes[i]);
	if (opt.wire == HUB)
		nhub = hub_poll(&f[hub]);
	if (poll(f, hub + nhub, time_left()) < 0 && errno != EINTR)
		die("poll: %s", strerror(errno));
	if (opt.wire == HUB)
		hub_turn(&f[hub], nhub);
	for (i = 0; i < nrun; i++)
		poll_node_done(&f[NODES + 3 * i], &nodes[i]);
	if (f[KEYS].revents)
		keyboard_read();
	else if (line_typed())
		keyboard_send();
	if (f[SIGNALS].revents)
		got_signal(signals);
	if (stop_signal)
		stop();
}

static bool any_speaks(void)
{
	for (int i = 0; i < nrun; i++)
		if (nodes[i].console.fd >= 0 || nodes[i].errors.fd >= 0)
			return true;
	return false;
}

static void __attribute__((noreturn)) die_of(int sig)
{
	clean_up();
	end_by(sig);
}

/* The machines keep their files in our folder: one that is killed as well. */
static void make_dir(void)
{
	const char *tmp = getenv("TMPDIR");
	char name[sizeof(dir)];

	if (!tmp || !*tmp)
		tmp = "/tmp";
	snprintf(name, sizeof(name), "%s/cluster.XXXXXX", tmp);
	if (!mkdtemp(name))
		die("%s: %s", name, strerror(errno));
	strcpy(dir, name);
	setenv("TMPDIR", dir, 1);
}

/* vm is where we are, unless a test has one of its own. */
static void find_vm(void)
{
	const char *other = getenv("VM");

	if (other)
		snprintf(vm_path, sizeof(vm_path), "%s", other);
	else if (!beside("vm", vm_path, sizeof(vm_path)))
		die("/proc/self/exe: %s", strerror(errno));
}

static void open_merged(void)
{
	char path[PATH_MAX];

	if (!opt.prefix || opt.only_one || opt.panes)
		return;
	snprintf(path, sizeof(path), "%s.console", opt.prefix);
	merged = fopen(path, "we");
	if (!merged)
		die("%s: %s", path, strerror(errno));
	setvbuf(merged, NULL, _IOLBF, 0);
}

static enum verdict worst(void)
{
	static const enum verdict order[] = {
		TROUBLE, DIED, BOUND_PASSED, QUIT
	};
	size_t i;
	int k;

	for (i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		for (k = 0; k < nrun; k++)
			if (nodes[k].verdict == order[i])
				return order[i];
	for (k = 0; k < nrun; k++)
		if (nodes[k].verdict != POWER_OFF)
			return DIED;
	return POWER_OFF;
}

int main(int argc, char **argv)
{
	int signals;

	get_options(argc, argv);
	find_vm();
	atexit(clean_up);
	signals = catch_signals(SIGCHLD, SFD_NONBLOCK);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	make_dir();
	open_merged();
	open_wire();
	start_nodes();
	while (any_runs() || any_speaks())
		turn(signals);
	fresh_line();
	if (stop_signal)
		die_of(stop_signal);
	return worst();
}

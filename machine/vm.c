/*
 * vm - run one machine, in Bochs or in QEMU, until it powers off.
 *
 * COM1 of the machine is its console, COM2 the record that the kernel keeps
 * for tests. Both are sockets from the emulator to this program: no byte is
 * lost, and machines that run side by side share no port and no file.
 * The emulator works on a private copy of the image, in a directory that is
 * removed at the end, however the end comes.
 *
 * Exit status: 0 the guest powered off; 2 usage or environment; 3 the bound
 * passed; 4 triple fault, or the emulator died; 130 the reader quit.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include "host.h"

const char program[] = "vm";

enum {
	SECTOR = 512,
	MAX_CPUS = 8,
	MAX_ARGS = 64,
	MAX_EXTRA = 24,
	HOST_LIMIT_MS = 10 * 60 * 1000,	/* for a bounded run */
	LAST_WORDS_MS = 10 * 1000,	/* for the emulator to end */
	ASK_AGAIN_MS = 1000,
	LOG_LIMIT = 64 << 20,		/* bytes, beyond the image's */
	DEFAULT_IPS = 10 * 1000 * 1000,	/* what bochsrc says */
	CONTROL_A = 1,
};

/* What the command line asks for; zero or NULL: as bochsrc says. */
struct options {
	int cpus;
	int memory;			/* megabytes */
	const char *cmdline;		/* for LBA 1 */
	uint64_t bound;			/* ticks */
	long ips;
	bool qemu;
	bool window;
	bool quiet;
	const char *config;
	const char *console;
	const char *record;
	const char *prompt;		/* a line is typed each time it shows */
	const char *extra[MAX_EXTRA];
	int nextra;
	const char *image;
};

/* The end of a stream, as much as is worth keeping. */
struct tail {
	char data[64 * 1024];
	size_t len;
};

/* A serial port: the emulator calls us. */
struct port {
	int listener;			/* until it has called */
	int number;			/* TCP port */
	int fd;				/* since it called; else -1 */
	int copy;			/* file that gets all of it, or -1 */
	bool shown;			/* on standard output too */
	struct tail tail;
};

enum state {
	STARTING,			/* no prompt yet */
	RUNNING,
	ASKED,				/* Bochs has been told to stop */
	ENDING,				/* told to say its last words */
};

struct machine {
	pid_t pid;
	int in, out;			/* its debugger or monitor */
	enum state state;
	enum verdict verdict;
	bool decided;			/* the verdict is ours */
	long started, alarm;		/* milliseconds */
	uint64_t ticks;
	int tries;			/* to stop it */
	bool smp;
	struct tail said;		/* since the last "c" */
};

static struct options opt;
static struct port com[2];
static struct machine vm;
static char dir[PATH_MAX];
static off_t image_size;
static bool log_full;			/* that is why the emulator died */
static struct termios saved_terminal;
static bool terminal_is_raw;
static bool keyboard;			/* standard input is still read */
static int stop_signal;
static char typed[256];			/* input on its way to the guest */
static size_t ntyped;
static int prompts;			/* shown, and not answered yet */

/* --- small things ------------------------------------------------------ */

/* Leave nothing behind. Runs at every exit. */
static void clean_up(void)
{
	if (vm.pid > 0) {
		kill(-vm.pid, SIGKILL);
		waitpid(vm.pid, NULL, 0);
		vm.pid = 0;
	}
	if (terminal_is_raw)
		tcsetattr(0, TCSAFLUSH, &saved_terminal);
	terminal_is_raw = false;
	if (dir[0])
		remove_folder(dir);
	dir[0] = '\0';
}

static void tail_add(struct tail *t, const char *data, size_t len)
{
	size_t room = sizeof(t->data) - 1, drop;

	if (len > room) {
		data += len - room;
		len = room;
	}
	if (t->len + len > room) {
		drop = t->len + len - room / 2;
		if (drop > t->len)
			drop = t->len;
		t->len -= drop;
		memmove(t->data, t->data + drop, t->len);
	}
	memcpy(t->data + t->len, data, len);
	t->len += len;
	t->data[t->len] = '\0';
}

static void tail_clear(struct tail *t)
{
	t->len = 0;
	t->data[0] = '\0';
}

static void tail_read(struct tail *t, int fd)
{
	char buf[4096];
	ssize_t n;

	while ((n = read(fd, buf, sizeof(buf))) > 0)
		tail_add(t, buf, n);
}

/* The last @lines lines of @text. */
static char *last_lines(char *text, int lines)
{
	char *p = text + strlen(text);

	if (p > text && p[-1] == '\n')
		p--;
	for (; p > text; p--)
		if (p[-1] == '\n' && --lines == 0)
			break;
	return p;
}

/* The last place of @word in @text, or NULL. */
static char *find_last(char *text, const char *word)
{
	char *found = NULL, *p;

	for (p = text; (p = strstr(p, word)); p++)
		found = p;
	return found;
}

/* --- options ----------------------------------------------------------- */

static void __attribute__((noreturn)) usage(void)
{
	fputs("usage: vm [-c cpus] [-m MB] [-a 'command line'] "
	      "[-b millions of ticks] [-i ips]\n"
	      "          [-e bochs|qemu] [-g rfb|x] [-f bochsrc] "
	      "[-o console] [-r record] [-q]\n"
	      "          [-w prompt: a line of standard input for each one]\n"
	      "          [-x 'extra emulator argument']... IMAGE\n", stderr);
	exit(TROUBLE);
}

static void add_extra(const char *arg)
{
	if (opt.nextra == MAX_EXTRA)
		die("more than %d -x arguments", MAX_EXTRA);
	opt.extra[opt.nextra++] = arg;
}

static void set_option(int c, const char *arg)
{
	switch (c) {
	case 'c': opt.cpus = number(arg, "-c", 1, MAX_CPUS); break;
	case 'm': opt.memory = number(arg, "-m", 1, 2048); break;
	case 'a': opt.cmdline = arg; break;
	case 'b': opt.bound = number(arg, "-b", 0, 1000000) * 1000000; break;
	case 'i': opt.ips = number(arg, "-i", 1000000, 1000000000); break;
	case 'e': opt.qemu = choice(arg, "-e", "bochs", "qemu"); break;
	case 'g': opt.window = choice(arg, "-g", "rfb", "x"); break;
	case 'f': opt.config = arg; break;
	case 'o': opt.console = arg; break;
	case 'r': opt.record = arg; break;
	case 'q': opt.quiet = true; break;
	case 'w':
		if (!*arg)
			die("-w: expected a prompt");
		opt.prompt = arg;
		break;
	case 'x': add_extra(arg); break;
	default: usage();
	}
}

static void get_options(int argc, char **argv)
{
	int c;

	opt.config = "bochsrc";
	while ((c = getopt(argc, argv, "c:m:a:b:i:e:g:f:o:r:qw:x:")) != -1)
		set_option(c, optarg);
	if (optind != argc - 1)
		usage();
	opt.image = argv[optind];
	if (opt.cmdline && strlen(opt.cmdline) >= SECTOR)
		die("-a: %zu characters; at most %d fit in LBA 1",
		    strlen(opt.cmdline), SECTOR - 1);
	if (!opt.qemu && access(opt.config, R_OK))
		die("%s: %s; expected the machine's bochsrc (see -f)",
		    opt.config, strerror(errno));
}

/* --- the private copy of the image ------------------------------------- */

static void make_dir(void)
{
	const char *tmp = getenv("TMPDIR");
	char name[PATH_MAX - 32];

	if (!tmp || !*tmp)
		tmp = "/tmp";
	snprintf(name, sizeof(name), "%s/vm.XXXXXX", tmp);
	if (!mkdtemp(name))
		die("%s: %s", name, strerror(errno));
	strcpy(dir, name);
}

static void put_command_line(int fd, off_t size)
{
	char sector[SECTOR] = "";

	if (!opt.cmdline)
		return;
	if (size < 2 * SECTOR)
		die("%s: no room for a command line in LBA 1", opt.image);
	strcpy(sector, opt.cmdline);
	if (pwrite(fd, sector, SECTOR, SECTOR) != SECTOR)
		die("%s/disk.img: %s", dir, strerror(errno));
}

static void copy_image(void)
{
	char path[PATH_MAX], buf[65536];
	off_t size = 0;
	ssize_t n;
	int from, to;

	from = open(opt.image, O_RDONLY | O_CLOEXEC);
	if (from < 0)
		die("%s: %s", opt.image, strerror(errno));
	make_dir();
	snprintf(path, sizeof(path), "%s/disk.img", dir);
	to = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (to < 0)
		die("%s: %s", path, strerror(errno));
	for (; (n = read(from, buf, sizeof(buf))) > 0; size += n)
		if (!write_all(to, buf, n))
			die("%s: %s", path, strerror(errno));
	if (n < 0)
		die("%s: %s", opt.image, strerror(errno));
	if (size == 0 || size % SECTOR)
		die("%s: %jd bytes; expected a multiple of %d", opt.image,
		    (intmax_t)size, SECTOR);
	put_command_line(to, size);
	image_size = size;
	close(from);
	close(to);
}

/* --- serial ports ------------------------------------------------------ */

static int open_copy(const char *name)
{
	int fd;

	if (!name)
		return -1;
	fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd < 0)
		die("%s: %s", name, strerror(errno));
	return fd;
}

static void port_open(struct port *p, const char *copy)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	socklen_t len = sizeof(a);

	p->fd = -1;
	p->copy = open_copy(copy);
	p->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (p->listener < 0 ||
	    bind(p->listener, (struct sockaddr *)&a, len) ||
	    listen(p->listener, 1) ||
	    getsockname(p->listener, (struct sockaddr *)&a, &len))
		die("no socket for a serial port: %s", strerror(errno));
	p->number = ntohs(a.sin_port);
}

static void port_accept(struct port *p)
{
	p->fd = accept4(p->listener, NULL, NULL, SOCK_CLOEXEC);
	if (p->fd < 0)
		return;
	close(p->listener);
	p->listener = -1;
}

static size_t drop_cr(char *data, size_t len)
{
	size_t i, n = 0;

	for (i = 0; i < len; i++)
		if (data[i] != '\r')
			data[n++] = data[i];
	return n;
}

static void port_show(const char *data, size_t len)
{
	if (!write_all(1, data, len) && !stop_signal)
		stop_signal = SIGPIPE;
}

/* Files get no carriage returns, and a raw terminal gets all of them. */
static void port_got(struct port *p, char *data, size_t len)
{
	bool whole = terminal_is_raw && isatty(1);

	if (p->shown && whole)
		port_show(data, len);
	len = drop_cr(data, len);
	if (p->shown && !whole)
		port_show(data, len);
	if (p->copy >= 0 && !write_all(p->copy, data, len))
		die("the copy of a serial port: %s", strerror(errno));
	tail_add(&p->tail, data, len);
}

/* Counts the prompts among what the console shows, however it is cut. */
static void look_for_prompt(const char *data, size_t len)
{
	static size_t matched;

	for (size_t i = 0; i < len; i++) {
		if (data[i] != opt.prompt[matched])
			matched = 0;
		if (data[i] != opt.prompt[matched])
			continue;
		matched++;
		if (opt.prompt[matched] == '\0') {
			prompts++;
			matched = 0;
		}
	}
}

static void port_read(struct port *p)
{
	char buf[16384];
	ssize_t n = read(p->fd, buf, sizeof(buf));

	if (n > 0) {
		if (p == &com[0] && opt.prompt)
			look_for_prompt(buf, n);
		port_got(p, buf, n);
	} else if (n == 0 || errno != EINTR) {
		close(p->fd);
		p->fd = -1;
	}
}

/* The emulator is gone: what is left in the socket is all there will be. */
static void port_drain(struct port *p)
{
	struct pollfd f = { .fd = p->listener, .events = POLLIN };

	if (p->listener >= 0 && poll(&f, 1, 0) == 1)
		port_accept(p);
	while (p->fd >= 0)
		port_read(p);
}

/* --- the keyboard ------------------------------------------------------ */

static void keyboard_open(void)
{
	struct termios raw;

	keyboard = true;
	if (!isatty(0))
		return;
	if (tcgetpgrp(0) != getpgrp()) {
		keyboard = false;	/* in the background */
		return;
	}
	tcgetattr(0, &saved_terminal);
	raw = saved_terminal;
	cfmakeraw(&raw);
	raw.c_oflag |= OPOST;
	fprintf(stderr, "vm: Ctrl-A x ends the machine\n");
	terminal_is_raw = true;
	tcsetattr(0, TCSANOW, &raw);
}

/* Ctrl-A x quits, Ctrl-A Ctrl-A is one Ctrl-A. True: give @c to the guest. */
static bool key(char c)
{
	static bool escaped;

	if (!escaped && c == CONTROL_A) {
		escaped = true;
		return false;
	}
	if (escaped && (c == 'x' || c == 'X')) {
		vm.verdict = QUIT;
		vm.decided = true;
		kill(-vm.pid, SIGKILL);
		return false;
	}
	escaped = false;
	return true;
}

static void keyboard_read(void)
{
	char buf[sizeof(typed)];
	ssize_t i, n = read(0, buf, sizeof(buf));

	if (n <= 0)
		keyboard = n < 0 && errno == EINTR;
	for (i = 0; i < n; i++)
		if (!terminal_is_raw || key(buf[i]))
			typed[ntyped++] = buf[i];
}

/*
 * How much of it may be sent: with a prompt, a line for each one shown. None
 * before the guest has said something, because a kernel that sets up a port
 * drops what came before.
 */
static size_t keyboard_may_send(void)
{
	char *end = memchr(typed, '\n', ntyped);

	if (!com[0].tail.len && !com[1].tail.len)
		return 0;
	if (!opt.prompt)
		return ntyped;
	if (!prompts)
		return 0;
	return end ? (size_t)(end + 1 - typed) : ntyped;
}

static void keyboard_send(void)
{
	ssize_t n = send(com[0].fd, typed, keyboard_may_send(), MSG_DONTWAIT);

	if (n <= 0)
		return;
	if (opt.prompt && typed[n - 1] == '\n')
		prompts--;
	ntyped -= n;
	memmove(typed, typed + n, ntyped);
}

/* --- the emulators' command lines -------------------------------------- */

static char *args[MAX_ARGS];
static int nargs;

static void __attribute__((format(printf, 1, 2))) arg(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	if (nargs == MAX_ARGS - 1 || vasprintf(&args[nargs++], fmt, ap) < 0)
		die("too many arguments for the emulator");
	va_end(ap);
}

/*
 * Bochs logs a line when SIGINT comes, in the signal handler, and if it was
 * in the middle of logging another it waits for itself for ever. So only the
 * CPUs may log what they do: their registers, when one of them faults.
 */
static void bochs_log_args(void)
{
	char cpus[MAX_CPUS * 16] = "";
	int i, n = 0;

	for (i = 0; i < (opt.cpus ? opt.cpus : 1); i++)
		n += sprintf(cpus + n, ", cpu%d=report", i);
	arg("info: action=ignore%s", cpus);
	arg("log: %s/emulator.log", dir);
}

static void bochs_args(void)
{
	arg("bochs");
	arg("-q");
	arg("-f");
	arg("%s", opt.config);
	arg("ata0-master: type=disk, path=%s/disk.img, mode=flat", dir);
	bochs_log_args();
	arg("com1: enabled=1, mode=socket-client, dev=127.0.0.1:%d",
	    com[0].number);
	arg("com2: enabled=1, mode=socket-client, dev=127.0.0.1:%d",
	    com[1].number);
	if (opt.cpus)
		arg("cpu: count=%d", opt.cpus);
	if (opt.ips)
		arg("cpu: ips=%ld", opt.ips);
	if (opt.memory)
		arg("memory: guest=%d, host=%d", opt.memory, opt.memory);
	if (opt.window)
		arg("display_library: x, options=\"\"");
}

static void qemu_port(int i)
{
	arg("-chardev");
	arg("socket,id=com%d,host=127.0.0.1,port=%d,nodelay=on", i + 1,
	    com[i].number);
	arg("-serial");
	arg("chardev:com%d", i + 1);
}

static void qemu_args(void)
{
	int cpus = opt.cpus ? opt.cpus : 1;

	arg("qemu-system-i386");
	arg("-M");
	arg("pc,accel=tcg");
	arg("-smp");		/* sockets: or the MP table lists one CPU */
	arg("cpus=%d,sockets=%d,cores=1,threads=1", cpus, cpus);
	arg("-m");
	arg("%d", opt.memory ? opt.memory : 128);
	arg("-drive");
	arg("file=%s/disk.img,format=raw,if=ide", dir);
	arg("-no-reboot");	/* pause at a triple fault, and when the */
	arg("-no-shutdown");	/* power goes: SHUTDOWN tells which */
	arg("-nic");
	arg("none");
	arg("-qmp");
	arg("stdio");
	if (!opt.window) {
		arg("-display");
		arg("none");
	}
	qemu_port(0);
	qemu_port(1);
}

/* --- start and control ------------------------------------------------- */

static void tell(const char *command)
{
	if (!write_all(vm.in, command, strlen(command)))
		return;		/* it is gone: its output ends too */
}

/*
 * A guest can make Bochs log a line each instruction, which takes longer than
 * what it logs: no bound of ticks is ever reached. So no file that the
 * emulator writes may grow for ever; SIGXFSZ ends it.
 */
static void limit_files(void)
{
	struct rlimit files, none = { 0 };

	getrlimit(RLIMIT_FSIZE, &files);
	if (files.rlim_cur > (rlim_t)image_size + LOG_LIMIT)
		files.rlim_cur = image_size + LOG_LIMIT;
	setrlimit(RLIMIT_FSIZE, &files);
	setrlimit(RLIMIT_CORE, &none);	/* that signal would leave one */
	signal(SIGXFSZ, SIG_DFL);
}

/* sockets.so stands beside this program. */
static void preload(void)
{
	char path[PATH_MAX];

	if (beside("sockets.so", path, sizeof(path)) && !access(path, R_OK))
		setenv("LD_PRELOAD", path, 1);
}

static void child(int in, int out, pid_t parent)
{
	sigset_t none;

	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	signal(SIGPIPE, SIG_DFL);
	limit_files();
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	dup2(in, 0);
	dup2(out, 1);
	dup2(out, 2);
	if (!opt.qemu)
		preload();
	execvp(args[0], args);
	dprintf(2, "cannot run %s: %s", args[0], strerror(errno));
	_exit(127);
}

static void start(void)
{
	int in[2], out[2], i;
	pid_t parent = getpid();

	if (opt.qemu)
		qemu_args();
	else
		bochs_args();
	for (i = 0; i < opt.nextra; i++)
		arg("%s", opt.extra[i]);
	if (pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC))
		die("pipe: %s", strerror(errno));
	vm.pid = fork();
	if (vm.pid < 0)
		die("fork: %s", strerror(errno));
	if (vm.pid == 0)
		child(in[0], out[1], parent);
	setpgid(vm.pid, vm.pid);
	close(in[0]);
	close(out[1]);
	vm.in = in[1];
	vm.out = out[0];
	vm.started = now();
	tell(opt.qemu ? "{\"execute\":\"qmp_capabilities\"}\n" : "c\n");
}

/*
 * How long the machine may run before its ticks are read again. With one
 * CPU that costs nothing, and an idle machine does thousands of millions of
 * ticks a second. With several, a stop moves their interleaving by a few
 * ticks: stop as late as the bound allows, so that a run that ends by itself
 * is the same every time.
 */
static long patience(void)
{
	uint64_t left = opt.bound > vm.ticks ? opt.bound - vm.ticks : 0;
	uint64_t ms = left / (vm.smp ? 200000 : 6000000);

	if (vm.smp)
		return ms < 1000 ? 1000 : ms > 60000 ? 60000 : ms;
	return ms < 20 ? 20 : ms > 1000 ? 1000 : ms;
}

/* What puts the cursor at the start of a line. */
static const char *fresh_line(void)
{
	struct tail *t = &com[0].tail;

	return opt.quiet || !t->len || t->data[t->len - 1] == '\n' ? "" : "\n";
}

/* Tell the emulator to end; first, unless all is well, how the CPUs are. */
static void end(enum verdict verdict)
{
	vm.verdict = verdict;
	vm.decided = true;
	vm.state = ENDING;
	vm.alarm = now() + LAST_WORDS_MS;
	if (!opt.qemu) {
		tell("r\ncreg\nprint-stack\nq\n");
		return;
	}
	if (verdict != POWER_OFF)
		tell("{\"execute\":\"stop\"}\n"
		     "{\"execute\":\"human-monitor-command\",\"arguments\":"
		     "{\"command-line\":\"info registers -a\"}}\n");
	tell("{\"execute\":\"quit\"}\n");
}

static void bound_passed(const char *why)
{
	fprintf(stderr, "%svm: %s\n", fresh_line(), why);
	end(BOUND_PASSED);
}

static void run(void)
{
	vm.state = RUNNING;
	if (!opt.bound)
		vm.alarm = LONG_MAX;
	else if (opt.qemu)
		vm.alarm = now() + opt.bound * 1000 /
			   (opt.ips ? opt.ips : DEFAULT_IPS);
	else
		vm.alarm = now() + patience();
}

static bool host_limit_passed(void)
{
	return opt.bound && now() - vm.started >= HOST_LIMIT_MS;
}

/* Bochs has stopped when it says so, or when it answers. */
static void check_ticks(void)
{
	char *p = find_last(vm.said.data, "Next at t=");
	char why[80];

	if (!p)
		p = find_last(vm.said.data, "ptime: ");
	if (!p || !strstr(p, "<bochs:"))
		return;
	vm.ticks = strtoull(p + strcspn(p, "0123456789"), NULL, 10);
	snprintf(why, sizeof(why), "the bound has passed: %ju ticks",
		 (uintmax_t)vm.ticks);
	if (vm.ticks >= opt.bound) {
		bound_passed(why);
	} else if (host_limit_passed()) {
		bound_passed("ten minutes have passed on the host");
	} else {
		tail_clear(&vm.said);
		tell("c\n");
		run();
	}
}

/* QEMU pauses at the end, and says why. */
static void qemu_heard(void)
{
	if (vm.state == STARTING && strstr(vm.said.data, "\"return\""))
		run();
	if (vm.state == ENDING)
		return;
	if (strstr(vm.said.data, "\"guest-shutdown\""))
		end(POWER_OFF);
	else if (strstr(vm.said.data, "\"guest-reset\""))
		end(DIED);
}

static void bochs_heard(void)
{
	if (vm.state == STARTING && strstr(vm.said.data, "<bochs:1>")) {
		vm.smp = strstr(vm.said.data, "\n(1) [");
		run();
	} else if (vm.state == ASKED) {
		check_ticks();
	}
}

/* False when the emulator has closed its output. */
static bool listen_to_it(void)
{
	char buf[4096];
	ssize_t n = read(vm.out, buf, sizeof(buf));

	if (n == 0)
		return false;
	if (n < 0)
		return errno == EINTR;
	tail_add(&vm.said, buf, n);
	if (opt.qemu)
		qemu_heard();
	else
		bochs_heard();
	return true;
}

/*
 * Stop Bochs. On a busy host two things can go wrong: a SIGINT that comes
 * while Bochs begins to obey "c" is forgotten; one that comes before it has
 * read the "c" makes readline drop that line, and Bochs stays at its prompt.
 * So every second try is a question, which a Bochs that waits for commands
 * answers at once, and one that runs when it stops.
 */
static void ask(void)
{
	if (vm.state == RUNNING)
		vm.tries = 0;
	vm.state = ASKED;
	vm.alarm = now() + ASK_AGAIN_MS;
	if (vm.tries++ % 2 == 0) {
		kill(-vm.pid, SIGINT);
	} else {
		tail_clear(&vm.said);
		tell("ptime\n");
	}
}

static void alarm_rings(void)
{
	if (vm.state == ENDING)
		kill(-vm.pid, SIGKILL);
	else if (opt.qemu)
		bound_passed("the bound has passed");
	else
		ask();
}

/* Ten minutes of the host are enough for any bounded run. */
static void host_limit(void)
{
	if (!host_limit_passed() || vm.state == ENDING)
		return;
	if (opt.qemu)
		bound_passed("ten minutes have passed on the host");
	else if (vm.state == RUNNING)
		ask();
	else if (now() - vm.started >= HOST_LIMIT_MS + LAST_WORDS_MS)
		bound_passed("Bochs does not answer");
}

static int time_left(void)
{
	long end = vm.alarm, limit = vm.started + HOST_LIMIT_MS, t = now();

	if (opt.bound && t < limit && end > limit)
		end = limit;
	if (end == LONG_MAX)
		return -1;
	return end > t ? end - t : 0;
}

/* --- the loop ---------------------------------------------------------- */

enum { OUT, SIGNALS, COM1, COM2, KEYS, NPOLL };

static void poll_port(struct pollfd *f, struct port *p)
{
	f->fd = p->fd >= 0 ? p->fd : p->listener;
	f->events = POLLIN;
	if (p == &com[0] && p->fd >= 0 && keyboard_may_send())
		f->events |= POLLOUT;
}

static void poll_port_done(struct pollfd *f, struct port *p)
{
	if (f->revents & ~POLLOUT) {
		if (p->fd < 0)
			port_accept(p);
		else
			port_read(p);
	}
	if (f->revents & POLLOUT && p->fd >= 0)
		keyboard_send();
}

static void got_signal(int fd)
{
	struct signalfd_siginfo s;

	if (read(fd, &s, sizeof(s)) == sizeof(s))
		stop_signal = s.ssi_signo;
}

/* One turn; false at the end. */
static bool turn(int signals)
{
	struct pollfd f[NPOLL] = {
		[OUT] = { vm.out, POLLIN },
		[SIGNALS] = { signals, POLLIN },
		[KEYS] = { keyboard && !ntyped && com[0].fd >= 0 ? 0 : -1,
			   POLLIN },
	};
	int n;

	poll_port(&f[COM1], &com[0]);
	poll_port(&f[COM2], &com[1]);
	n = poll(f, NPOLL, time_left());
	if (n < 0 && errno != EINTR)
		die("poll: %s", strerror(errno));
	if (now() >= vm.alarm)		/* also while the guest talks */
		alarm_rings();
	host_limit();
	if (n <= 0)
		return true;
	poll_port_done(&f[COM1], &com[0]);
	poll_port_done(&f[COM2], &com[1]);
	if (f[KEYS].revents)
		keyboard_read();
	if (f[SIGNALS].revents)
		got_signal(signals);
	return !stop_signal && (!f[OUT].revents || listen_to_it());
}

static void __attribute__((noreturn)) die_of(int sig)
{
	clean_up();
	end_by(sig);
}

/* --- how it ended ------------------------------------------------------ */

static bool said(const char *word)
{
	return strstr(vm.said.data, word) != NULL;
}

/* The end of Bochs's log, read once: Bochs is dead when anybody asks. */
static struct tail *bochs_log(void)
{
	static struct tail log;
	static bool read_already;
	char path[PATH_MAX + 16];
	int fd;

	if (read_already)
		return &log;
	read_already = true;
	snprintf(path, sizeof(path), "%s/emulator.log", dir);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		tail_read(&log, fd);
		close(fd);
	}
	return &log;
}

/* Does the end of Bochs's log have it? Its last words on standard output may
 * have been taken for an answer to what it was being asked. */
static bool logged(const char *words)
{
	return strstr(bochs_log()->data, words) != NULL;
}

static bool last_words(const char *words)
{
	return said(words) || (!opt.qemu && logged(words));
}

/* Bochs has ended without being told to. */
static enum verdict bochs_verdict(void)
{
	if (last_words("shutdown requested") || last_words("soft power off"))
		return POWER_OFF;
	return DIED;
}

static bool triple_fault(void)
{
	return last_words("exception with no resolution") ||
	       said("\"guest-reset\"");
}

/* Bochs's log, up to the first panic: the CPU that panicked, not them all. */
static void show_log(void)
{
	struct tail *log = bochs_log();
	char *end = strstr(log->data, ">>PANIC<<");

	end = end ? strchr(end, '\n') : NULL;
	if (end)
		end[1] = '\0';
	fprintf(stderr, "%s%s", last_lines(log->data, 18),
		log->len && log->data[log->len - 1] != '\n' ? "\n" : "");
}

/* What Bochs said since it stopped for the last time, or as it died. */
static void show_bochs(void)
{
	char *p = find_last(vm.said.data, "Next at t=");

	if (vm.verdict == DIED)
		p = last_lines(vm.said.data, 16);
	else if (!p)
		p = last_lines(vm.said.data, 70);
	fprintf(stderr, "%s", p);
}

/* Registers that a small kernel does not use. */
static bool boring(const char *line)
{
	return !strncmp(line, "FPR", 3) || !strncmp(line, "XMM", 3) ||
	       !strncmp(line, "FCW", 3) || !strncmp(line, "DR", 2);
}

/* The registers that QEMU returned: a string, with \r\n between lines. */
static void show_qemu(void)
{
	static const char key[] = "{\"return\": \"";
	char *p = find_last(vm.said.data, key), *end;

	if (!p) {
		fprintf(stderr, "%s", last_lines(vm.said.data, 8));
		return;
	}
	for (p += strlen(key); (end = strstr(p, "\\r\\n")); p = end + 4)
		if (!boring(p))
			fprintf(stderr, "%.*s\n", (int)(end - p), p);
}

static void post_mortem(void)
{
	if (vm.verdict == DIED)
		fprintf(stderr, "%svm: %s\n", fresh_line(), triple_fault() ?
			"triple fault" : log_full ?
			"the emulator died: its log is full" :
			"the emulator died");
	if (opt.qemu)
		show_qemu();
	else
		show_bochs();
	if (vm.verdict == DIED)
		show_log();
	if (opt.quiet)
		fprintf(stderr, "vm: the end of the console:\n%s\n",
			last_lines(com[0].tail.data, 25));
}

static void bury(void)
{
	int status = 0;

	waitpid(vm.pid, &status, 0);
	log_full = WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ;
	kill(-vm.pid, SIGKILL);		/* children, if it had any */
	vm.pid = 0;
	port_drain(&com[0]);
	port_drain(&com[1]);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		die("%s", last_lines(vm.said.data, 1));
}

static enum verdict judge(void)
{
	if (!vm.decided)
		vm.verdict = opt.qemu ? DIED : bochs_verdict();
	if (vm.verdict == DIED || vm.verdict == BOUND_PASSED)
		post_mortem();
	return vm.verdict;
}

int main(int argc, char **argv)
{
	int signals;

	get_options(argc, argv);
	atexit(clean_up);
	signals = catch_signals(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	port_open(&com[0], opt.console);
	port_open(&com[1], opt.record);
	com[0].shown = !opt.quiet;
	copy_image();
	keyboard_open();
	vm.alarm = LONG_MAX;
	start();
	while (turn(signals))
		;
	if (stop_signal)
		die_of(stop_signal);
	bury();
	if (terminal_is_raw)
		tcsetattr(0, TCSADRAIN, &saved_terminal);
	return judge();
}

/*
 * nwaccept FILES... -i ID | -n NAME [-c NN] | -a
 *
 * Says that somebody has looked: writes into the chapter the hash of the
 * original of a translation (-i), of what a <<!name>> or <<-name>> of chapter
 * NN replaces (-n), or of all that is stale (-a), and prints both texts.
 *
 * This is no filter: FILES are the book's, all of them.
 */
#include "nw.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define MARKUP "/usr/lib/noweb/markup"

struct options {
	const char *id;
	const char *name;
	int chapter;			/* -1: wherever it is */
	bool all;
};

/* A line of the source that gets a hash. */
struct edit {
	const struct nw_block *block;
	char hash[NW_HASH_LEN + 1];
};

static struct edit *edits;
static int nedits;

/* ---- reading the book ------------------------------------------------- */

static void run_markup(char **files, int n)
{
	char **argv = nw_alloc((n + 3) * sizeof(*argv));

	argv[0] = MARKUP;
	argv[1] = "-t";
	memcpy(argv + 2, files, n * sizeof(*argv));
	setenv("LC_ALL", "C", 1);
	execv(MARKUP, argv);
	fprintf(stderr, "nwaccept: cannot run %s: %s\n", MARKUP,
		strerror(errno));
	_exit(127);
}

static struct nw_book *read_book(char **files, int n)
{
	struct nw_book *book;
	int fds[2], status;
	pid_t pid;
	FILE *f;

	if (pipe(fds) || (pid = fork()) < 0)
		nw_die("cannot start %s: %s", MARKUP, strerror(errno));
	if (!pid) {
		dup2(fds[1], STDOUT_FILENO);
		close(fds[0]);
		close(fds[1]);
		run_markup(files, n);
	}
	close(fds[1]);
	f = fdopen(fds[0], "r");
	if (!f)
		nw_die("cannot read from %s: %s", MARKUP, strerror(errno));
	book = nw_read_sound(f);
	fclose(f);
	if (waitpid(pid, &status, 0) != pid || status)
		nw_die("%s failed; expected all the files of the book to be "
		       "there", MARKUP);
	return book;
}

/* ---- what to accept --------------------------------------------------- */

static void print_text(const struct nw_block *b, const char *what,
		       const struct nw_buf *text)
{
	const char *s = text->s, *end;

	printf("%s:%d: %s\n", b->file, b->line, what);
	for (; *s; s = end + (*end == '\n')) {
		end = strchrnul(s, '\n');
		printf("    %.*s\n", (int)(end - s), s);
	}
}

static void print_docs(const struct nw_block *b, const char *what)
{
	struct nw_buf text = { 0 };

	nw_docs_text(&text, b);
	print_text(b, what, &text);
	free(text.s);
}

static void print_code(const struct nw_block *b, const char *what)
{
	struct nw_buf text = { 0 };

	nw_code_text(&text, b);
	print_text(b, what, &text);
	free(text.s);
}

static void add_edit(const struct nw_block *b, const char *hash)
{
	const char *old = b->kind == NW_CODE ? b->hash : b->taghash;
	bool had = old && *old;

	printf("%s:%d: %s%s -> =%s\n\n", b->file, b->line,
	       had ? "=" : "no hash", had ? old : "", hash);
	nw_grow(edits, nedits);
	edits[nedits].block = b;
	memcpy(edits[nedits].hash, hash, NW_HASH_LEN + 1);
	nedits++;
}

static void accept_docs(const struct nw_block *original,
			const struct nw_block *b)
{
	char hash[NW_HASH_LEN + 1];

	nw_docs_hash(hash, original);
	if (b->taghash && !strcmp(b->taghash, hash))
		return;
	print_docs(original, "the original");
	print_docs(b, "the translation");
	add_edit(b, hash);
}

static void accept_code(const struct nw_block *b)
{
	char hash[NW_HASH_LEN + 1];
	struct nw_block **defs;
	int i, n;

	nw_old_hash(hash, b->chunk, b->chapter);
	if (b->hash && !strcmp(b->hash, hash))
		return;
	defs = nw_live(b->chunk, b->chapter - 1, &n);
	for (i = 0; i < n; i++)
		print_code(defs[i], "what is replaced");
	print_code(b, b->op == '!' ? "what replaces it" : "is removed here");
	add_edit(b, hash);
}

/* ---- finding it ------------------------------------------------------- */

struct pair {
	const struct nw_block *first, *second;
};

/* The one with the hash is the translation; if that says nothing, the last. */
static void accept_pair(const struct pair *p)
{
	if (!p->second)
		nw_error(p->first->file, p->first->line,
			 "%s has no twin; expected one to accept",
			 p->first->id);
	else if (p->first->taghash && !p->second->taghash)
		accept_docs(p->second, p->first);
	else
		accept_docs(p->first, p->second);
}

static bool is_twin(const struct nw_block *b)
{
	return b->kind == NW_DOCS && b->id &&
		(b->lang == NW_ES || b->lang == NW_ZH);
}

static struct nw_map *find_pairs(const struct nw_book *book)
{
	struct nw_map *pairs = nw_map_new();
	struct pair *p;
	int i;

	for (i = 0; i < book->nblocks; i++) {
		const struct nw_block *b = &book->blocks[i];

		if (!is_twin(b))
			continue;
		p = nw_map_get(pairs, b->id);
		if (!p) {
			p = nw_alloc(sizeof(*p));
			p->first = b;
			nw_map_put(pairs, b->id, p);
		} else if (p->second || p->first->lang == b->lang) {
			nw_error(b->file, b->line,
				 "the id %s is taken (%s:%d); expected one of "
				 "its own", b->id, p->first->file,
				 p->first->line);
		} else {
			p->second = b;
		}
	}
	return pairs;
}

static void accept_id(const struct nw_book *book, const char *id)
{
	const struct pair *p = nw_map_get(find_pairs(book), id);

	if (!p)
		nw_die("no paragraph has the id %s", id);
	accept_pair(p);
}

static bool is_replacement(const struct nw_block *b)
{
	return b->kind == NW_CODE && (b->op == '!' || b->op == '-');
}

/* Two at once have to be asked for in so many words, with -a. */
static void check_only_one(const struct options *opt)
{
	if (nedits > 1)
		nw_die("several chapters replace <<%s>>; expected -c NN to "
		       "say which (make accept CHUNK='%s' FROM=NN)", opt->name,
		       opt->name);
}

static void accept_name(const struct nw_book *book, const struct options *opt)
{
	bool found = false;
	int i;

	for (i = 0; i < book->nblocks; i++) {
		const struct nw_block *b = &book->blocks[i];

		if (!is_replacement(b) || strcmp(b->name, opt->name) ||
		    (opt->chapter >= 0 && b->chapter != opt->chapter))
			continue;
		found = true;
		accept_code(b);
	}
	check_only_one(opt);
	if (found)
		return;
	if (opt->chapter >= 0)
		nw_die("chapter %02d has no <<!%s>> nor <<-%s>>",
		       opt->chapter, opt->name, opt->name);
	nw_die("no chapter has a <<!%s>> or <<-%s>>", opt->name, opt->name);
}

static void accept_all(const struct nw_book *book)
{
	struct nw_map *pairs = find_pairs(book);
	int i;

	for (i = 0; i < book->nblocks; i++) {
		const struct nw_block *b = &book->blocks[i];
		const struct pair *p;

		if (is_replacement(b))
			accept_code(b);
		if (!is_twin(b))
			continue;
		p = nw_map_get(pairs, b->id);
		if (p->first == b)
			accept_pair(p);
	}
}

/* ---- writing it ------------------------------------------------------- */

/* Where the hash stands in the line, without its =; NULL if it has none. */
static char *old_hash(char *line)
{
	char *found = NULL, *s = line;

	while ((s = strstr(s, " =")))
		found = s++;
	return found ? found + 2 : NULL;
}

/* Where a first hash belongs: before >>=, or behind the id. */
static char *hash_place(const struct nw_block *b, char *line)
{
	char *s;

	if (b->kind == NW_CODE)
		return strstr(line, ">>=");
	s = strstr(line, b->id);
	return s ? s + strlen(b->id) : NULL;
}

/* LINE with the new hash, or NULL if it is not the line that markup read. */
static char *edit_line(const struct edit *e, char *line)
{
	const struct nw_block *b = e->block;
	const char *old = b->kind == NW_CODE ? b->hash : b->taghash;
	const char *first = b->kind == NW_CODE ? "<<" : "@";
	char *s;

	if (strncmp(line, first, strlen(first)) ||
	    !strstr(line, b->kind == NW_CODE ? b->name : b->id))
		return NULL;
	s = old ? old_hash(line) : hash_place(b, line);
	if (!s || (old && strncmp(s, old, strlen(old))))
		return NULL;
	return nw_printf("%.*s%s%s%s", (int)(s - line), line,
			 old ? "" : " =", e->hash, s + (old ? strlen(old) : 0));
}

static const struct edit *find_edit(const char *file, int line)
{
	int i;

	for (i = 0; i < nedits; i++)
		if (edits[i].block->line == line &&
		    !strcmp(edits[i].block->file, file))
			return &edits[i];
	return NULL;
}

static void edit_text(struct nw_buf *to, FILE *from, const char *file)
{
	const struct edit *e;
	char *line = NULL, *edited;
	size_t size = 0;
	ssize_t n;
	int number = 0;

	nw_addn(to, "", 0);
	while ((n = getline(&line, &size, from)) > 0) {
		e = find_edit(file, ++number);
		edited = e ? edit_line(e, line) : NULL;
		if (e && !edited)
			nw_die("%s:%d: not the line that noweb read; has the "
			       "file changed?", file, number);
		if (edited)
			nw_add(to, edited);
		else
			nw_addn(to, line, n);
		free(edited);
	}
	free(line);
}

static void edit_file(const char *file)
{
	char *temp = nw_printf("%s.%ld.new", file, (long)getpid());
	struct nw_buf text = { 0 };
	struct stat st;
	FILE *f = fopen(file, "r");

	if (!f || fstat(fileno(f), &st))
		nw_die("cannot read %s: %s", file, strerror(errno));
	edit_text(&text, f, file);
	fclose(f);
	f = fopen(temp, "w");
	if (!f || fchmod(fileno(f), st.st_mode & 07777) ||
	    fwrite(text.s, 1, text.len, f) != text.len || fclose(f) ||
	    rename(temp, file)) {
		int why = errno;

		unlink(temp);
		nw_die("cannot write %s: %s", file, strerror(why));
	}
	free(text.s);
	free(temp);
}

static void write_edits(void)
{
	struct nw_map *done = nw_map_new();
	int i;

	for (i = 0; i < nedits; i++) {
		const char *file = edits[i].block->file;

		if (nw_map_get(done, file))
			continue;
		edit_file(file);
		nw_map_put(done, file, &edits);
	}
	if (!nedits)
		puts("nothing to accept: what you name is up to date");
}

/* ---- all of it -------------------------------------------------------- */

static void usage(void)
{
	nw_die("usage: nwaccept FILES... -i ID | -n NAME [-c NN] | -a");
}

static void parse_options(struct options *opt, int argc, char **argv)
{
	int c;

	while ((c = getopt(argc, argv, "i:n:c:a")) != -1) {
		if (c == 'i')
			opt->id = optarg;
		else if (c == 'n')
			opt->name = optarg;
		else if (c == 'c')
			opt->chapter = atoi(optarg);
		else if (c == 'a')
			opt->all = true;
		else
			usage();
	}
	if ((opt->id != NULL) + (opt->name != NULL) + opt->all != 1 ||
	    (opt->chapter >= 0 && !opt->name) || optind == argc)
		usage();
}

int main(int argc, char **argv)
{
	struct options opt = { .chapter = -1 };
	struct nw_book *book;

	nw_init("nwaccept", false);
	parse_options(&opt, argc, argv);
	book = read_book(argv + optind, argc - optind);
	if (!opt.id) {
		nw_history(book);
		nw_end_if_errors();
	}
	if (opt.id)
		accept_id(book, opt.id);
	else if (opt.name)
		accept_name(book, &opt);
	else
		accept_all(book);
	nw_end_if_errors();
	write_edits();
	return nw_finish();
}

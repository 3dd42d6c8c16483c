/*
 * nwtangle -o DIR [-L] [-m MANIFEST] - writes the tree of a plain noweb
 * program, as nwcheckpoint makes it: every chunk whose name is that of a file.
 *
 * The whole tree is made in memory first, so an error leaves every file as it
 * was.  A file that would not change is not touched.  -L puts #line into .c,
 * .h and .S files.  -m keeps the list of the files of the tree; those that
 * are on it and no longer in the tree are deleted.
 */
#include "nw.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- a file in the making --------------------------------------------- */

/*
 * The output is made line by line.  A line belongs to the place in the book
 * that its first visible character comes from.
 */
struct out {
	struct nw_buf text;		/* the lines that are complete */
	struct nw_buf line;		/* the one that is not, without .. */
	struct nw_buf lead;		/* .. its indentation */
	struct nw_buf indent;		/* that of the lines that will begin */
	const char *file;		/* where the line belongs, or NULL */
	int number;

	/* -L: what the compiler will take the next line for */
	bool directives;
	const char *told_file;		/* NULL: it has to be told */
	int told_number;
	bool continued;			/* the last line ends in a backslash */
	bool in_comment;
	char in_quotes;			/* the quote, or 0 */
};

static const char blanks[] = " \t\r\n\f\v";

/* Moves over a string, a character, a comment, or one character of code. */
static const char *scan_one(struct out *o, const char *s)
{
	if (o->in_comment) {
		if (s[0] != '*' || s[1] != '/')
			return s + 1;
		o->in_comment = false;
		return s + 2;
	}
	if (o->in_quotes) {
		if (s[0] == '\\' && s[1])
			return s + 2;
		if (s[0] == o->in_quotes)
			o->in_quotes = 0;
		return s + 1;
	}
	if (s[0] == '/' && s[1] == '/')
		return s + strlen(s);
	if (s[0] == '/' && s[1] == '*') {
		o->in_comment = true;
		return s + 2;
	}
	if (s[0] == '"' || s[0] == '\'')
		o->in_quotes = s[0];
	return s + 1;
}

/*
 * The compiler does not look at a #line in the groups that it skips, so it
 * has to be told again after them.
 */
static bool ends_group(const char *s)
{
	s += strspn(s, blanks);
	if (*s++ != '#')
		return false;
	s += strspn(s, blanks);
	return !strncmp(s, "el", 2) || !strncmp(s, "endif", 5);
}

static void scan_line(struct out *o, const char *s, size_t len)
{
	bool was_inside = o->continued || o->in_comment;
	const char *p;

	for (p = s; *p; )
		p = scan_one(o, p);
	o->continued = len && s[len - 1] == '\\';
	if (!o->continued)
		o->in_quotes = 0;
	if (o->told_file)
		o->told_number++;
	if (!was_inside && ends_group(s))
		o->told_file = NULL;
}

/*
 * Inside a comment or a line that goes on, #line would be no directive: it
 * waits.
 */
static void put_directive(struct out *o)
{
	const char *s;

	if (o->continued || o->in_comment || !o->file)
		return;
	if (o->told_file && !strcmp(o->told_file, o->file) &&
	    o->told_number == o->number)
		return;
	o->told_file = o->file;
	o->told_number = o->number;
	nw_addf(&o->text, "#line %d \"", o->number);
	for (s = o->file; *s; s++) {
		if (*s == '"' || *s == '\\')
			nw_addc(&o->text, '\\');
		nw_addc(&o->text, *s);
	}
	nw_add(&o->text, "\"\n");
}

/* Whoever puts the first thing on a line indents it. */
static void begin_line(struct out *o)
{
	if (o->line.len)
		return;
	o->lead.len = 0;
	nw_addn(&o->lead, o->indent.s, o->indent.len);
}

/* A line of white space alone gets no indentation. */
static void end_line(struct out *o)
{
	if (o->directives)
		put_directive(o);
	if (o->file)
		nw_addn(&o->text, o->lead.s, o->lead.len);
	nw_addn(&o->text, o->line.s, o->line.len);
	nw_addc(&o->text, '\n');
	if (o->directives)
		scan_line(o, o->line.s, o->line.len);
	o->line.len = 0;
	nw_addn(&o->line, "", 0);
	o->lead.len = 0;
	o->file = NULL;
}

static void add_text(struct out *o, const char *s, const char *file, int line)
{
	if (!o->file && s[strspn(s, blanks)]) {
		o->file = file;
		o->number = line;
	}
	begin_line(o);
	nw_add(&o->line, s);
}

/* ---- expansion -------------------------------------------------------- */

/*
 * As wide as what stands before a use: tabs stay, any other character is a
 * blank.
 */
static void add_indent(struct nw_buf *indent, const struct nw_buf *from)
{
	size_t i;

	for (i = 0; i < from->len; i++) {
		if (from->s[i] == '\t')
			nw_addc(indent, '\t');
		else if (((unsigned char)from->s[i] & 0xc0) != 0x80)
			nw_addc(indent, ' ');
	}
}

static void expand(struct out *o, const struct nw_chunk *c);

static void expand_use(struct out *o, const struct nw_chunk *c)
{
	struct nw_buf saved = o->indent;

	begin_line(o);
	o->indent = (struct nw_buf){ 0 };
	nw_addn(&o->indent, "", 0);
	add_indent(&o->indent, &o->lead);
	add_indent(&o->indent, &o->line);
	expand(o, c);
	free(o->indent.s);
	o->indent = saved;
}

/* The newlines between the lines of a chunk: the last one is not its own. */
static void expand(struct out *o, const struct nw_chunk *c)
{
	const struct nw_line *l, *end;
	bool newline = false;
	int i;

	for (i = 0; i < c->ndefs; i++) {
		l = nw_body(c->defs[i]);
		end = c->defs[i]->lines + c->defs[i]->nlines;
		for (; l && l < end; l++) {
			if (l->key != NW_TEXT && l->key != NW_USE &&
			    l->key != NW_NL)
				continue;
			if (newline)
				end_line(o);
			newline = l->key == NW_NL;
			if (l->key == NW_TEXT)
				add_text(o, l->arg, c->defs[i]->file, l->line);
			else if (l->key == NW_USE)
				expand_use(o, l->chunk);
		}
	}
}

static bool wants_directives(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && (!strcmp(dot, ".c") || !strcmp(dot, ".h") ||
		       !strcmp(dot, ".S"));
}

static struct nw_buf make_file(const struct nw_chunk *c, bool directives)
{
	struct out o = { .directives = directives };

	nw_addn(&o.text, "", 0);
	nw_addn(&o.line, "", 0);
	nw_addn(&o.lead, "", 0);
	nw_addn(&o.indent, "", 0);
	expand(&o, c);
	if (o.text.len || o.line.len)
		end_line(&o);
	free(o.line.s);
	free(o.lead.s);
	free(o.indent.s);
	return o.text;
}

/* ---- checks ----------------------------------------------------------- */

static void check_root(const struct nw_chunk *c)
{
	const char *bad = nw_bad_root(c->name);

	if (bad)
		nw_error(c->defs[0]->file, c->defs[0]->line,
			 "<<%s>> names a file, but its path %s; expected one "
			 "like kern/main.c", c->name, bad);
}

/* mark: 1 on the way down, 2 when done */
static void check_chunk(struct nw_chunk *c)
{
	int i, j;

	c->mark = 1;
	for (i = 0; i < c->ndefs; i++) {
		const struct nw_block *def = c->defs[i];

		for (j = 0; j < def->nlines; j++) {
			const struct nw_line *l = &def->lines[j];

			if (l->key != NW_USE)
				continue;
			if (!l->chunk->ndefs)
				nw_error(def->file, l->line,
					 "<<%s>> is used here and nothing "
					 "defines it; expected the name of a "
					 "chunk, or @<< where none is meant",
					 l->name);
			else if (l->chunk->mark == 1)
				nw_error(def->file, l->line,
					 "recursion: <<%s>> reaches itself "
					 "through <<%s>>; expected chunks that "
					 "end", l->name, c->name);
			else if (!l->chunk->mark)
				check_chunk(l->chunk);
		}
	}
	c->mark = 2;
}

/* ---- the tree on the disk --------------------------------------------- */

struct tree_file {
	const char *name;
	char *path;
	char *temp;			/* NULL: nothing to write */
	struct nw_buf text;
};

struct tree {
	const char *dir;
	struct tree_file *files;	/* by name */
	int n;
};

static char *read_file(const char *path, size_t *len)
{
	FILE *f = fopen(path, "r");
	struct nw_buf b = { 0 };
	char part[1 << 14];
	size_t n;

	if (!f)
		return NULL;
	nw_addn(&b, "", 0);
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		nw_addn(&b, part, n);
	if (ferror(f)) {
		free(b.s);
		b.s = NULL;
	}
	fclose(f);
	*len = b.len;
	return b.s;
}

static bool is_same(const char *path, const struct nw_buf *text)
{
	size_t len;
	char *old = read_file(path, &len);
	bool same = old && len == text->len && !memcmp(old, text->s, len);

	free(old);
	return same;
}

static bool make_directories(const char *path)
{
	char *copy = nw_strdup(path), *slash;
	bool done = true;

	for (slash = strchr(copy + 1, '/'); done && slash;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		done = !mkdir(copy, 0777) || errno == EEXIST;
		*slash = '/';
	}
	free(copy);
	return done;
}

/* Writes PATH's new text beside it; NULL if that cannot be done. */
static char *write_temp(const char *path, const struct nw_buf *text)
{
	char *temp = nw_printf("%s.%ld.new", path, (long)getpid());
	bool done;
	FILE *f;

	if (!make_directories(path))
		return NULL;
	f = fopen(temp, "w");
	if (!f)
		return NULL;
	done = fwrite(text->s, 1, text->len, f) == text->len;
	done &= !fclose(f);
	if (done)
		return temp;
	unlink(temp);
	return NULL;
}

static void remove_temps(struct tree *t)
{
	int i;

	for (i = 0; i < t->n; i++)
		if (t->files[i].temp)
			unlink(t->files[i].temp);
}

static void write_temps(struct tree *t)
{
	int i;

	for (i = 0; i < t->n; i++) {
		struct tree_file *f = &t->files[i];

		if (is_same(f->path, &f->text))
			continue;
		f->temp = write_temp(f->path, &f->text);
		if (f->temp)
			continue;
		i = errno;
		remove_temps(t);
		nw_die("cannot write %s: %s", f->path, strerror(i));
	}
}

static void rename_temps(struct tree *t)
{
	int i;

	for (i = 0; i < t->n; i++) {
		struct tree_file *f = &t->files[i];

		if (!f->temp)
			continue;
		if (rename(f->temp, f->path)) {
			int why = errno;

			remove_temps(t);
			nw_die("cannot write %s: %s", f->path, strerror(why));
		}
		f->temp = NULL;
	}
}

/* ---- the manifest ----------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct tree_file *)a)->name,
		      ((const struct tree_file *)b)->name);
}

static bool in_tree(const struct tree *t, const char *name)
{
	struct tree_file key = { .name = name };

	return t->n && bsearch(&key, t->files, t->n, sizeof(key), by_name);
}

/* Deletes a file and the directories that it leaves empty. */
static void delete_file(const struct tree *t, const char *name)
{
	char *path = nw_printf("%s/%s", t->dir, name), *slash;

	if (unlink(path) && errno != ENOENT && errno != ENOTDIR)
		nw_die("cannot delete %s: %s", path, strerror(errno));
	while ((slash = strrchr(path, '/')) &&
	       slash > path + strlen(t->dir)) {
		*slash = '\0';
		if (rmdir(path))
			break;
	}
	free(path);
}

/* No name on a manifest, whoever wrote it, makes us leave the tree. */
static void delete_gone(const struct tree *t, const char *manifest)
{
	char *list, *name, *save;
	size_t len;

	list = read_file(manifest, &len);
	if (!list)
		return;
	for (name = strtok_r(list, "\n", &save); name;
	     name = strtok_r(NULL, "\n", &save))
		if (nw_is_root(name) && !nw_bad_root(name) &&
		    !in_tree(t, name))
			delete_file(t, name);
	free(list);
}

static void write_manifest(const struct tree *t, const char *manifest)
{
	struct nw_buf list = { 0 };
	char *temp;
	int i;

	nw_addn(&list, "", 0);
	for (i = 0; i < t->n; i++)
		nw_addf(&list, "%s\n", t->files[i].name);
	if (is_same(manifest, &list))
		return;
	temp = write_temp(manifest, &list);
	if (!temp || rename(temp, manifest))
		nw_die("cannot write %s: %s", manifest, strerror(errno));
}

/* ---- all of it -------------------------------------------------------- */

struct options {
	const char *dir;
	const char *manifest;
	bool directives;
};

static void make_tree(struct tree *t, const struct nw_book *book,
		      const struct options *opt)
{
	int i;

	t->dir = opt->dir;
	for (i = 0; i < book->nchunks; i++) {
		const struct nw_chunk *c = book->chunks[i];

		if (!c->root || !c->ndefs)
			continue;
		nw_grow(t->files, t->n);
		t->files[t->n++] = (struct tree_file){
			.name = c->name,
			.path = nw_printf("%s/%s", opt->dir, c->name),
			.text = make_file(c, opt->directives &&
					     wants_directives(c->name)),
		};
	}
	if (!t->n)
		nw_die("no file to write; expected a chunk with the name of "
		       "one, like kern/main.c");
	qsort(t->files, t->n, sizeof(*t->files), by_name);
}

static void check_book(const struct nw_book *book)
{
	int i;

	for (i = 0; i < book->nchunks; i++) {
		if (book->chunks[i]->root && book->chunks[i]->ndefs)
			check_root(book->chunks[i]);
		if (!book->chunks[i]->mark)
			check_chunk(book->chunks[i]);
	}
	nw_end_if_errors();
}

static void parse_options(struct options *opt, int argc, char **argv)
{
	bool wrong = false;
	int c;

	while ((c = getopt(argc, argv, "o:Lm:")) != -1) {
		if (c == 'o')
			opt->dir = optarg;
		else if (c == 'm')
			opt->manifest = optarg;
		else if (c == 'L')
			opt->directives = true;
		else
			wrong = true;
	}
	if (wrong || !opt->dir || !*opt->dir || optind < argc)
		nw_die("usage: nwtangle -o DIR [-L] [-m MANIFEST]");
}

int main(int argc, char **argv)
{
	struct options opt = { 0 };
	struct tree tree = { 0 };
	struct nw_book *book;

	nw_init("nwtangle", false);
	parse_options(&opt, argc, argv);
	book = nw_read_sound(stdin);
	nw_gather(book);
	check_book(book);
	make_tree(&tree, book, &opt);
	if (opt.manifest)
		delete_gone(&tree, opt.manifest);
	write_temps(&tree);
	rename_temps(&tree);
	if (opt.manifest)
		write_manifest(&tree, opt.manifest);
	return nw_finish();
}

/*
 * nwnames -c	 - checks the tables of chunk names: beside every chapter
 *		   NN-name.nw, NN-name.names has a line "Spanish TAB Chinese"
 *		   for each chunk that the chapter brings, and no other.
 * nwnames -l zh - translates the names of the chunks in the stream.
 *
 * The names of files stay as they are.
 */
#include "nw.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

struct entry {
	const char *spanish, *chinese;
	const char *table;
	int line;
	bool used;
};

static struct {
	struct nw_map *spanish;
	struct nw_map *chinese;
	struct nw_map *files;		/* the tables that were looked for */
	struct entry **entries;
	int n;
} names;

/* ---- reading the tables ----------------------------------------------- */

/* chapters/NN-name.names of chapters/NN-name.nw */
static char *table_name(const char *file)
{
	size_t n = strlen(file);

	if (n > 3 && !strcmp(file + n - 3, ".nw"))
		n -= 3;
	return nw_printf("%.*s.names", (int)n, file);
}

static void add_entry(struct entry e)
{
	struct entry *copy = nw_alloc(sizeof(*copy));
	const struct entry *other = nw_map_get(names.spanish, e.spanish);

	if (other) {
		nw_error(e.table, e.line,
			 "\"%s\" has a Chinese name already (%s:%d); expected "
			 "one", e.spanish, other->table, other->line);
		return;
	}
	other = nw_map_get(names.chinese, e.chinese);
	if (other)
		nw_error(e.table, e.line,
			 "\"%s\" is the Chinese name of \"%s\" too (%s:%d); "
			 "expected one of its own", e.chinese, other->spanish,
			 other->table, other->line);
	*copy = e;
	nw_map_put(names.spanish, copy->spanish, copy);
	nw_map_put(names.chinese, copy->chinese, copy);
	nw_grow(names.entries, names.n);
	names.entries[names.n++] = copy;
}

static bool has_loose_blanks(const char *s)
{
	size_t n = strlen(s);

	return !n || s[0] == ' ' || s[n - 1] == ' ' || strchr(s, '\r');
}

static void read_entry(const char *table, int line, const char *text)
{
	struct entry e = { .table = table, .line = line };
	const char *tab = strchr(text, '\t');

	if (nw_is_blank(text))
		return;
	if (!tab || strchr(tab + 1, '\t')) {
		nw_error(table, line,
			 "%s tab in the line; expected the Spanish name, a "
			 "tab, the Chinese name", tab ? "more than one" : "no");
		return;
	}
	e.spanish = nw_strndup(text, tab - text);
	e.chinese = nw_strdup(tab + 1);
	if (has_loose_blanks(e.spanish) || has_loose_blanks(e.chinese))
		nw_error(table, line,
			 "an empty name, or blanks around one; expected the "
			 "Spanish name, a tab, the Chinese name");
	else if (strchr("+^!-?", *e.chinese) || nw_is_root(e.chinese))
		nw_error(table, line,
			 "\"%s\" would be read as an operator or as a file; "
			 "expected a name in Chinese", e.chinese);
	else
		add_entry(e);
}

/* A chapter that brings no chunk of its own needs no table. */
static void read_table(const char *table)
{
	FILE *f = fopen(table, "r");
	char *text = NULL;
	size_t size = 0;
	ssize_t n;
	int line = 0;

	if (!f && errno == ENOENT)
		return;
	if (!f)
		nw_die("cannot read %s: %s", table, strerror(errno));
	while ((n = getline(&text, &size, f)) > 0) {
		if (text[n - 1] == '\n')
			text[n - 1] = '\0';
		read_entry(table, ++line, text);
	}
	free(text);
	fclose(f);
}

static void read_tables(const struct nw_book *book)
{
	int i;

	names.spanish = nw_map_new();
	names.chinese = nw_map_new();
	names.files = nw_map_new();
	for (i = 0; i < book->nblocks; i++) {
		const struct nw_block *b = &book->blocks[i];
		char *table;

		if (b->lines->key != NW_FILE || b->chapter < 0)
			continue;
		table = table_name(b->lines->arg);
		if (nw_map_get(names.files, table))
			continue;
		nw_map_put(names.files, table, &names);
		read_table(table);
	}
}

/* ---- checking --------------------------------------------------------- */

static bool has_code(const char *name, const char *code, size_t n)
{
	const char *s = name;

	while ((s = strstr(s, "[["))) {
		s += 2;
		if (!strncmp(s, code, n) && !strncmp(s + n, "]]", 2))
			return true;
	}
	return false;
}

/* Is all the [[code]] of one name in the other? */
static bool keeps_code(const char *from, const char *to)
{
	const char *end;

	while ((from = strstr(from, "[["))) {
		from += 2;
		end = strstr(from, "]]");
		if (!end)
			return true;
		if (!has_code(to, from, end - from))
			return false;
		from = end + 2;
	}
	return true;
}

static void check_definition(const struct nw_block *b)
{
	struct entry *e;
	char *table;

	if (b->op || nw_is_root(b->name))
		return;
	table = table_name(b->file);
	e = nw_map_get(names.spanish, b->name);
	if (!e)
		nw_error(b->file, b->line,
			 "<<%s>> has no Chinese name; expected one in %s",
			 b->name, table);
	else if (strcmp(e->table, table))
		nw_error(b->file, b->line,
			 "the Chinese name of <<%s>> is in %s:%d; expected it "
			 "in %s, with the chapter that brings the chunk",
			 b->name, e->table, e->line, table);
	if (e)
		e->used = true;
	free(table);
}

static void check_entry(const struct entry *e)
{
	if (!e->used)
		nw_error(e->table, e->line,
			 "\"%s\" is no chunk that this chapter brings; "
			 "expected the name of one", e->spanish);
	if (!keeps_code(e->spanish, e->chinese) ||
	    !keeps_code(e->chinese, e->spanish))
		nw_error(e->table, e->line,
			 "the names have not the same [[code]]; expected that "
			 "of \"%s\" in the Chinese one", e->spanish);
}

static void check(const struct nw_book *book)
{
	int i;

	for (i = 0; i < book->nblocks; i++)
		if (book->blocks[i].kind == NW_CODE)
			check_definition(&book->blocks[i]);
	for (i = 0; i < names.n; i++)
		check_entry(names.entries[i]);
	nw_put_book(book);
}

/* ---- translating ------------------------------------------------------ */

static const char *translate(const struct nw_block *b, const struct nw_line *l,
			     const char *name)
{
	struct entry *e;

	if (nw_is_root(name))
		return name;
	e = nw_map_get(names.spanish, name);
	if (e)
		return e->chinese;
	nw_error(b->file, l->line,
		 "<<%s>> has no Chinese name; expected one in a .names file",
		 name);
	return name;
}

/* The operator, and the hash with what follows it, stay. */
static void put_name(const struct nw_block *b, const struct nw_line *l,
		     const char *name)
{
	bool op = *name && strchr("+^!-?", *name);
	const char *end = name + strlen(name), *s = name;
	char *old;

	if (*name == '!' || *name == '-')
		while ((s = strstr(s, " =")))
			end = s++;
	old = nw_strndup(name + op, end - name - op);
	printf("%.*s%s%s\n", op, name, translate(b, l, old), end);
	free(old);
}

static void put_defn(const struct nw_block *b, const struct nw_line *l)
{
	printf("@defn ");
	put_name(b, l, l->arg);
}

/*
 * What noidx makes of names: "@xref notused NAME" and "@xref chunkbegin
 * LABEL NAME".
 */
static bool put_xref(const struct nw_block *b, const struct nw_line *l)
{
	static const char unused[] = "@xref notused ";
	static const char chunk[] = "@xref chunkbegin ";
	const char *name = NULL;

	if (!strncmp(l->raw, unused, strlen(unused)))
		name = l->raw + strlen(unused);
	else if (!strncmp(l->raw, chunk, strlen(chunk)) &&
		 (name = strchr(l->raw + strlen(chunk), ' ')))
		name++;
	if (!name)
		return false;
	printf("%.*s", (int)(name - l->raw), l->raw);
	put_name(b, l, name);
	return true;
}

/* Only in code is the name of a use sure to be that of a chunk. */
static void put_use(const struct nw_block *b, const struct nw_line *l)
{
	bool known = nw_map_get(names.spanish, l->name);

	if (b->kind == NW_CODE || known)
		printf("@use %s%s\n", l->slot ? "?" : "",
		       translate(b, l, l->name));
	else
		nw_put_line(l);
}

static void put_translated(const struct nw_block *b)
{
	int i;

	for (i = 0; i < b->nlines; i++) {
		const struct nw_line *l = &b->lines[i];

		if (l->key == NW_DEFN && b->kind == NW_CODE)
			put_defn(b, l);
		else if (l->key == NW_USE)
			put_use(b, l);
		else if (l->key != NW_OTHER || !put_xref(b, l))
			nw_put_line(l);
	}
}

/* ---- all of it -------------------------------------------------------- */

static void usage(void)
{
	nw_die("usage: nwnames -c | nwnames -l es|zh");
}

int main(int argc, char **argv)
{
	const char *lang = NULL;
	struct nw_book *book;
	bool checks = false;
	int c, i;

	nw_init("nwnames", true);
	while ((c = getopt(argc, argv, "cl:")) != -1) {
		if (c == 'c')
			checks = true;
		else if (c == 'l' && (!strcmp(optarg, "es") ||
				      !strcmp(optarg, "zh")))
			lang = optarg;
		else
			usage();
	}
	if (checks == (lang != NULL) || optind < argc)
		usage();
	book = checks ? nw_read(stdin) : nw_read_sound(stdin);
	if (lang && !strcmp(lang, "es")) {
		nw_put_book(book);
		return nw_finish();
	}
	read_tables(book);
	if (checks)
		check(book);
	for (i = 0; !checks && i < book->nblocks; i++)
		put_translated(&book->blocks[i]);
	return nw_finish();
}

/*
 * nwhole - makes of the program of a checkpoint that of a lab:
 *
 *	nwhole [-p PLACES] LAB	the chunks that LAB names lose what is in them;
 *				what LAB gives stands in their place, under a
 *				comment with their place in the book
 *	nwhole -n LAB		no hole: only what LAB adds
 *	nwhole -k N LAB		the same with hole N alone
 *	nwhole -x LAB		the chunks that a student is not to see, instead:
 *				the holes, and what is used in them alone
 *	nwhole -f LAB		the files in which the holes are, instead
 *	nwhole -l LAB		the holes, instead: file and line of the
 *				chunk's definition, a tab, lines that are gone,
 *				a tab, name
 *
 * The program comes from nwcheckpoint. PLACES has a line a chunk: its name,
 * chapter, section, the section's title in Spanish and in Chinese and the
 * page in each (or -), with tabs between them.
 *
 * LAB is a text. A line begins with a tab (text that stands in the place of
 * the chunk named last), with # (a comment), or with one of these words:
 *
 *	chapter NN		the checkpoint
 *	es TITLE		in Spanish
 *	zh TITLE		in Chinese
 *	minutes N		for a student
 *	hole CHUNK		to be emptied; its new text follows
 *	add CHUNK		to be continued; the text follows
 *	test NAME N WHAT	a test, its points, and what it shows
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nw.h"

/* One thing that a lab does to a chunk. */
struct change {
	struct nw_chunk *chunk;
	bool hole;
	int line;		/* of the lab's file */
	int number;		/* of the hole, from 1 */
	struct nw_buf text;
};

struct place {
	char *field[7];		/* chunk chapter section es zh page page */
};

static const char *lab;			/* its file */
static struct change *changes;
static int nchanges, nholes;
static int only;			/* the hole, 0: all of them, or -1: none */
static struct nw_map *places;

/* ---- the lab ---------------------------------------------------------- */

static void add_change(const struct nw_book *book, const char *name,
		       bool hole, int line)
{
	struct nw_chunk *chunk = nw_chunk(book, name);

	if (!chunk || !chunk->ndefs) {
		nw_error(lab, line, "no chunk <<%s>> at this checkpoint; "
			 "expected the Spanish name of one", name);
		chunk = NULL;
	} else if (hole && chunk->mark2) {
		nw_error(lab, line, "a second hole in <<%s>>", name);
	} else if (hole) {
		chunk->mark2 = ++nholes;
	}
	nw_grow(changes, nchanges);
	changes[nchanges++] = (struct change){
		.chunk = chunk, .hole = hole, .line = line, .number = nholes,
	};
}

static const char *after(const char *line, const char *word)
{
	size_t n = strlen(word);

	return !strncmp(line, word, n) && line[n] == ' ' ? line + n + 1 : NULL;
}

static bool is_for_others(const char *line)
{
	static const char *const words[] = {
		"chapter", "es", "zh", "minutes", "test",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (after(line, words[i]))
			return true;
	return !*line || *line == '#';
}

static void read_line(void *book, char *text, int line)
{
	const char *name;

	if (*text == '\t') {
		if (nchanges)
			nw_addf(&changes[nchanges - 1].text, "%s\n", text + 1);
		else
			nw_error(lab, line, "text for no chunk; expected a "
				 "hole or an add before it");
	} else if ((name = after(text, "hole"))) {
		add_change(book, name, true, line);
	} else if ((name = after(text, "add"))) {
		add_change(book, name, false, line);
	} else if (!is_for_others(text)) {
		nw_error(lab, line, "\"%s\"; expected chapter, es, zh, minutes,"
			 " hole, add, test, or a tab and a text", text);
	}
}

static void read_lab(struct nw_book *book)
{
	nw_each_line(lab, book, read_line);
	if (!nholes)
		nw_error(lab, 1, "no hole; expected one at least");
	nw_end_if_errors();
}

/* ---- where the holes are ---------------------------------------------- */

/* Does CHUNK reach a hole? mark: 1 it does not, 2 it does. */
static bool reaches_hole(struct nw_chunk *chunk)
{
	if (chunk->mark)
		return chunk->mark == 2;
	chunk->mark = chunk->mark2 ? 2 : 1;
	if (chunk->mark2)
		return true;
	for (int i = 0; i < chunk->ndefs; i++) {
		const struct nw_block *def = chunk->defs[i];

		for (int j = 0; j < def->nlines; j++)
			if (def->lines[j].key == NW_USE &&
			    reaches_hole(def->lines[j].chunk))
				chunk->mark = 2;
	}
	return chunk->mark == 2;
}

/* A file of which the loom knows no comment has no hole. */
static bool takes_comment(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && dot[1] && !dot[2] && strchr("chS", dot[1]);
}

static void check_files(const struct nw_book *book, bool show)
{
	for (int i = 0; i < book->nchunks; i++) {
		struct nw_chunk *c = book->chunks[i];

		if (!c->root || !c->ndefs || !reaches_hole(c))
			continue;
		if (!takes_comment(c->name))
			nw_error(lab, 1, "a hole in %s; expected one in C or "
				 "assembly, which have a comment for it",
				 c->name);
		else if (show)
			puts(c->name);
	}
	for (int i = 0; i < nchanges; i++)
		if (changes[i].hole && !changes[i].chunk->mark)
			nw_error(lab, changes[i].line, "<<%s>> is in no file, "
				 "or inside another hole; expected a chunk "
				 "that reaches one",
				 changes[i].chunk->name);
}

static int count_lines(const struct nw_chunk *chunk)
{
	int n = 0;

	for (int i = 0; i < chunk->ndefs; i++)
		for (struct nw_line *l = nw_body(chunk->defs[i]); l;
		     l = nw_next_line(l))
			n++;
	return n;
}

/* After check_files(): a chunk that it did not come to is used in holes
 * alone. */
static void list_hidden(const struct nw_book *book)
{
	for (int i = 0; i < book->nchunks; i++) {
		const struct nw_chunk *c = book->chunks[i];

		if (c->ndefs && (c->mark2 || (!c->mark && !c->root)))
			puts(c->name);
	}
}

static void list_holes(void)
{
	for (int i = 0; i < nchanges; i++) {
		const struct nw_chunk *c = changes[i].chunk;

		if (changes[i].hole)
			printf("%s:%d\t%d\t%s\n", c->defs[0]->file,
			       c->defs[0]->line, count_lines(c), c->name);
	}
}

/* ---- their places in the book ----------------------------------------- */

static void add_place(void *arg, char *line, int number)
{
	struct place *p = nw_alloc(sizeof(*p));
	char *text = nw_strdup(line);

	(void)arg;
	for (int i = 0; i < 7; i++) {
		p->field[i] = strsep(&text, "\t");
		if (!p->field[i])
			nw_die("line %d of the places has %d fields; "
			       "expected 7", number, i);
	}
	nw_map_put(places, p->field[0], p);
}

static void put_text(const char *text)
{
	const char *end;

	for (; *text; text = end + 1) {
		end = strchr(text, '\n');
		if (end > text)
			printf("@text %.*s\n", (int)(end - text), text);
		printf("@nl\n");
	}
}

static void put_comment(const struct change *c)
{
	const struct place *p = nw_map_get(places, c->chunk->name);
	struct nw_buf b = { 0 };

	nw_addf(&b, "/*\n * HOLE %d of %d\n", c->number, nholes);
	if (p) {
		nw_addf(&b, " * Libro: capítulo %d, sección %s, «%s»",
			atoi(p->field[1]), p->field[2], p->field[3]);
		if (strcmp(p->field[5], "-"))
			nw_addf(&b, ", p. %s", p->field[5]);
		nw_addf(&b, "\n * 书：第 %d 章 %s 节《%s》", atoi(p->field[1]),
			p->field[2], p->field[4]);
		if (strcmp(p->field[6], "-"))
			nw_addf(&b, "，第 %s 页", p->field[6]);
		nw_addf(&b, "\n");
	}
	nw_addf(&b, " */\n");
	put_text(b.s);
	free(b.s);
}

/* ---- the program of the lab ------------------------------------------- */

static const struct change *hole_of(const struct nw_block *b)
{
	if (b->kind != NW_CODE || !b->chunk->mark2)
		return NULL;
	for (int i = 0; i < nchanges; i++)
		if (changes[i].hole && changes[i].chunk == b->chunk &&
		    (!only || changes[i].number == only))
			return &changes[i];
	return NULL;
}

static void begin_definition(const struct change *c, int number)
{
	printf("@file %s\n@line %d\n@begin code %d\n@defn %s\n@nl\n", lab,
	       c->line + 1, number, c->chunk->name);
}

static void put_change(const struct change *c, int number)
{
	begin_definition(c, number);
	if (c->hole)
		put_comment(c);
	put_text(c->text.len ? c->text.s : "");
	printf("@end code %d\n", number);
}

/* Only the first definition of a hole leaves something behind. */
static void put_program(const struct nw_book *book)
{
	for (int i = 0; i < book->nblocks; i++) {
		const struct nw_block *b = &book->blocks[i];
		const struct change *c = hole_of(b);

		if (!c)
			nw_put_block(b);
		else if (c->chunk->defs[0] == b)
			put_change(c, i);
	}
	for (int i = 0; i < nchanges; i++)
		if (!changes[i].hole)
			put_change(&changes[i], book->nblocks + i);
}

int main(int argc, char **argv)
{
	bool files = false, list = false, secret = false, wrong = false;
	struct nw_book *book;
	int c;

	places = nw_map_new();
	while ((c = getopt(argc, argv, "fk:lnp:x")) != -1) {
		if (c == 'f')
			files = true;
		else if (c == 'l')
			list = true;
		else if (c == 'x')
			secret = true;
		else if (c == 'n')
			only = -1;
		else if (c == 'k')
			only = atoi(optarg);
		else if (c == 'p')
			nw_each_line(optarg, NULL, add_place);
		else
			wrong = true;
	}
	nw_init("nwhole", !files && !list && !secret);
	if (wrong || optind != argc - 1)
		nw_die("usage: nwhole [-p PLACES] [-f | -l | -x | -n | -k N] LAB");
	lab = argv[optind];
	book = nw_read_sound(stdin);
	nw_gather(book);
	read_lab(book);
	if (only < -1 || only > nholes)
		nw_die("hole %d; expected 1 to %d", only, nholes);
	check_files(book, files);
	nw_end_if_errors();
	if (list)
		list_holes();
	else if (secret)
		list_hidden(book);
	else if (!files)
		put_program(book);
	return nw_finish();
}

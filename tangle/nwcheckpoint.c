/*
 * nwcheckpoint -c NN - makes of a book the noweb program of chapter NN: only
 * the definitions that are live at its end, in tangling order and without
 * operators; slots are plain uses, or gone with their lines.
 */
#include "nw.h"

#include <ctype.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

/* What vanishes still counts as a line, so @index nl stands for its @nl. */
static void put_vanished(struct nw_line *l)
{
	struct nw_line *end = nw_line_end(l);

	for (; l < end; l++)
		if (l->key != NW_TEXT && l->key != NW_USE)
			nw_put_line(l);
	if (end->key != NW_END)
		puts("@index nl");
}

static void put_source_line(struct nw_line *l)
{
	struct nw_line *end = nw_line_end(l);

	for (; l < end; l++) {
		if (l->key == NW_USE)
			printf("@use %s\n", l->name);
		else
			nw_put_line(l);
	}
	if (end->key != NW_END)
		nw_put_line(end);
}

/*
 * @line is the number of the line after the next @nl, which here is the one
 * of <<x>>=.
 */
static void put_definition(const struct nw_block *def, int number, int chapter)
{
	struct nw_line *l;

	printf("@file %s\n@line %d\n", def->file, def->line + 1);
	printf("@begin code %d\n@defn %s\n@nl\n", number, def->name);
	for (l = nw_body(def); l; l = nw_next_line(l)) {
		if (nw_vanishes(l, chapter))
			put_vanished(l);
		else
			put_source_line(l);
	}
	printf("@end code %d\n", number);
}

static void put_checkpoint(const struct nw_book *book, int chapter)
{
	struct nw_block **defs;
	int i, j, n, number = 0;

	for (i = 0; i < book->nchunks; i++) {
		defs = nw_live(book->chunks[i], chapter, &n);
		for (j = 0; j < n; j++)
			put_definition(defs[j], number++, chapter);
	}
}

static void no_checkpoint(const struct nw_book *book, int chapter)
{
	struct nw_buf list = { 0 };
	int i;

	for (i = 0; i < book->nchapters; i++)
		nw_addf(&list, " %02d", book->chapters[i]);
	nw_die("chapter %02d has no code; expected one of%s", chapter,
	       list.len ? list.s : " none: the book has no code");
}

static int parse_options(int argc, char **argv)
{
	int c, chapter = -1;

	while ((c = getopt(argc, argv, "c:")) != -1)
		if (c == 'c' && isdigit((unsigned char)*optarg))
			chapter = atoi(optarg);
	if (chapter < 0 || optind < argc)
		nw_die("usage: nwcheckpoint -c NN");
	return chapter;
}

int main(int argc, char **argv)
{
	struct nw_book *book;
	int chapter;

	nw_init("nwcheckpoint", true);
	chapter = parse_options(argc, argv);
	book = nw_read_sound(stdin);
	nw_history(book);
	nw_end_if_errors();
	if (!nw_is_checkpoint(book, chapter))
		no_checkpoint(book, chapter);
	put_checkpoint(book, chapter);
	return nw_finish();
}

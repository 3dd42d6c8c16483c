/*
 * nwhide - the book without what a student is to find out: nwhide [-x STEM]...
 * LIST, after nwlang and before names are translated.
 *
 * LIST has a line a chunk: its name, a tab, the lab that asks for it (see
 * nwhole -x). Of all its definitions, in whichever chapter, the name stays and
 * a comment that names the lab. Of the chapter with the stem STEM nothing
 * stays.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nw.h"

static struct nw_map *hidden;		/* chunk -> lab */
static const char *left_out[16];	/* stems */
static int nleft_out;

static void hide(void *path, char *line, int number)
{
	char *tab = strchr(line, '\t');

	if (!tab)
		nw_die("%s:%d: \"%s\"; expected a chunk, a tab, a lab",
		       (char *)path, number, line);
	nw_map_put(hidden, nw_strndup(line, tab - line), nw_strdup(tab + 1));
}

static bool is_left_out(const struct nw_block *b)
{
	if (!b->file || nw_chapter(b->file) < 0)
		return false;
	for (int i = 0; i < nleft_out; i++)
		if (!strcmp(nw_stem(b->file), left_out[i]))
			return true;
	return false;
}

/* The lines up to that of <<name>>=, the comment, and the end. */
static void put_hidden(const struct nw_block *b, const char *lab)
{
	const struct nw_line *l = b->lines;

	for (; l->key != NW_NL && l->key != NW_END; l++)
		nw_put_line(l);
	printf("@nl\n@text /* lab %s */\n@nl\n", lab);
	nw_put_line(&b->lines[b->nlines - 1]);
}

/* A page of what the style says at the opening of a chapter stays. */
static bool is_opening(const struct nw_block *b)
{
	for (int i = 0; i < b->nlines; i++)
		if (b->lines[i].key == NW_TEXT &&
		    !strncmp(b->lines[i].arg, "\\golcapitulo{", 13))
			return true;
	return false;
}

static void put_block(const struct nw_block *b)
{
	const char *lab = NULL;

	if (b->kind == NW_CODE && b->op != '-')	/* which has no body */
		lab = nw_map_get(hidden, b->name);
	if (lab)
		put_hidden(b, lab);
	else if (b->kind != NW_DOCS || !is_left_out(b) || is_opening(b))
		nw_put_block(b);
}

int main(int argc, char **argv)
{
	struct nw_book *book;
	int c;

	nw_init("nwhide", true);
	hidden = nw_map_new();
	while ((c = getopt(argc, argv, "x:")) != -1) {
		if (c != 'x' || nleft_out == 16)
			nw_die("usage: nwhide [-x STEM]... LIST");
		left_out[nleft_out++] = optarg;
	}
	if (optind != argc - 1)
		nw_die("usage: nwhide [-x STEM]... LIST");
	nw_each_line(argv[optind], argv[optind], hide);
	book = nw_read_sound(stdin);
	for (int i = 0; i < book->nblocks; i++)
		put_block(&book->blocks[i]);
	return nw_finish();
}

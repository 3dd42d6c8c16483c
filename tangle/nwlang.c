/*
 * nwlang - the book of one language: nwlang -l es|zh
 *
 * Keeps the docs blocks of that language and those of both, puts each
 * chapter where the list of chapters in book.nw has it, and numbers the
 * blocks again, so that the first block of book.nw, the preamble, is chunk 0.
 * A tag line becomes a TeX comment that names its source, which is how the
 * weaver finds the line of an error.
 *
 * Every definition gets an id that does not depend on the language of its
 * name, in a private line after @begin:
 *
 *	@gol id b5d4045c3f46-2	(hash of the chunk's name, which one)
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nw.h"

struct lang {
	struct nw_book *book;
	enum nw_lang keep;
	const char *file;	/* the @file last printed */
	int number;		/* of the next block */
	struct nw_map *seen;	/* chunk name -> count of definitions */
};

static bool is_kept(const struct lang *l, const struct nw_block *b)
{
	if (b->kind == NW_CODE)
		return true;
	return b->kind == NW_DOCS && !b->blank &&
	       (b->lang == l->keep || b->lang == NW_BOTH);
}

/* @line counts the line after the next newline: see nw_read(). */
static void put_place(struct lang *l, const struct nw_block *b)
{
	if (!l->file || strcmp(l->file, b->file)) {
		l->file = b->file;
		printf("@file %s\n", b->file);
	}
	printf("@line %d\n", b->line + 1);
}

static void put_id(struct lang *l, const struct nw_block *b)
{
	int *count = nw_map_get(l->seen, b->name);
	char hash[NW_HASH_LEN + 1];

	if (!count) {
		count = nw_alloc(sizeof(*count));
		nw_map_put(l->seen, b->name, count);
	}
	nw_hash(hash, b->name);
	printf("@gol id %s-%d\n", hash, ++*count);
}

static void put_code(struct lang *l, const struct nw_block *b)
{
	printf("@begin code %d\n", l->number);
	put_id(l, b);
	for (int i = 1; i < b->nlines - 1; i++)
		nw_put_line(&b->lines[i]);
	printf("@end code %d\n", l->number++);
}

/* The first @text of a tagged block is its tag. */
static void put_docs(struct lang *l, const struct nw_block *b)
{
	bool tag = true;

	printf("@begin docs %d\n", l->number);
	for (int i = 1; i < b->nlines - 1; i++) {
		if (tag && b->lines[i].key == NW_TEXT) {
			printf("@text %% %s:%d\n", b->file, b->line);
			tag = false;
		} else {
			nw_put_line(&b->lines[i]);
		}
	}
	printf("@end docs %d\n", l->number++);
}

static void put_block(struct lang *l, const struct nw_block *b)
{
	if (!is_kept(l, b))
		return;
	put_place(l, b);
	if (b->kind == NW_CODE)
		put_code(l, b);
	else
		put_docs(l, b);
}

/* Tells the style which chapter file begins here. */
static void put_opening(struct lang *l, const char *stem)
{
	printf("@begin docs %d\n", l->number);
	printf("@text \\golcapitulo{%s}%%\n@nl\n", stem);
	printf("@end docs %d\n", l->number++);
}

/* The chapter of that stem; false when the book has no such file. */
static bool put_chapter(struct lang *l, const char *stem)
{
	bool found = false;

	for (int i = 0; i < l->book->nblocks; i++) {
		const struct nw_block *b = &l->book->blocks[i];

		if (b->kind == NW_LOOSE || !b->file ||
		    nw_chapter(b->file) < 0 || strcmp(nw_stem(b->file), stem))
			continue;
		if (!found)
			put_opening(l, stem);
		found = true;
		put_block(l, b);
	}
	return found;
}

/* The block is the list: a stem a line. */
static void put_chapters(struct lang *l, const struct nw_block *list)
{
	struct nw_buf text = { 0 };
	char *stem;

	nw_docs_text(&text, list);
	for (stem = strtok(text.s, " \t\n"); stem; stem = strtok(NULL, " \t\n"))
		if (!put_chapter(l, stem))
			nw_error(list->file, list->line,
				 "no chapter '%s' among the files; expected "
				 "chapters/%s.nw", stem, stem);
}

/* The file that holds the list of chapters; NULL: files in their order. */
static const char *main_file(const struct nw_book *book)
{
	for (int i = 0; i < book->nblocks; i++)
		if (book->blocks[i].kind == NW_DOCS &&
		    book->blocks[i].lang == NW_CHAPTERS)
			return book->blocks[i].file;
	return NULL;
}

static void put_whole(struct lang *l)
{
	const char *file = main_file(l->book);

	for (int i = 0; i < l->book->nblocks; i++) {
		const struct nw_block *b = &l->book->blocks[i];

		if (file && (!b->file || strcmp(b->file, file)))
			continue;
		if (b->kind == NW_DOCS && b->lang == NW_CHAPTERS)
			put_chapters(l, b);
		else
			put_block(l, b);
	}
}

int main(int argc, char **argv)
{
	struct lang l = { .keep = NW_UNTAGGED };
	int c;

	nw_init("nwlang", true);
	while ((c = getopt(argc, argv, "l:")) != -1) {
		if (c == 'l' && !strcmp(optarg, "es"))
			l.keep = NW_ES;
		else if (c == 'l' && !strcmp(optarg, "zh"))
			l.keep = NW_ZH;
	}
	if (l.keep == NW_UNTAGGED || optind != argc)
		nw_die("expected -l es or -l zh");
	l.book = nw_read_sound(stdin);
	l.seen = nw_map_new();
	put_whole(&l);
	return nw_finish();
}

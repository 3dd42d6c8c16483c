/*
 * nw.h - what every program of the loom shares: a book read from noweb's
 * pipeline, the history of its chunks, hashes, and the reporting of errors.
 *
 * A program reads the whole book from stdin, works on it, and writes it or
 * what it made of it to stdout:
 *
 *	nw_init("nwsomething", true);
 *	book = nw_read(stdin);
 *	nw_history(book);		(only if it asks about chunks)
 *	...				nw_error() for each thing to mend
 *	nw_put_book(book);		(a checker passes the stream through)
 *	return nw_finish();
 *
 * A book lives until the program ends: nothing of it is ever freed.
 */
#ifndef NW_H
#define NW_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define NW_PRINTF(f, a) __attribute__((format(printf, f, a)))

struct nw_chunk;

/* ---- the pipeline ----------------------------------------------------- */

/* The key word of a line; the ones the loom does not care for are OTHER. */
enum nw_key {
	NW_OTHER,
	NW_FILE,		/* @file NAME */
	NW_LINE,		/* @line N */
	NW_BEGIN,		/* @begin KIND N */
	NW_END,			/* @end KIND N */
	NW_TEXT,		/* @text STRING */
	NW_NL,			/* @nl */
	NW_INDEX_NL,		/* @index nl: a line that shows nothing */
	NW_DEFN,		/* @defn NAME, operator and hash included */
	NW_USE,			/* @use NAME, the ? of a slot included */
	NW_QUOTE,		/* @quote: what markup makes of [[ */
	NW_ENDQUOTE,		/* @endquote: ]] */
	NW_FATAL,		/* @fatal */
};

struct nw_line {
	enum nw_key key;
	bool slot;		/* NW_USE: written <<?name>> */
	int line;		/* its line in the source */
	char *raw;		/* as read, without the newline */
	char *arg;		/* what follows the key word and one blank */
	const char *name;	/* NW_USE: the chunk's name, without the ? */
	struct nw_chunk *chunk;	/* NW_USE in code, after nw_history() */
	bool mark;		/* for the program */
};

/*
 * NW_CODE and NW_DOCS run from @begin to @end, both included.  Any line
 * outside of them (@file, @line, @header, @xref ...) is an NW_LOOSE block of
 * its own, so that printing the lines of all blocks gives the stream back.
 */
enum nw_kind { NW_LOOSE, NW_CODE, NW_DOCS };

/* What the tag line of a docs block says. */
enum nw_lang {
	NW_UNTAGGED,		/* no tag: an error unless the block is blank */
	NW_ES,
	NW_ZH,
	NW_BOTH,
	NW_CHAPTERS,		/* the order of the chapters, one a line */
	NW_BADTAG,		/* a % in the first place, but none of these */
};

struct nw_block {
	enum nw_kind kind;
	const char *file;
	int line;		/* of @begin, of the tag, of <<x>>= */
	int chapter;		/* NN of the file's name, or -1 */
	struct nw_line *lines;
	int nlines;

	/* NW_CODE: <<!name =hash -03 -05>>= */
	char op;		/* 0 + ^ ! -, or ? (an error) */
	const char *name;	/* the name alone */
	const char *hash;	/* what follows the =, or NULL */
	int *drops;		/* the chapters named after the hash */
	int ndrops;
	bool baddrops;		/* something there is not -NN */
	struct nw_chunk *chunk;	/* after nw_history() */

	/* NW_DOCS: @ %es id =hash raw */
	enum nw_lang lang;
	const char *id;		/* or NULL */
	const char *taghash;	/* what follows the =, or NULL */
	bool rawtex;		/* the tag line ends in " raw" */
	bool badtag;		/* a word too many, or out of place */
	bool blank;		/* no text at all but for the tag */
};

/* ---- the history of chunks -------------------------------------------- */

/* What a chunk is from the end of one chapter on. */
struct nw_version {
	int chapter;
	int owner;		/* the chapter that made or last replaced it */
	struct nw_block **defs;	/* its live definitions, in tangling order */
	int ndefs;		/* 0: removed */
	bool fresh;		/* this chapter made or replaced it */
	bool added;		/* this chapter has + or ^ on an older one */
};

struct nw_chunk {
	const char *name;
	bool root;		/* it is a file of the tree */
	int index;		/* its place in the book's chunks */
	struct nw_block **defs;	/* all its definitions, by chapter */
	int ndefs;		/* 0: it is only used */
	struct nw_version *versions;
	int nversions;
	bool faulty;		/* nw_history() had to guess what it is */
	int empty_at;		/* nw_is_empty() knows that of this chapter */
	bool empty;
	int mark, mark2;	/* for whoever walks over the chunks */
	void *priv;		/* for the program */
};

struct nw_map;			/* from strings to anything: see below */

struct nw_book {
	struct nw_block *blocks;
	int nblocks;
	struct nw_map *map;	/* name -> chunk */
	struct nw_chunk **chunks; /* in order of first definition or use */
	int nchunks;
	int *chapters;		/* the checkpoints: chapters that have code */
	int nchapters;
};

/* ---- reading and writing ---------------------------------------------- */

/*
 * First call of main().  A FILTER ends its output in @fatal when it fails.
 */
void nw_init(const char *program, bool filter);

/*
 * Reads a pipeline to its end.  Line numbers: @file starts at 1, @nl and
 * @index nl count one, and @line N says that the line which begins after the
 * next of them is N (that is how nt takes it): the definition that follows
 * "@line 41" outside a block stands on line 40, its body begins on 41.
 *
 * An @fatal in it is not a block; nw_finish() hands it on.  The two ways of
 * reading differ in what they do then: a program that only checks goes on,
 * so that all errors of a run are seen; one that makes something out of the
 * book uses nw_read_sound(), which ends the program in silence, because
 * whoever wrote the @fatal has spoken.
 */
struct nw_book *nw_read(FILE *f);
struct nw_book *nw_read_sound(FILE *f);

/* Prints lines, blocks, books as they were read. */
void nw_put_line(const struct nw_line *l);
void nw_put_block(const struct nw_block *b);
void nw_put_book(const struct nw_book *book);

/* ---- history ---------------------------------------------------------- */

/*
 * Makes the chunks of the book: what is live at the end of each chapter.
 * Reports operators out of place; it judges neither hashes nor uses (that is
 * nwchunks's work), so it also serves where names are already translated.
 */
void nw_history(struct nw_book *book);

/*
 * The same for a plain noweb program, such as nwcheckpoint makes: every
 * definition of a name is a part of its chunk, in the order of the stream.
 * There are no versions.  Operators and slots are reported as errors.
 */
void nw_gather(struct nw_book *book);

/* The chunk of that name, defined or only used; NULL if there is none. */
struct nw_chunk *nw_chunk(const struct nw_book *book, const char *name);

/*
 * What the chunk is at the end of CHAPTER; NULL before its first chapter.
 * What it is at the start of chapter c is nw_version(chunk, c - 1).
 */
const struct nw_version *nw_version(const struct nw_chunk *chunk,
				    int chapter);

/* The live definitions at the end of CHAPTER (*n of them, perhaps 0). */
struct nw_block **nw_live(const struct nw_chunk *chunk, int chapter, int *n);

/* Is it live at the end of CHAPTER? */
bool nw_is_live(const struct nw_chunk *chunk, int chapter);

/* Is that chapter a checkpoint? */
bool nw_is_checkpoint(const struct nw_book *book, int chapter);

/*
 * The source lines of a definition: the first of its body (what follows the
 * line of <<x>>=) and the next one, or NULL; and the @nl, @index nl or @end
 * at which the one that begins at L ends.
 *
 *	for (l = nw_body(def); l; l = nw_next_line(l))
 */
struct nw_line *nw_body(const struct nw_block *def);
struct nw_line *nw_next_line(struct nw_line *l);
struct nw_line *nw_line_end(struct nw_line *l);

/*
 * Is there nothing but white space in CHUNK at the end of CHAPTER, or no
 * such chunk?
 */
bool nw_is_empty(struct nw_chunk *chunk, int chapter);

/*
 * Does the source line that begins at L vanish from the tree of CHAPTER?  It
 * does if it has a slot whose chunk is empty there, or if it has no text and
 * all the chunks that it uses are empty there.  (A plain use of a chunk that
 * does not exist stays, for somebody to complain about.)
 */
bool nw_vanishes(struct nw_line *l, int chapter);

/* Is S white space only, or nothing? */
bool nw_is_blank(const char *s);

/*
 * Is NAME the name of a file of the tree?  Only [A-Za-z0-9_./-], with a dot
 * or a slash among them, or "Makefile".
 */
bool nw_is_root(const char *name);

/* What is wrong with the name of a root as a path; NULL if nothing is. */
const char *nw_bad_root(const char *name);

/* The NN of "chapters/NN-slug.nw", or -1 if the file is no chapter. */
int nw_chapter(const char *file);

/* "NN-slug" of "chapters/NN-slug.nw", allocated. */
char *nw_stem(const char *file);

/* ---- text and hashes -------------------------------------------------- */

/* A string that grows; always ends in NUL once something was added. */
struct nw_buf {
	char *s;
	size_t len, size;
};

void nw_add(struct nw_buf *b, const char *s);
void nw_addn(struct nw_buf *b, const char *s, size_t n);
void nw_addc(struct nw_buf *b, char c);
void nw_addf(struct nw_buf *b, const char *fmt, ...) NW_PRINTF(2, 3);

/*
 * The text of a code definition: uses as <<name>> (slots as <<?name>>), its
 * lines ended by newlines, without the line of the definition itself.
 */
void nw_code_text(struct nw_buf *to, const struct nw_block *def);

/*
 * The text of a docs block without its tag line; quoted code is [[...]]
 * again.
 */
void nw_docs_text(struct nw_buf *to, const struct nw_block *docs);

/*
 * White space folded, in place: runs become one blank, none at the ends, and
 * none between two Chinese characters, where the printed page has none
 * either.  What reflowing a paragraph changes, folding takes back.
 */
void nw_fold(char *s);

#define NW_HASH_LEN 12

/*
 * FNV-1a of 64 bits; nw_hash() folds a copy of the text and gives the top 48
 * of them as 12 hexadecimal digits.
 */
uint64_t nw_fnv(const char *s);
void nw_hash(char hash[NW_HASH_LEN + 1], const char *text);
void nw_docs_hash(char hash[NW_HASH_LEN + 1], const struct nw_block *docs);
/* Of all that a ! or - in CHAPTER replaces: what is live when it starts. */
void nw_old_hash(char hash[NW_HASH_LEN + 1], const struct nw_chunk *chunk,
		 int chapter);

/*
 * Calls F for each line of a text, without its newline, with its number; ends
 * the program if the file cannot be read.
 */
void nw_each_line(const char *path, void *arg,
		  void (*f)(void *arg, char *line, int number));

/* ---- errors ----------------------------------------------------------- */

/* Keeps "file:line: message" for nw_finish(). */
void nw_error(const char *file, int line, const char *fmt, ...)
	NW_PRINTF(3, 4);

/* How many so far. */
int nw_errors(void);

/*
 * Prints the errors on stderr, by file and line, and flushes stdout.
 * Returns what main() is to return: 0, or 1 after an error or an @fatal.
 */
int nw_finish(void);

/* nw_finish(), and the end of the program, if there are errors. */
void nw_end_if_errors(void);

/* For what is nobody's line: "program: message", and exit. */
void nw_die(const char *fmt, ...) NW_PRINTF(1, 2) __attribute__((noreturn));

/* ---- memory and tables ------------------------------------------------ */

void *nw_alloc(size_t size);			/* zeroed; never NULL */
void *nw_realloc(void *p, size_t size);
char *nw_strdup(const char *s);
char *nw_strndup(const char *s, size_t n);
char *nw_printf(const char *fmt, ...) NW_PRINTF(1, 2);

/* Room for one more in an array that doubles: nw_grow(a, n) then a[n++]. */
#define nw_grow(array, n) \
	((array) = nw_grow_array((array), (n), sizeof(*(array))))
void *nw_grow_array(void *array, size_t n, size_t size);

/* A map from strings to pointers.  It keeps the key it is given, uncopied. */
struct nw_map *nw_map_new(void);
void *nw_map_get(const struct nw_map *map, const char *key);
void nw_map_put(struct nw_map *map, const char *key, void *value);

#endif

/*
 * nwdefs - finds what the code defines, for the index of identifiers.
 *
 * Every file of the tree is read as the compiler would, chunk after chunk, at
 * every checkpoint; so a declaration is known to be global however it is cut
 * into chunks.  In C: functions, structs, unions, enums and their values,
 * macros, typedefs, global variables.  In assembler: ENTRY(x), labels, .set,
 * macros.  Each gives an "@index defn" at the end of the block it is in.
 *
 * It is also the last stage that sees the operators.  It takes them out of
 * the names and leaves them in private lines, which noweb's stages pass on:
 *
 *	@gol lang c			c asm hash (# begins a comment) none
 *	@gol op !			new + ^ ! -
 *	@gol slot			the next @use was written <<?name>>
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "nw.h"

enum lang { LANG_NONE, LANG_C, LANG_ASM, LANG_HASH };

static const char *const lang_name[] = { "none", "c", "asm", "hash" };

/* What is known of a block; block - book->blocks is its index. */
struct found {
	enum lang lang;
	char **names;
	int n;
};

#define MAXTOKENS 256

struct token {
	char *text;		/* an identifier, or one character */
	struct found *where;
};

/* The reading of one file at one checkpoint. */
struct reading {
	struct nw_book *book;
	struct found *found;
	int chapter;
	enum lang lang;
	bool comment;		/* inside of a comment of C */
	bool directive;		/* the line goes on from a # line */
	int braces, parens;
	bool in_enum;
	struct token tokens[MAXTOKENS];	/* of the statement so far */
	int ntokens;
};

static void add_name(struct found *f, const char *name)
{
	for (int i = 0; i < f->n; i++)
		if (!strcmp(f->names[i], name))
			return;
	nw_grow(f->names, f->n);
	f->names[f->n++] = nw_strdup(name);
}

static bool is_ident(int c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static bool is_word(const struct token *t)
{
	return isalpha((unsigned char)t->text[0]) || t->text[0] == '_';
}

static bool is_char(const struct token *t, char c)
{
	return t->text[0] == c && !t->text[1];
}

static size_t ident_length(const char *s)
{
	size_t n = 0;

	while (is_ident(s[n]))
		n++;
	return n;
}

/* ---- C: a statement at the outermost level ---- */

static int find_word(const struct reading *r, const char *word)
{
	for (int i = 0; i < r->ntokens; i++)
		if (!strcmp(r->tokens[i].text, word))
			return i;
	return -1;
}

/* The end of the parentheses that open at i. */
static int skip_parens(const struct reading *r, int i)
{
	int depth = 0;

	for (; i < r->ntokens; i++) {
		if (is_char(&r->tokens[i], '('))
			depth++;
		if (is_char(&r->tokens[i], ')') && --depth == 0)
			return i;
	}
	return i;
}

static bool is_attribute(const struct token *t)
{
	return !strcmp(t->text, "__attribute__") ||
	       !strcmp(t->text, "__asm__") || !strcmp(t->text, "asm") ||
	       !strcmp(t->text, "_Alignas");
}

/* The name of a function whose body opens; -1 if it is something else. */
static int function_name(const struct reading *r)
{
	for (int i = 1; i < r->ntokens; i++) {
		if (!is_char(&r->tokens[i], '('))
			continue;
		if (!is_attribute(&r->tokens[i - 1]))
			return is_word(&r->tokens[i - 1]) ? i - 1 : -1;
		i = skip_parens(r, i);
	}
	return -1;
}

static void add_token(const struct reading *r, int i)
{
	add_name(r->tokens[i].where, r->tokens[i].text);
}

/* "struct x {", "typedef enum x {": the tag. */
static void add_tag(const struct reading *r, const char *word)
{
	int i = find_word(r, word);

	if (i < 0)
		return;
	for (i++; i < r->ntokens; i++) {
		if (is_attribute(&r->tokens[i]))
			i = skip_parens(r, i + 1);
		else if (is_word(&r->tokens[i]))
			add_token(r, i);
	}
}

static bool is_aggregate(const struct reading *r)
{
	return find_word(r, "struct") >= 0 || find_word(r, "union") >= 0 ||
	       find_word(r, "enum") >= 0;
}

/*
 * The names that a declaration declares: each is the last word before one of
 * , ; = [ outside of parentheses, or the one in (*name).
 */
static void add_declared(const struct reading *r, int first)
{
	int last = -1;
	bool value = false;

	for (int i = first; i < r->ntokens; i++) {
		const struct token *t = &r->tokens[i];

		if (is_attribute(t)) {
			i = skip_parens(r, i + 1);
		} else if (is_char(t, '(')) {
			if (i + 2 < r->ntokens && !value &&
			    is_char(t + 1, '*') && is_word(t + 2))
				add_token(r, i + 2);
			last = -1;
			i = skip_parens(r, i);
		} else if (is_char(t, ',')) {
			if (last >= 0 && !value)
				add_token(r, last);
			last = -1;
			value = false;
		} else if ((is_char(t, '=') || is_char(t, '[')) && !value) {
			if (last >= 0)
				add_token(r, last);
			last = -1;
			value = true;
		} else if (is_word(t)) {
			last = i;
		}
	}
	if (last >= 0 && !value)
		add_token(r, last);
}

static void at_open_brace(struct reading *r)
{
	int f;

	if (find_word(r, "=") >= 0) {
		add_declared(r, 0);
	} else if ((f = function_name(r)) >= 0) {
		add_token(r, f);
	} else if (is_aggregate(r)) {
		add_tag(r, "struct");
		add_tag(r, "union");
		add_tag(r, "enum");
		r->in_enum = find_word(r, "enum") >= 0;
	}
}

/* Is it "struct x", which declares nothing but the tag? */
static bool is_forward(const struct reading *r)
{
	return r->ntokens == 2 && is_aggregate(r);
}

static void at_semicolon(struct reading *r)
{
	if (find_word(r, "extern") < 0 && !is_forward(r))
		add_declared(r, 0);
}

/*
 * A closing brace at the outermost level ends a function, or a list of values
 * or of fields, after which the declaration goes on: "} name;", "}, *name;".
 */
static void at_close_brace(struct reading *r)
{
	bool values = find_word(r, "=") >= 0;

	r->in_enum = false;
	r->ntokens = 0;
	if (values)
		r->tokens[r->ntokens++] = (struct token){ "=", NULL };
}

static void push_token(struct reading *r, struct found *f, const char *s,
		       size_t n)
{
	if (r->ntokens == MAXTOKENS)
		return;
	r->tokens[r->ntokens++] = (struct token){ nw_strndup(s, n), f };
}

static void in_enum_word(struct reading *r, struct found *f, const char *s,
			 size_t n)
{
	/* A value's name stands after { or , and so after no = */
	if (r->ntokens && is_char(&r->tokens[r->ntokens - 1], '='))
		return;
	add_name(f, nw_strndup(s, n));
}

static void see_word(struct reading *r, struct found *f, const char *s,
		     size_t n)
{
	if (r->braces == 0)
		push_token(r, f, s, n);
	else if (r->in_enum && r->braces == 1 && r->parens == 0 &&
		 !isdigit((unsigned char)*s))
		in_enum_word(r, f, s, n);
}

static void see_punctuation(struct reading *r, struct found *f, char c)
{
	if (c == '{') {
		if (r->braces++ == 0)
			at_open_brace(r);
	} else if (c == '}') {
		if (r->braces > 0 && --r->braces == 0)
			at_close_brace(r);
	} else if (r->braces == 0) {
		if (c == ';') {
			at_semicolon(r);
			r->ntokens = 0;
		} else {
			push_token(r, f, &c, 1);
		}
	} else if (r->in_enum && r->braces == 1) {
		if (c == '=')
			push_token(r, f, "=", 1);
		else if (c == ',' && r->ntokens &&
			 is_char(&r->tokens[r->ntokens - 1], '='))
			r->ntokens--;
	}
}

/* Skips a string or a character; s is on its quote. */
static const char *skip_string(const char *s)
{
	char quote = *s++;

	while (*s && *s != quote)
		s += *s == '\\' && s[1] ? 2 : 1;
	return *s ? s + 1 : s;
}

/* Skips to the end of a comment, or of the text, which leaves us inside. */
static const char *skip_comment(struct reading *r, const char *s)
{
	const char *end = strstr(s, "*/");

	r->comment = !end;
	return end ? end + 2 : s + strlen(s);
}

static void read_c(struct reading *r, struct found *f, const char *s)
{
	if (r->comment)
		s = skip_comment(r, s);
	while (*s) {
		size_t n = ident_length(s);

		if (n) {
			see_word(r, f, s, n);
			s += n;
		} else if (s[0] == '/' && s[1] == '*') {
			s = skip_comment(r, s + 2);
		} else if (s[0] == '/' && s[1] == '/') {
			return;
		} else if (*s == '"' || *s == '\'') {
			s = skip_string(s);
		} else {
			if (!isspace((unsigned char)*s))
				see_punctuation(r, f, *s);
			s++;
		}
	}
}

/* A guard against double inclusion is nobody's macro. */
static bool is_guard(const char *name, const char *rest)
{
	size_t n = strlen(name);

	while (isspace((unsigned char)*rest))
		rest++;
	return !*rest && n > 2 && !strcmp(name + n - 2, "_H");
}

/* A # line; it goes on when it ends in a backslash. */
static void read_directive(struct reading *r, struct found *f, const char *s)
{
	size_t len = strlen(s), n;
	bool first = !r->directive;

	r->directive = len && s[len - 1] == '\\';
	if (!first)
		return;
	s += strspn(s, "# \t");
	if (strncmp(s, "define", 6))
		return;
	s += 6;
	s += strspn(s, " \t");
	n = ident_length(s);
	if (n && !is_guard(nw_strndup(s, n), s + n))
		add_name(f, nw_strndup(s, n));
}

/* ---- assembler ---- */

static void read_asm(struct found *f, const char *s)
{
	static const char *const words[] = { ".set", ".equ", ".macro", NULL };
	size_t n;

	s += strspn(s, " \t");
	if (!strncmp(s, "ENTRY(", 6)) {
		n = ident_length(s + 6);
		add_name(f, nw_strndup(s + 6, n));
		return;
	}
	for (int i = 0; words[i]; i++) {
		size_t w = strlen(words[i]);

		if (strncmp(s, words[i], w) || !isspace((unsigned char)s[w]))
			continue;
		s += w + strspn(s + w, " \t");
		add_name(f, nw_strndup(s, ident_length(s)));
		return;
	}
	n = ident_length(s);
	if (n && s[n] == ':' && !isdigit((unsigned char)*s))
		add_name(f, nw_strndup(s, n));
}

/* ---- a file, chunk after chunk ---- */

static void read_line(struct reading *r, struct found *f, const char *s)
{
	const char *t = s + strspn(s, " \t");
	bool hash = *t == '#' && !r->comment;

	if (r->lang == LANG_C || r->lang == LANG_ASM) {
		if (r->directive ||
		    (hash && (r->lang == LANG_C || !strncmp(t, "#define", 7))))
			read_directive(r, f, s);
		else if (r->lang == LANG_C)
			read_c(r, f, s);
		else
			read_asm(f, s);
	}
}

static void read_chunk(struct reading *r, struct nw_chunk *chunk, int depth);

static void read_block(struct reading *r, struct nw_block *b, int depth)
{
	struct found *f = &r->found[b - r->book->blocks];
	struct nw_buf line = { 0 };

	if (f->lang == LANG_NONE || r->lang == LANG_C)
		f->lang = r->lang;
	for (int i = 0; i < b->nlines; i++) {
		const struct nw_line *l = &b->lines[i];

		if (l->key == NW_TEXT) {
			nw_add(&line, l->arg);
		} else if (l->key == NW_USE && l->chunk) {
			if (line.s)
				read_line(r, f, line.s);
			line.len = 0;
			nw_add(&line, "");
			read_chunk(r, l->chunk, depth + 1);
		} else if (l->key == NW_NL) {
			if (line.s)
				read_line(r, f, line.s);
			line.len = 0;
			nw_add(&line, "");
		}
	}
	free(line.s);
}

static void read_chunk(struct reading *r, struct nw_chunk *chunk, int depth)
{
	struct nw_block **defs;
	int n;

	if (depth > 100)
		return;
	defs = nw_live(chunk, r->chapter, &n);
	for (int i = 0; i < n; i++)
		read_block(r, defs[i], depth);
}

static bool ends_in(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && !strcmp(s + n - m, end);
}

static enum lang lang_of(const char *file)
{
	if (ends_in(file, ".c") || ends_in(file, ".h"))
		return LANG_C;
	if (ends_in(file, ".S") || ends_in(file, ".s"))
		return LANG_ASM;
	if (ends_in(file, ".sh") || ends_in(file, "Makefile") ||
	    ends_in(file, "config") ||
	    ends_in(file, ".mk") || ends_in(file, ".awk"))
		return LANG_HASH;
	return LANG_NONE;
}

static void read_files(struct nw_book *book, struct found *found)
{
	for (int c = 0; c < book->nchapters; c++)
		for (int i = 0; i < book->nchunks; i++) {
			struct reading r = {
				.book = book, .found = found,
				.chapter = book->chapters[c],
				.lang = lang_of(book->chunks[i]->name),
			};

			if (book->chunks[i]->root)
				read_chunk(&r, book->chunks[i], 0);
		}
}

/* ---- output ---- */

static bool has_defn(const struct nw_block *b, const char *name)
{
	for (int i = 0; i < b->nlines; i++)
		if (!strncmp(b->lines[i].raw, "@index defn ", 12) &&
		    !strcmp(b->lines[i].raw + 12, name))
			return true;
	return false;
}

static void put_code(const struct nw_block *b, const struct found *f)
{
	char op[] = { b->op, 0 };

	nw_put_line(&b->lines[0]);
	printf("@gol lang %s\n", lang_name[f->lang]);
	printf("@gol op %s\n", b->op ? op : "new");
	for (int i = 1; i < b->nlines - 1; i++) {
		const struct nw_line *l = &b->lines[i];

		if (l->key == NW_DEFN)
			printf("@defn %s\n", b->name);
		else if (l->key == NW_USE)
			printf("%s@use %s\n", l->slot ? "@gol slot\n" : "",
			       l->name);
		else
			nw_put_line(l);
	}
	for (int i = 0; i < f->n; i++)
		if (!has_defn(b, f->names[i]))
			printf("@index defn %s\n", f->names[i]);
	nw_put_line(&b->lines[b->nlines - 1]);
}

int main(int argc, char **argv)
{
	struct nw_book *book;
	struct found *found;

	(void)argv;
	nw_init("nwdefs", true);
	if (argc != 1)
		nw_die("expected no arguments");
	book = nw_read_sound(stdin);
	nw_history(book);
	found = nw_alloc((book->nblocks + 1) * sizeof(*found));
	read_files(book, found);
	for (int i = 0; i < book->nblocks; i++) {
		if (book->blocks[i].kind == NW_CODE)
			put_code(&book->blocks[i], &found[i]);
		else
			nw_put_block(&book->blocks[i]);
	}
	return nw_finish();
}

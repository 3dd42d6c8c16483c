/*
 * nwmark - how the chunks look: nwmark [-d DIR]
 *
 * Comes after finduses, in the place of noweb's noidx, which knows nothing of
 * replaced chunks and makes its anchors out of names (ours must be the same
 * in both editions).  It turns each definition into the macros of
 * golondrina.sty, for totex to carry on:
 *
 *	header		\golchunk{op}{label}{first}{name}{file}{line}
 *	a use		\goluse{label}{name}, \golslot{label}{name}
 *	a line		\golin{} before it came with a replacement;
 *			\golout{indent}{text} is one that went
 *	breaks		\golfree{} after the second line, \golkeep{} near the end
 *	below		\golxrefs{\golcontinued{..}\golreplaced{..}...}
 *
 * In C it sets keywords and comments apart: {\golkb{}if}, {\golcb{}...}.
 *
 * In DIR it leaves fragmentos.tex (the list of chunks), identificadores.tex
 * (the index of identifiers), and, a chapter NN, fragmentos-NN.tex (what NN
 * replaces and removes).
 */
#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "nw.h"

#define TABSTOP 8
#define HELD 4			/* a chunk this short is never broken */

/* An identifier: where it is defined and used, as indexes of blocks. */
struct ident {
	const char *name;
	int *defs, ndefs;
	int *uses, nuses;
};

/* A line of code: lines first..last-1 of its block. */
struct row {
	struct nw_block *block;
	int first, last;
	char *text;
	bool came;		/* with this replacement */
	struct row **went;	/* what stood before it and is gone */
	int nwent;
};

/* What is known of a definition, by the index of its block. */
struct mark {
	const char *id;		/* of its anchor */
	const char *op;
	bool is_c;
	struct row *rows;
	int nrows;
	struct row **tail;	/* lines gone from the end */
	int ntail;
	int *used;		/* on the name's first definition: its uses */
	int nused;
};

static struct nw_book *book;
static struct mark *marks;
static struct nw_map *ident_map;
static struct ident **idents;
static int nidents;

static int index_of(const struct nw_block *b)
{
	return b - book->blocks;
}

static struct mark *mark_of(const struct nw_block *b)
{
	return &marks[index_of(b)];
}

static void add_index(int **list, int *n, int value)
{
	if (*n && (*list)[*n - 1] == value)
		return;
	nw_grow(*list, *n);
	(*list)[(*n)++] = value;
}

/* ---- TeX ----------------------------------------------------------------- */

/*
 * Text that TeX shows as it is, whatever the catcodes; typed: as in code,
 * where a blank is never lost.
 */
static void tex_text(struct nw_buf *to, const char *s, bool typed)
{
	for (; *s; s++) {
		switch (*s) {
		case '\\':
			nw_add(to, "\\nwbackslash{}");
			break;
		case '{':
			nw_add(to, "\\nwlbrace{}");
			break;
		case '}':
			nw_add(to, "\\nwrbrace{}");
			break;
		case '~':
			nw_add(to, "\\textasciitilde{}");
			break;
		case '^':
			nw_add(to, "\\textasciicircum{}");
			break;
		case '`':
			nw_add(to, "\\textasciigrave{}");
			break;
		case '$': case '&': case '#': case '%': case '_':
			nw_addf(to, "\\%c{}", *s);
			break;
		case ' ':
			nw_add(to, typed ? "\\goltt{}" : "\\golsp{}");
			break;
		default:
			nw_addc(to, *s);
		}
	}
}

/* The name of a chunk, with [[...]] as code. */
static void tex_name(struct nw_buf *to, const char *name)
{
	const char *open, *close;

	while ((open = strstr(name, "[[")) && (close = strstr(open, "]]"))) {
		while (close[2] == ']')
			close++;
		tex_text(to, nw_strndup(name, open - name), false);
		nw_add(to, "{\\Tt{}");
		tex_text(to, nw_strndup(open + 2, close - open - 2), true);
		nw_add(to, "}");
		name = close + 2;
	}
	tex_text(to, name, false);
}

static char *tex_of_name(const char *name)
{
	struct nw_buf b = { 0 };

	nw_add(&b, "");
	if (nw_is_root(name)) {
		nw_add(&b, "{\\Tt{}");
		tex_text(&b, name, true);
		nw_add(&b, "}");
	} else {
		tex_name(&b, name);
	}
	return b.s;
}

/* A list of places: \\{id}\\{id} */
static void tex_places(struct nw_buf *to, const int *list, int n)
{
	for (int i = 0; i < n; i++)
		nw_addf(to, "\\\\{%s}", marks[list[i]].id);
}

/* ---- reading what the stages before left ---- */

static struct ident *ident(const char *name)
{
	struct ident *id = nw_map_get(ident_map, name);

	if (id)
		return id;
	id = nw_alloc(sizeof(*id));
	id->name = name;
	nw_map_put(ident_map, name, id);
	nw_grow(idents, nidents);
	idents[nidents++] = id;
	return id;
}

static const char *after(const char *raw, const char *prefix)
{
	size_t n = strlen(prefix);

	return strncmp(raw, prefix, n) ? NULL : raw + n;
}

/* The operator goes back to where nw_history() looks for it. */
static void read_private(struct nw_block *b, struct mark *m)
{
	for (int i = 0; i < b->nlines; i++) {
		const char *raw = b->lines[i].raw, *s;

		if ((s = after(raw, "@gol id "))) {
			m->id = s;
		} else if ((s = after(raw, "@gol op "))) {
			m->op = s;
			b->op = strcmp(s, "new") ? *s : 0;
		} else if ((s = after(raw, "@gol lang "))) {
			m->is_c = !strcmp(s, "c");
		} else if ((s = after(raw, "@gol slot"))) {
			if (i + 1 < b->nlines)
				b->lines[i + 1].slot = true;
		} else if ((s = after(raw, "@index defn "))) {
			add_index(&ident(s)->defs, &ident(s)->ndefs,
				  index_of(b));
		}
	}
	if (!m->id)
		m->id = nw_printf("c-%d", index_of(b));
}

/* The first time around: definitions.  Then the uses, of what is defined. */
static void read_blocks(void)
{
	for (int i = 0; i < book->nblocks; i++)
		if (book->blocks[i].kind == NW_CODE)
			read_private(&book->blocks[i], &marks[i]);
	nw_history(book);
}

static bool defines(const struct ident *id, int block)
{
	for (int i = 0; i < id->ndefs; i++)
		if (id->defs[i] == block)
			return true;
	return false;
}

/* Where one is while reading code: identifiers in comments and strings are
 * words, and no uses of anything. */
struct words {
	bool comment;			/* between slash-star and star-slash */
	bool line_comment;		/* after // or a # with a blank */
	char quote;			/* inside a string, what ends it */
};

static void read_words(struct words *w, const char *s)
{
	for (; *s && !w->line_comment; s++) {
		if (w->comment) {
			w->comment = !(s[0] == '*' && s[1] == '/');
		} else if (w->quote) {
			if (*s == '\\' && s[1])
				s++;
			else if (*s == w->quote)
				w->quote = 0;
		} else if (s[0] == '/' && s[1] == '*') {
			w->comment = true;
			s++;
		} else if ((s[0] == '/' && s[1] == '/') ||
			   (s[0] == '#' && s[1] == ' ')) {
			w->line_comment = true;
		} else if (*s == '"') {
			w->quote = *s;
		}
	}
}

/* Follows the lines of a chunk; the identifier that l uses, or NULL. */
static struct ident *used_by(struct words *w, const struct nw_line *l)
{
	const char *s = after(l->raw, "@index use ");

	if (l->key == NW_TEXT)
		read_words(w, l->arg);
	if (strcmp(l->raw, "@nl") == 0) {
		w->line_comment = false;
		w->quote = 0;
	}
	if (!s || w->comment || w->line_comment || w->quote)
		return NULL;
	return nw_map_get(ident_map, s);
}

static void see_use(struct words *w, const struct nw_block *b,
		    const struct nw_line *l)
{
	struct ident *id = used_by(w, l);
	struct mark *m;

	if (id && !defines(id, index_of(b)))
		add_index(&id->uses, &id->nuses, index_of(b));
	if (l->key == NW_USE && l->chunk && l->chunk->ndefs) {
		m = mark_of(l->chunk->defs[0]);
		add_index(&m->used, &m->nused, index_of(b));
	}
}

static void read_uses(void)
{
	for (int i = 0; i < book->nblocks; i++) {
		const struct nw_block *b = &book->blocks[i];

		struct words w = { 0 };

		if (b->kind != NW_CODE)
			continue;
		for (int k = 0; k < b->nlines; k++)
			see_use(&w, b, &b->lines[k]);
	}
}

/* ---- rows, and what a replacement changes in them ---- */

static char *row_text(const struct nw_block *b, int first, int last)
{
	struct nw_buf t = { 0 };

	nw_add(&t, "");
	for (int i = first; i < last; i++) {
		if (b->lines[i].key == NW_TEXT)
			nw_add(&t, b->lines[i].arg);
		else if (b->lines[i].key == NW_USE)
			nw_addf(&t, "<<%s>>", b->lines[i].name);
	}
	return t.s;
}

/* The rows of a block: from the line after @defn's own newline. */
static void cut_rows(struct nw_block *b)
{
	struct mark *m = mark_of(b);
	int i = 0, first;

	while (i < b->nlines && b->lines[i].key != NW_DEFN)
		i++;
	while (i < b->nlines && b->lines[i].key != NW_NL)
		i++;
	for (first = ++i; i < b->nlines; i++) {
		if (b->lines[i].key != NW_NL)
			continue;
		nw_grow(m->rows, m->nrows);
		memset(&m->rows[m->nrows], 0, sizeof(*m->rows));
		m->rows[m->nrows].block = b;
		m->rows[m->nrows].first = first;
		m->rows[m->nrows].last = i;
		m->rows[m->nrows++].text = row_text(b, first, i);
		first = i + 1;
	}
}

struct rows {
	struct row **v;
	int n;
};

static void add_rows(struct rows *to, const struct nw_block *b)
{
	struct mark *m = mark_of(b);

	for (int i = 0; i < m->nrows; i++) {
		nw_grow(to->v, to->n);
		to->v[to->n++] = &m->rows[i];
	}
}

/* Lengths of the longest common part of every two ends. */
static int *common(const struct rows *a, const struct rows *b)
{
	int w = b->n + 1;
	int *t = nw_alloc(sizeof(*t) * w * (a->n + 1));

	for (int i = a->n - 1; i >= 0; i--)
		for (int j = b->n - 1; j >= 0; j--) {
			int down = t[(i + 1) * w + j];
			int right = t[i * w + j + 1];

			if (!strcmp(a->v[i]->text, b->v[j]->text))
				t[i * w + j] = t[(i + 1) * w + j + 1] + 1;
			else
				t[i * w + j] = down > right ? down : right;
		}
	return t;
}

static void add_went(struct row ***list, int *n, struct row *r)
{
	nw_grow(*list, *n);
	(*list)[(*n)++] = r;
}

/* Marks in the new rows what came, and hangs on them what went. */
static void compare(const struct rows *old, const struct rows *new,
		    struct mark *last)
{
	int *t = common(old, new);
	int w = new->n + 1, i = 0, j = 0;

	while (i < old->n || j < new->n) {
		bool go = i < old->n &&
			  (j == new->n ||
			   t[(i + 1) * w + j] >= t[i * w + j + 1]);

		if (i < old->n && j < new->n &&
		    !strcmp(old->v[i]->text, new->v[j]->text)) {
			i++;
			j++;
		} else if (go && j < new->n) {
			add_went(&new->v[j]->went, &new->v[j]->nwent,
				 old->v[i++]);
		} else if (go) {
			add_went(&last->tail, &last->ntail, old->v[i++]);
		} else {
			new->v[j++]->came = true;
		}
	}
	free(t);
}

/* The definitions that were live when the chapter of b began. */
static struct nw_block **before(const struct nw_block *b, int *n)
{
	return nw_live(b->chunk, b->chapter - 1, n);
}

/* A replacement is all that its chapter has of the chunk. */
static void compare_versions(const struct nw_block *b)
{
	struct rows old = { 0 }, new = { 0 };
	struct nw_block **defs;
	int n;

	defs = before(b, &n);
	for (int i = 0; i < n; i++)
		add_rows(&old, defs[i]);
	defs = nw_live(b->chunk, b->chapter, &n);
	for (int i = 0; i < n; i++)
		add_rows(&new, defs[i]);
	compare(&old, &new, n ? mark_of(defs[n - 1]) : mark_of(b));
}

static void make_rows(void)
{
	for (int i = 0; i < book->nblocks; i++)
		if (book->blocks[i].kind == NW_CODE)
			cut_rows(&book->blocks[i]);
	for (int i = 0; i < book->nblocks; i++) {
		const struct nw_block *b = &book->blocks[i];

		if (b->kind == NW_CODE && b->chunk &&
		    (b->op == '!' || b->op == '-'))
			compare_versions(b);
	}
}

/* ---- code ---- */

/* Where the setting of a block's code is; finduses cuts lines into pieces. */
struct setting {
	bool is_c;
	bool comment;		/* in a comment that goes on */
	bool line_comment;	/* in one that ends with the row */
	char quote;		/* in a string, which ends with the row */
	int column;
};

static const char *const keywords[] = {
	"auto", "break", "case", "const", "continue", "default", "do", "else",
	"enum", "extern", "for", "goto", "if", "inline", "register", "return",
	"sizeof", "static", "struct", "switch", "typedef", "union", "volatile",
	"while", NULL
};

static bool is_keyword(const char *s, size_t n)
{
	for (int i = 0; keywords[i]; i++)
		if (strlen(keywords[i]) == n && !strncmp(keywords[i], s, n))
			return true;
	return false;
}

/* A text with its tabs as blanks. */
static char *untab(struct setting *set, const char *s)
{
	struct nw_buf b = { 0 };

	nw_add(&b, "");
	for (; *s; s++) {
		if (*s == '\t') {
			do
				nw_addc(&b, ' ');
			while (++set->column % TABSTOP);
			continue;
		}
		nw_addc(&b, *s);
		if ((*s & 0xC0) != 0x80)
			set->column++;
	}
	return b.s;
}

static void put_text(const char *s, size_t n)
{
	if (n)
		printf("@text %.*s\n", (int)n, s);
}

/* To the end of a comment, or of the text, which leaves us inside of it. */
static size_t comment_length(struct setting *set, const char *s)
{
	const char *end = strstr(s, "*/");

	set->comment = !end;
	return end ? (size_t)(end + 2 - s) : strlen(s);
}

/* To the closing quote, or to the end of the text. */
static size_t string_length(struct setting *set, const char *s)
{
	size_t n = 0;

	while (s[n] && s[n] != set->quote)
		n += s[n] == '\\' && s[n + 1] ? 2 : 1;
	if (s[n]) {
		set->quote = 0;
		n++;
	}
	return n;
}

/* The length of what has one look; *open is what begins it, or NULL. */
static size_t piece(struct setting *set, const char *s, const char **open)
{
	size_t n = 0;

	*open = NULL;
	if (set->quote)
		return string_length(set, s);
	if (s[0] == '/' && s[1] == '/' && !set->comment)
		set->line_comment = true;
	if (set->line_comment) {
		*open = "{\\golcb{}";
		return strlen(s);
	}
	if (set->comment || (s[0] == '/' && s[1] == '*')) {
		*open = "{\\golcb{}";
		n = set->comment ? 0 : 2;
		return n + comment_length(set, s + n);
	}
	if (*s == '"' || *s == '\'') {
		set->quote = *s;
		return 1 + string_length(set, s + 1);
	}
	while (isalnum((unsigned char)s[n]) || s[n] == '_')
		n++;
	if (n && is_keyword(s, n))
		*open = "{\\golkb{}";
	return n ? n : 1;
}

/* Code with keywords and comments set apart. */
static void put_code_text(struct setting *set, const char *s)
{
	const char *plain, *open;

	s = untab(set, s);
	if (!set->is_c) {
		put_text(s, strlen(s));
		return;
	}
	for (plain = s; *s; ) {
		size_t n = piece(set, s, &open);

		if (open) {
			put_text(plain, s - plain);
			printf("@literal %s\n", open);
			put_text(s, n);
			puts("@literal }");
			plain = s + n;
		}
		s += n;
	}
	put_text(plain, s - plain);
}

static const char *label_of(const struct nw_chunk *chunk)
{
	return chunk && chunk->ndefs ? mark_of(chunk->defs[0])->id : "none";
}

static char *tex_use(const struct nw_line *l)
{
	return nw_printf("\\gol%s{%s}{%s}", l->slot ? "slot" : "use",
			 label_of(l->chunk), tex_of_name(l->name));
}

/* An identifier of the index, in code or between [[ and ]]. */
static void put_ident(const struct ident *id)
{
	printf("@xref ref %s\n", marks[id->defs[0]].id);
	printf("@index use %s\n", id->name);
}

static void put_row(struct setting *set, const struct row *r)
{
	const struct ident *id;
	const char *s;

	set->column = 0;
	set->quote = 0;
	set->line_comment = false;
	if (r->came)
		puts("@literal \\golin{}");
	for (int i = r->first; i < r->last; i++) {
		const struct nw_line *l = &r->block->lines[i];

		if (l->key == NW_TEXT)
			put_code_text(set, l->arg);
		else if (l->key == NW_USE)
			printf("@literal %s\n", tex_use(l));
		else if ((s = after(l->raw, "@index use ")) &&
			 (id = nw_map_get(ident_map, s)) && !set->comment &&
			 !set->line_comment)
			put_ident(id);
	}
	puts("@nl");
}

/* A row that is gone, as one literal. */
static void put_went(const struct row *r)
{
	struct setting set = { 0 };
	struct nw_buf text = { 0 }, tex = { 0 };
	size_t indent = 0;

	nw_add(&tex, "");
	for (int i = r->first; i < r->last; i++) {
		const struct nw_line *l = &r->block->lines[i];

		nw_add(&text, "");
		if (l->key == NW_TEXT) {
			nw_add(&text, untab(&set, l->arg));
		} else if (l->key == NW_USE) {
			indent = strspn(text.s, " ");
			tex_text(&tex, text.s + (tex.len ? 0 : indent), true);
			text.len = tex.len ? 0 : indent;
			text.s[text.len] = 0;
			nw_add(&tex, tex_use(l));
		}
	}
	nw_add(&text, "");
	indent = strspn(text.s, " ");
	tex_text(&tex, text.s + indent, true);
	printf("@literal \\golout{");
	for (size_t i = 0; i < indent; i++)
		printf("\\goltt{}");
	printf("}{%s}\n@nl\n", tex.s);
}

static void put_rows(const struct nw_block *b)
{
	struct mark *m = mark_of(b);
	struct setting set = { .is_c = m->is_c };

	for (int i = 0; i < m->nrows; i++) {
		for (int k = 0; k < m->rows[i].nwent; k++)
			put_went(m->rows[i].went[k]);
		if (i == 2 && m->nrows > HELD)
			puts("@literal \\golfree{}");
		if (i == m->nrows - 2)
			puts("@literal \\golkeep{}");
		put_row(&set, &m->rows[i]);
	}
	for (int k = 0; k < m->ntail; k++)
		put_went(m->tail[k]);
}

/* ---- a chunk ---- */

/* Does d still hold when that chapter begins? */
static bool holds_before(const struct nw_block *d, int chapter)
{
	struct nw_block **defs;
	int n;

	defs = nw_live(d->chunk, chapter - 1, &n);
	for (int i = 0; i < n; i++)
		if (defs[i] == d)
			return true;
	return false;
}

/* The sign of a definition: a second one in its chapter continues. */
static const char *sign_of(const struct nw_block *b)
{
	switch (b->op) {
	case '+':
		return "app";
	case '^':
		return "pre";
	case '!':
		return "rep";
	case '-':
		return "del";
	}
	for (int i = 0; i < b->chunk->ndefs && b->chunk->defs[i] != b; i++)
		if (b->chunk->defs[i]->chapter == b->chapter)
			return "more";
	return "new";
}

/*
 * Where the chunk goes on after b: its other definitions until the next ! or
 * -.  Only what opens the chunk, a new one or a replacement, tells.
 */
static void xref_continued(struct nw_buf *to, const struct nw_block *b)
{
	struct nw_buf list = { 0 };
	const struct nw_chunk *c = b->chunk;
	bool after_b = false;

	if (strcmp(sign_of(b), "new") && b->op != '!')
		return;
	for (int i = 0; i < c->ndefs; i++) {
		if (c->defs[i] == b) {
			after_b = true;
		} else if (after_b) {
			if (c->defs[i]->op == '!' || c->defs[i]->op == '-')
				break;
			nw_addf(&list, "\\\\{%s}", mark_of(c->defs[i])->id);
		}
	}
	if (list.s)
		nw_addf(to, "\\golcontinued{%s}", list.s);
}

/* The first ! or - after b that it does not outlive. */
static void xref_ended(struct nw_buf *to, const struct nw_block *b)
{
	const struct nw_chunk *c = b->chunk;
	bool after_b = false;

	for (int i = 0; i < c->ndefs; i++) {
		const struct nw_block *d = c->defs[i];

		if (d == b)
			after_b = true;
		else if (after_b && d->chapter > b->chapter &&
			 (d->op == '!' || d->op == '-') &&
			 holds_before(b, d->chapter)) {
			nw_addf(to, "\\gol%s{\\\\{%s}}",
				d->op == '!' ? "replaced" : "removed",
				mark_of(d)->id);
			return;
		}
	}
}

static void xref_used(struct nw_buf *to, const struct nw_block *b)
{
	struct mark *m = mark_of(b->chunk->defs[0]);

	if (strcmp(sign_of(b), "new") && b->op != '!')
		return;
	if (b->chunk->root) {
		nw_add(to, "\\golfile{}");
	} else if (m->nused) {
		nw_add(to, "\\golused{");
		tex_places(to, m->used, m->nused);
		nw_add(to, "}");
	}
}

static void add_golid(struct nw_buf *to, const struct ident *id,
		      const int *places, int n)
{
	nw_add(to, "\\golid{");
	tex_text(to, id->name, true);
	nw_add(to, "}{");
	tex_places(to, places, n);
	nw_add(to, "}");
}

static void xref_defines(struct nw_buf *to, const struct nw_block *b)
{
	struct nw_buf list = { 0 };

	for (int i = 0; i < b->nlines; i++) {
		const char *s = after(b->lines[i].raw, "@index defn ");

		if (s)
			add_golid(&list, ident(s), ident(s)->uses,
				  ident(s)->nuses);
	}
	if (list.s)
		nw_addf(to, "\\goldefines{%s}", list.s);
}

static int by_name(const void *a, const void *b)
{
	const struct ident *const *x = a, *const *y = b;
	int c = strcasecmp((*x)->name, (*y)->name);

	return c ? c : strcmp((*x)->name, (*y)->name);
}

static void xref_uses(struct nw_buf *to, const struct nw_block *b)
{
	struct ident **list = NULL;
	struct nw_buf out = { 0 };
	struct words w = { 0 };
	int n = 0;

	for (int i = 0; i < b->nlines; i++) {
		struct ident *id = used_by(&w, &b->lines[i]);

		if (!id || defines(id, index_of(b)))
			continue;
		nw_grow(list, n);
		list[n++] = id;
	}
	if (!n)
		return;
	qsort(list, n, sizeof(*list), by_name);
	for (int i = 0; i < n; i++)
		if (!i || list[i] != list[i - 1])
			add_golid(&out, list[i], list[i]->defs, 1);
	nw_addf(to, "\\goluses{%s}", out.s);
	free(list);
}

static void put_xrefs(const struct nw_block *b)
{
	struct nw_buf x = { 0 };

	xref_continued(&x, b);
	xref_ended(&x, b);
	xref_used(&x, b);
	xref_defines(&x, b);
	xref_uses(&x, b);
	if (x.s)
		printf("@literal \\golxrefs{%s}\n@nl\n", x.s);
}

static void put_chunk(const struct nw_block *b)
{
	struct mark *m = mark_of(b);

	nw_put_line(&b->lines[0]);
	printf("@literal \\golchunk{%s}{%s}{%s}{%s}{%s}{%d}\n@nl\n",
	       sign_of(b), m->id, label_of(b->chunk), tex_of_name(b->name),
	       b->file, b->line);
	put_rows(b);
	put_xrefs(b);
	nw_put_line(&b->lines[b->nlines - 1]);
}

/* ---- prose ---- */

static void put_docs(const struct nw_block *b)
{
	for (int i = 0; i < b->nlines; i++) {
		const char *s = after(b->lines[i].raw, "@index use ");

		if (!s)
			nw_put_line(&b->lines[i]);
		else if (nw_map_get(ident_map, s))
			put_ident(nw_map_get(ident_map, s));
	}
}

/* ---- lists beside the text ---- */

static FILE *side_file(const char *dir, const char *name)
{
	char *path = nw_printf("%s/%s.tex", dir, name);
	FILE *f = fopen(path, "w");

	if (!f)
		nw_die("%s: %s", path, strerror(errno));
	return f;
}

/* The letters of Spanish without their marks. */
static char *plain_letters(const char *s)
{
	static const char *const table[][2] = {
		{ "á", "a" }, { "é", "e" }, { "í", "i" }, { "ó", "o" },
		{ "ú", "u" }, { "ü", "u" }, { "ñ", "n~" }, { "Á", "a" },
		{ "É", "e" }, { "Í", "i" }, { "Ó", "o" }, { "Ú", "u" },
		{ "Ñ", "n~" },
	};
	struct nw_buf b = { 0 };

	nw_add(&b, "");
	while (*s) {
		size_t i, n = sizeof(table) / sizeof(table[0]);

		for (i = 0; i < n && strncmp(s, table[i][0], 2); i++)
			;
		if (i < n) {
			nw_add(&b, table[i][1]);
			s += 2;
		} else {
			nw_addc(&b, tolower((unsigned char)*s++));
		}
	}
	return b.s;
}

/*
 * What a chunk is sorted by.  In GB 18030 the usual characters stand in the
 * order of their sounds.
 */
static char *sort_key(iconv_t gb, const char *name)
{
	char *s = plain_letters(name + (strncmp(name, "[[", 2) ? 0 : 2));
	size_t in = strlen(s), out = 4 * in + 1;
	char *key = nw_alloc(out + 1), *from = s, *to = key;

	if (gb == (iconv_t)-1 || iconv(gb, &from, &in, &to, &out) == (size_t)-1)
		return s;
	*to = 0;
	return key;
}

struct entry {
	char *key;
	struct nw_chunk *chunk;
};

static int by_key(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return strcmp(x->key, y->key);
}

static void put_fragments(const char *dir)
{
	FILE *f = side_file(dir, "fragmentos");
	struct entry *e = nw_alloc((book->nchunks + 1) * sizeof(*e));
	iconv_t gb = iconv_open("GB18030", "UTF-8");

	for (int i = 0; i < book->nchunks; i++) {
		e[i].chunk = book->chunks[i];
		e[i].key = sort_key(gb, e[i].chunk->name);
	}
	qsort(e, book->nchunks, sizeof(*e), by_key);
	for (int i = 0; i < book->nchunks; i++) {
		struct nw_chunk *c = e[i].chunk;
		struct nw_buf defs = { 0 }, uses = { 0 };

		if (!c->ndefs)
			continue;
		for (int k = 0; k < c->ndefs; k++)
			nw_addf(&defs, "\\\\{%s}", mark_of(c->defs[k])->id);
		nw_add(&uses, "");
		tex_places(&uses, mark_of(c->defs[0])->used,
			   mark_of(c->defs[0])->nused);
		fprintf(f, "\\golentry{%s}{%s}{%s}\n", tex_of_name(c->name),
			defs.s, uses.s);
	}
	fclose(f);
}

static void put_identifiers(const char *dir)
{
	FILE *f = side_file(dir, "identificadores");

	qsort(idents, nidents, sizeof(*idents), by_name);
	for (int i = 0; i < nidents; i++) {
		struct nw_buf name = { 0 }, defs = { 0 }, uses = { 0 };

		tex_text(&name, idents[i]->name, true);
		nw_add(&uses, "");
		tex_places(&defs, idents[i]->defs, idents[i]->ndefs);
		tex_places(&uses, idents[i]->uses, idents[i]->nuses);
		fprintf(f, "\\golindexentry{%s}{%s}{%s}\n", name.s, defs.s,
			uses.s);
	}
	fclose(f);
}

static void put_change(FILE *f, const struct nw_block *b)
{
	struct nw_buf old = { 0 };
	struct nw_block **defs;
	int n;

	nw_add(&old, "");
	defs = before(b, &n);
	for (int i = 0; i < n; i++)
		nw_addf(&old, "\\\\{%s}", mark_of(defs[i])->id);
	fprintf(f, "\\golcambio{%s}{%s}{%s}{%s}\n", sign_of(b),
		tex_of_name(b->name), old.s, mark_of(b)->id);
}

/* What a chapter replaces and removes. */
static void put_changes(const char *dir, int chapter)
{
	FILE *f = side_file(dir, nw_printf("fragmentos-%02d", chapter));
	int n = 0;

	for (int i = 0; i < book->nblocks; i++) {
		const struct nw_block *b = &book->blocks[i];

		if (b->kind != NW_CODE || b->chapter != chapter ||
		    (b->op != '!' && b->op != '-'))
			continue;
		if (!n++)
			fputs("\\begin{golcambios}\n", f);
		put_change(f, b);
	}
	if (n)
		fputs("\\end{golcambios}\n", f);
	fclose(f);
}

static void put_lists(const char *dir)
{
	put_fragments(dir);
	put_identifiers(dir);
	for (int i = 0; i < book->nchapters; i++)
		put_changes(dir, book->chapters[i]);
}

int main(int argc, char **argv)
{
	const char *dir = NULL;
	int c;

	nw_init("nwmark", true);
	while ((c = getopt(argc, argv, "d:")) != -1)
		if (c == 'd')
			dir = optarg;
	if (optind != argc)
		nw_die("expected [-d DIR]");
	book = nw_read_sound(stdin);
	marks = nw_alloc((book->nblocks + 1) * sizeof(*marks));
	ident_map = nw_map_new();
	read_blocks();
	read_uses();
	make_rows();
	for (int i = 0; i < book->nblocks; i++) {
		if (book->blocks[i].kind == NW_CODE)
			put_chunk(&book->blocks[i]);
		else if (book->blocks[i].kind == NW_DOCS)
			put_docs(&book->blocks[i]);
		else
			nw_put_block(&book->blocks[i]);
	}
	if (dir)
		put_lists(dir);
	return nw_finish();
}

/*
 * nwprose [-m macros.txt] - checks the prose of a book: that every paragraph
 * says what language it is in, that it has its twin in the other one, made
 * from the text as it is now, and that it uses nothing of LaTeX but what is
 * written down.  The stream goes through.
 */
#include "nw.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

/* ---- what is allowed -------------------------------------------------- */

static struct {
	const char *file;
	struct nw_map *macros;
	struct nw_map *environments;
	bool symbols[256];
} allowed;

static void allow(const char *kind, const char *word, int line)
{
	if (!strcmp(kind, "macro"))
		nw_map_put(allowed.macros, nw_strdup(word), &allowed);
	else if (!strcmp(kind, "environment"))
		nw_map_put(allowed.environments, nw_strdup(word), &allowed);
	else if (!strcmp(kind, "symbol") && !word[1])
		allowed.symbols[(unsigned char)word[0]] = true;
	else
		nw_error(allowed.file, line,
			 "\"%s %s\"; expected macro, environment or symbol "
			 "and what is allowed", kind, word);
}

static void read_allowed(const char *file)
{
	FILE *f = fopen(file, "r");
	char *text = NULL, *kind, *word, *save;
	size_t size = 0;
	int line = 0;

	if (!f)
		nw_die("cannot read %s: %s; expected the list of macros",
		       file, strerror(errno));
	allowed.file = file;
	allowed.macros = nw_map_new();
	allowed.environments = nw_map_new();
	while (getline(&text, &size, f) > 0) {
		line++;
		kind = strtok_r(text, " \t\n", &save);
		if (!kind || (kind[0] == '#'))
			continue;
		while ((word = strtok_r(NULL, " \t\n", &save)))
			allow(kind, word, line);
	}
	free(text);
	fclose(f);
}

/* ---- what a block mentions -------------------------------------------- */

enum kind { REF, CITE, LABEL, FIGURE, CONSOLE, MAP, SOLUTION, CODE };

struct mention {
	enum kind kind;
	const char *key;
	int line;
};

struct prose {
	struct nw_block *block;
	struct mention *mentions;
	int n;
};

/* A mention as it is written. */
static char *show(const struct mention *m)
{
	static const char *const forms[] = {
		[REF] = "\\ref{%s}",
		[CITE] = "\\cite{%s}",
		[LABEL] = "\\label{%s}",
		[FIGURE] = "\\figura{%s}",
		[CONSOLE] = "\\consola{%s}",
		[MAP] = "\\mapa{%s}",
		[SOLUTION] = "\\begin{solucion}{%s}",
		[CODE] = "[[%s]]",
	};
	const char *form = forms[m->kind];
	const char *hole = strstr(form, "%s");

	return nw_printf("%.*s%s%s", (int)(hole - form), form, m->key,
			 hole + 2);
}

/* ---- scanning the text of a block ------------------------------------- */

/*
 * The text of a block, with every [[...]] as one QUOTE and what was in it
 * apart.
 */
#define QUOTE '\001'

struct scan {
	struct prose *prose;
	const char *s;
	int line;
	char **quotes;
	int nquotes;
	int next_quote;
	int braces;			/* open ones */
	bool checks;			/* not a raw block */
};

/* The key of a raw block's own \newcommand, like fig:#1, is none. */
static void mention(struct scan *s, enum kind kind, const char *key, int line)
{
	struct prose *p = s->prose;

	if (!s->checks && strchr(key, '#'))
		return;
	nw_grow(p->mentions, p->n);
	p->mentions[p->n++] = (struct mention){ kind, key, line };
}

static void complain(const struct scan *s, const char *fmt, ...)
	NW_PRINTF(2, 3);

static void complain(const struct scan *s, const char *fmt, ...)
{
	va_list ap;
	char *text;

	if (!s->checks)
		return;
	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		nw_die("out of memory");
	va_end(ap);
	nw_error(s->prose->block->file, s->line, "%s", text);
	free(text);
}

/* The text of quoted code, from the line after @quote on. */
static struct nw_line *take_quote(struct scan *s, struct nw_line *l,
				  const struct nw_line *end)
{
	struct nw_buf code = { 0 };

	nw_addn(&code, "", 0);
	for (; l < end && l->key != NW_ENDQUOTE; l++) {
		if (l->key == NW_TEXT)
			nw_add(&code, l->arg);
		else if (l->key == NW_USE)
			nw_addf(&code, "<<%s>>", l->arg);
		else if (l->key == NW_NL)
			nw_addc(&code, '\n');
	}
	nw_grow(s->quotes, s->nquotes);
	s->quotes[s->nquotes++] = code.s;
	return l;
}

/* A character that is ours would pass for a quote. */
static void take_text(const struct nw_block *b, const struct nw_line *l,
		      struct nw_buf *text)
{
	const char *p;

	for (p = l->arg; *p; p++)
		if (*p != QUOTE)
			nw_addc(text, *p);
	if (strchr(l->arg, QUOTE))
		nw_error(b->file, l->line,
			 "a control byte (\\%03o); expected text", QUOTE);
}

static char *scanned_text(struct scan *s, struct nw_block *b)
{
	struct nw_line *l = b->lines, *end = l + b->nlines - 1;
	struct nw_buf text = { 0 };

	nw_addn(&text, "", 0);
	for (; l < end; l++) {
		if (b->lang != NW_UNTAGGED && l->line == b->line)
			continue;
		if (l->key == NW_TEXT) {
			take_text(b, l, &text);
		} else if (l->key == NW_NL) {
			nw_addc(&text, '\n');
		} else if (l->key == NW_QUOTE) {
			nw_addc(&text, QUOTE);
			l = take_quote(s, l + 1, end);
		}
	}
	return text.s;
}

/* Over one character, or one quote. */
static void step(struct scan *s)
{
	const char *p;

	if (*s->s == QUOTE)
		for (p = s->quotes[s->next_quote++]; *p; p++)
			s->line += *p == '\n';
	s->line += *s->s == '\n';
	s->s++;
}

/* Folded copies: code quoted over the end of a line is still the same. */
static void pass_quote(struct scan *s)
{
	char *code = nw_strdup(s->quotes[s->next_quote]);

	step(s);
	nw_fold(code);
	mention(s, CODE, code, s->line);
}

static void skip_blanks(struct scan *s)
{
	while (isspace((unsigned char)*s->s))
		step(s);
}

/* The {argument} that comes next, or NULL after a complaint. */
static char *argument(struct scan *s, const char *macro)
{
	const char *start;
	char *arg;

	skip_blanks(s);
	start = s->s + 1;
	if (s->s[0] != '{' || !start[strcspn(start, "}\n")] ||
	    start[strcspn(start, "}\n")] == '\n') {
		complain(s, "\\%s without its argument; expected \\%s{...} on "
			 "one line", macro, macro);
		return NULL;
	}
	arg = nw_strndup(start, strcspn(start, "}"));
	while (*s->s != '}')
		step(s);
	step(s);
	nw_fold(arg);
	return arg;
}

static void scan_cite(struct scan *s)
{
	char *keys, *key, *save;

	skip_blanks(s);
	if (*s->s == '[' && strchr(s->s, ']')) {
		while (*s->s != ']')
			step(s);
		step(s);
	}
	keys = argument(s, "cite");
	if (!keys)
		return;
	for (key = strtok_r(keys, ", ", &save); key;
	     key = strtok_r(NULL, ", ", &save))
		mention(s, CITE, key, s->line);
}

/* Inside verbatim nothing is checked. */
static void skip_verbatim(struct scan *s)
{
	static const char last[] = "\\end{verbatim}";
	const char *end = strstr(s->s, last);

	if (!end) {
		complain(s, "\\begin{verbatim} without its end; expected %s "
			 "in the same block", last);
		end = s->s + strlen(s->s);
	}
	while (s->s < end)
		step(s);
	if (*end)
		s->s += strlen(last);
}

/* \begin{ejercicio}{difficulty}{minutes} */
static void scan_exercise(struct scan *s)
{
	char *stars = argument(s, "begin{ejercicio}");
	char *minutes = stars ? argument(s, "begin{ejercicio}") : NULL;

	if (!minutes)
		return;
	if (!*stars || stars[1] || !strchr("123", *stars))
		complain(s, "\\begin{ejercicio}{%s}; expected a difficulty of "
			 "1, 2 or 3", stars);
	if (!*minutes || minutes[strspn(minutes, "0123456789")])
		complain(s, "\\begin{ejercicio}{%s}{%s}; expected a number of "
			 "minutes", stars, minutes);
}

static void scan_environment(struct scan *s, bool begins)
{
	char *name = argument(s, begins ? "begin" : "end");
	char *exercise;

	if (!name)
		return;
	if (!nw_map_get(allowed.environments, name)) {
		complain(s, "environment %s; expected one of those in %s", name,
			 allowed.file);
		return;
	}
	if (begins && !strcmp(name, "verbatim"))
		skip_verbatim(s);
	if (begins && !strcmp(name, "ejercicio") && s->checks)
		scan_exercise(s);
	if (begins && !strcmp(name, "solucion")) {
		exercise = argument(s, "begin{solucion}");
		if (exercise)
			mention(s, SOLUTION, exercise, s->line);
	}
}

static void scan_word(struct scan *s, const char *word)
{
	static const struct {
		const char *word;
		enum kind kind;
	} kinds[] = {
		{ "ref", REF },
		{ "label", LABEL },
		{ "figura", FIGURE },
		{ "consola", CONSOLE },
		{ "mapa", MAP },
	};
	char *key;
	size_t i;

	if (!nw_map_get(allowed.macros, word))
		complain(s, "\\%s; expected one of the macros in %s", word,
			 allowed.file);
	if (!strcmp(word, "begin") || !strcmp(word, "end"))
		scan_environment(s, *word == 'b');
	if (!strcmp(word, "cite"))
		scan_cite(s);
	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (strcmp(word, kinds[i].word))
			continue;
		key = argument(s, word);
		if (key)
			mention(s, kinds[i].kind, key, s->line);
	}
}

static void scan_macro(struct scan *s)
{
	const char *start = ++s->s;
	char *word;

	while (isalpha((unsigned char)*s->s))
		s->s++;
	if (s->s > start) {
		word = nw_strndup(start, s->s - start);
		scan_word(s, word);
		free(word);
		return;
	}
	if (!allowed.symbols[(unsigned char)*start]) {
		if (!*start || isspace((unsigned char)*start))
			complain(s, "a backslash with nothing after it; "
				 "expected \\\\ or a macro");
		else
			complain(s, "\\%c; expected one of the symbols in %s",
				 *start, allowed.file);
	}
	if (*start && *start != '\n')
		s->s++;
}

static void check_brace(struct scan *s, char brace)
{
	s->braces += brace == '{' ? 1 : -1;
	if (s->braces < 0) {
		complain(s, "} without its {; expected them in pairs, or \\}");
		s->braces = 0;
	}
}

static void scan_percent(struct scan *s)
{
	complain(s, "an unescaped %%, which drops the rest of the line; "
		 "expected \\%%");
	s->s++;
	while (!s->checks && *s->s && *s->s != '\n')
		step(s);		/* in TeX proper it is a comment */
}

static void scan_chevrons(struct scan *s)
{
	complain(s, "<< in prose; expected a chunk to be alone on its line "
		 "from the first column, or its mention in [[...]]");
	s->s += 2;
}

static void scan_text(struct scan *s)
{
	while (*s->s) {
		if (*s->s == QUOTE) {
			pass_quote(s);
		} else if (*s->s == '\\') {
			scan_macro(s);
		} else if (*s->s == '%') {
			scan_percent(s);
		} else if (s->s[0] == '<' && s->s[1] == '<') {
			scan_chevrons(s);
		} else {
			if (*s->s == '{' || *s->s == '}')
				check_brace(s, *s->s);
			if (*s->s == '\r')
				complain(s, "a carriage return; expected "
					 "lines that end in a newline alone");
			step(s);
		}
	}
}

static void scan_block(struct prose *p)
{
	struct nw_block *b = p->block;
	struct scan s = {
		.prose = p,
		.line = b->line + (b->lang != NW_UNTAGGED),
		.checks = !b->rawtex,
	};
	char *text = scanned_text(&s, b);

	s.s = text;
	scan_text(&s);
	if (s.braces) {
		s.line = b->line;
		complain(&s, "%d { without } in this block; expected them in "
			 "pairs, or \\{", s.braces);
	}
	free(text);
	free(s.quotes);
}

/* ---- tags ------------------------------------------------------------- */

static bool is_id(const char *id)
{
	return id && *id &&
		!id[strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-")];
}

static void check_untagged(const struct nw_block *b)
{
	struct nw_line *l = b->lines, *end = l + b->nlines;

	while (l < end && l->key != NW_QUOTE &&
	       (l->key != NW_TEXT || nw_is_blank(l->arg)))
		l++;
	if (l == end)
		return;
	if (!strncmp(l->arg, "@%", 2) || l->arg[0] == '%')
		nw_error(b->file, l->line,
			 "a tag out of its place; expected it on the line of "
			 "the @, with a blank between them: @ %%es id");
	else
		nw_error(b->file, l->line,
			 "prose without a tag; expected @ %%es id, @ %%zh id "
			 "=hash or @ %%both before it");
}

/* "@%zh id" on a line of its own is text to noweb. */
static void check_lost_tags(const struct nw_block *b)
{
	int i;

	for (i = 1; i < b->nlines; i++)
		if (b->lines[i].key == NW_TEXT &&
		    b->lines[i - 1].key == NW_NL &&
		    !strncmp(b->lines[i].arg, "@%", 2))
			nw_error(b->file, b->lines[i].line,
				 "\"%.12s\" inside a block; expected a blank "
				 "between the @ and the tag",
				 b->lines[i].arg);
}

static void check_tag(const struct nw_block *b)
{
	bool twin = b->lang == NW_ES || b->lang == NW_ZH;

	if (b->lang == NW_BADTAG) {
		nw_error(b->file, b->line,
			 "an unknown tag; expected %%es, %%zh, %%both or "
			 "%%chapters");
		return;
	}
	if (twin && (!is_id(b->id) || !strcmp(b->id, "raw")))
		nw_error(b->file, b->line,
			 "the tag has %s; expected an id of a-z, 0-9 and -: "
			 "@ %%%s id", b->id ? "no proper id" : "no id",
			 b->lang == NW_ES ? "es" : "zh");
	if (b->badtag || (!twin && (b->id || b->taghash)))
		nw_error(b->file, b->line,
			 "something more on the line of the tag; expected %s",
			 twin ? "@ %es id, with =hash if it is the translation"
			      : "the tag alone");
	if (b->rawtex && b->chapter >= 0)
		nw_error(b->file, b->line,
			 "raw in a chapter; expected prose that keeps to %s",
			 allowed.file);
	if (b->blank)
		nw_error(b->file, b->line,
			 "the tag has no text; expected some");
}

/* ---- twins ------------------------------------------------------------ */

struct pair {
	struct prose *first, *second;
};

static const char *lang_tag(enum nw_lang lang)
{
	return lang == NW_ES ? "es" : "zh";
}

static enum nw_lang other_lang(enum nw_lang lang)
{
	return lang == NW_ES ? NW_ZH : NW_ES;
}

/* Only white space and loose lines between the two of them? */
static bool follows_directly(const struct nw_block *first,
			     const struct nw_block *second)
{
	const struct nw_block *b;

	for (b = first + 1; b < second; b++)
		if (b->kind == NW_CODE || b->lines->key == NW_FILE ||
		    (b->kind == NW_DOCS &&
		     (b->lang != NW_UNTAGGED || !b->blank)))
			return false;
	return first < second;
}

static void check_hash(const struct nw_block *original,
		       const struct nw_block *b)
{
	char hash[NW_HASH_LEN + 1];

	nw_docs_hash(hash, original);
	if (b->taghash && !strcmp(b->taghash, hash))
		return;
	nw_error(b->file, b->line,
		 "the translation %%%s %s %s (%s:%d); expected =%s: look at "
		 "both, then run make accept ID=%s", lang_tag(b->lang), b->id,
		 b->taghash && *b->taghash ?
			"is stale, its original has changed" :
			"has no hash of its original",
		 original->file, original->line, hash, b->id);
}

static bool mentions(const struct prose *p, const struct mention *m)
{
	int i;

	for (i = 0; i < p->n; i++)
		if (p->mentions[i].kind == m->kind &&
		    !strcmp(p->mentions[i].key, m->key))
			return true;
	return false;
}

static void check_mentions(const struct prose *original,
			   const struct prose *translation)
{
	const struct nw_block *o = original->block, *t = translation->block;
	int i;

	for (i = 0; i < original->n; i++)
		if (!mentions(translation, &original->mentions[i]))
			nw_error(t->file, t->line,
				 "%%%s %s lacks %s, which its twin has "
				 "(%s:%d); expected the same in both",
				 lang_tag(t->lang), t->id,
				 show(&original->mentions[i]), o->file,
				 original->mentions[i].line);
	for (i = 0; i < translation->n; i++)
		if (!mentions(original, &translation->mentions[i]))
			nw_error(t->file, translation->mentions[i].line,
				 "%%%s %s has %s, which its twin (%s:%d) "
				 "lacks; expected the same in both",
				 lang_tag(t->lang), t->id,
				 show(&translation->mentions[i]), o->file,
				 o->line);
}

static void no_twin(const struct nw_block *b)
{
	char hash[NW_HASH_LEN + 1];

	nw_docs_hash(hash, b);
	nw_error(b->file, b->line,
		 "%%%s %s has no twin; expected @ %%%s %s =%s right after it",
		 lang_tag(b->lang), b->id, lang_tag(other_lang(b->lang)),
		 b->id, hash);
}

static void check_pair(const struct pair *pair)
{
	const struct nw_block *a = pair->first->block, *b;

	if (!pair->second) {
		no_twin(a);
		return;
	}
	b = pair->second->block;
	if (a->taghash)
		nw_error(a->file, a->line,
			 b->taghash ?
			 "both twins of %s have a hash (%s:%d); expected none "
			 "on the original, which comes first" :
			 "the translation %s comes before its original "
			 "(%s:%d); expected it right after",
			 a->id, b->file, b->line);
	else
		check_hash(a, b);
	if (!follows_directly(a, b))
		nw_error(b->file, b->line,
			 "%%%s %s is apart from its original (%s:%d); "
			 "expected it right after", lang_tag(b->lang), b->id,
			 a->file, a->line);
	check_mentions(pair->first, pair->second);
}

static void doubled_id(const struct nw_block *b, const struct nw_block *other)
{
	nw_error(b->file, b->line,
		 "%%%s %s: the id is taken (%s:%d); expected one of its own",
		 lang_tag(b->lang), b->id, other->file, other->line);
}

static void pair_up(struct nw_map *ids, struct prose *p)
{
	struct nw_block *b = p->block;
	struct pair *pair = nw_map_get(ids, b->id);

	if (!pair) {
		pair = nw_alloc(sizeof(*pair));
		pair->first = p;
		nw_map_put(ids, b->id, pair);
	} else if (pair->first->block->lang == b->lang) {
		doubled_id(b, pair->first->block);
	} else if (pair->second) {
		doubled_id(b, pair->second->block);
	} else {
		pair->second = p;
	}
}

/* ---- labels: one namespace a language --------------------------------- */

static char *label_key(enum nw_lang lang, const struct mention *m)
{
	static const char *const prefixes[] = {
		[FIGURE] = "fig:",
		[MAP] = "fig:mapa-",
		[LABEL] = "",
		[REF] = "",
		[SOLUTION] = "",
		[CODE] = "",
	};

	return nw_printf("%s:%s%s", lang_tag(lang), prefixes[m->kind], m->key);
}

static void add_label(struct nw_map *labels, enum nw_lang lang,
		      const struct prose *p, struct mention *m)
{
	char *key = label_key(lang, m);
	const struct prose *other = nw_map_get(labels, key);

	if (other)
		nw_error(p->block->file, m->line,
			 "the label %s is taken (in the block at %s:%d); "
			 "expected one of its own", key + 3,
			 other->block->file, other->block->line);
	else
		nw_map_put(labels, key, (void *)p);
}

static void find_label(struct nw_map *labels, enum nw_lang lang,
		       const struct prose *p, struct mention *m)
{
	char *key = label_key(lang, m);

	if (!nw_map_get(labels, key))
		nw_error(p->block->file, m->line,
			 "%s, but nothing has that label; expected a "
			 "\\label, \\figura or \\mapa in the same language",
			 show(m));
	free(key);
}

typedef void label_fn(struct nw_map *labels, enum nw_lang lang,
		      const struct prose *p, struct mention *m);

static void each_language(label_fn *fn, struct nw_map *labels,
			  const struct prose *p, struct mention *m)
{
	if (p->block->lang != NW_ZH)
		fn(labels, NW_ES, p, m);
	if (p->block->lang != NW_ES)
		fn(labels, NW_ZH, p, m);
}

/* A \ref may go anywhere in the book, so only a whole book is asked. */
static void check_labels(const struct prose *prose, int n, bool whole)
{
	struct nw_map *labels = nw_map_new();
	int i, j;

	for (i = 0; i < n; i++)
		for (j = 0; j < prose[i].n; j++) {
			struct mention *m = &prose[i].mentions[j];

			if (m->kind == LABEL || m->kind == FIGURE ||
			    m->kind == MAP)
				each_language(add_label, labels, &prose[i], m);
		}
	for (i = 0; whole && i < n; i++)
		for (j = 0; j < prose[i].n; j++)
			if (prose[i].mentions[j].kind == REF ||
			    prose[i].mentions[j].kind == SOLUTION)
				each_language(find_label, labels, &prose[i],
					      &prose[i].mentions[j]);
}

/* ---- exercises and their solutions ------------------------------------ */

static bool has_solutions(const struct nw_book *book)
{
	int i;

	for (i = 0; i < book->nblocks; i++)
		if (book->blocks[i].lines->key == NW_FILE &&
		    !strcmp(nw_stem(book->blocks[i].lines->arg),
			    "90-soluciones"))
			return true;
	return false;
}

/* Twins have the same labels, so one of each language will do. */
static void check_solutions(const struct prose *prose, int n)
{
	struct nw_map *solved = nw_map_new();
	int i, j;

	for (i = 0; i < n; i++)
		for (j = 0; j < prose[i].n; j++)
			if (prose[i].mentions[j].kind == SOLUTION)
				nw_map_put(solved, prose[i].mentions[j].key,
					   solved);
	for (i = 0; i < n; i++) {
		if (prose[i].block->lang == NW_ZH)
			continue;
		for (j = 0; j < prose[i].n; j++) {
			struct mention *m = &prose[i].mentions[j];

			if (m->kind != LABEL || strncmp(m->key, "ej:", 3) ||
			    nw_map_get(solved, m->key))
				continue;
			nw_error(prose[i].block->file, m->line,
				 "%s has no solution; expected "
				 "\\begin{solucion}{%s} in 90-soluciones",
				 show(m), m->key);
		}
	}
}

/* ---- the order of the chapters ---------------------------------------- */

struct listed {
	const struct nw_block *list;
	int line;
	bool found;
};

static void list_chapter(struct nw_map *stems, const struct nw_block *b,
			 const struct nw_line *l)
{
	struct listed *entry;
	char *stem = nw_strdup(l->arg);

	nw_fold(stem);
	if (!*stem)
		return;
	entry = nw_map_get(stems, stem);
	if (entry) {
		nw_error(b->file, l->line,
			 "%s is on the list already (line %d); expected it "
			 "once", stem, entry->line);
		return;
	}
	entry = nw_alloc(sizeof(*entry));
	entry->list = b;
	entry->line = l->line;
	nw_map_put(stems, stem, entry);
}

static void check_listed(struct nw_map *stems, const struct nw_block *list,
			 const struct nw_block *file)
{
	char *stem = nw_stem(file->lines->arg);
	struct listed *entry = nw_map_get(stems, stem);

	if (entry)
		entry->found = true;
	else if (strcmp(file->lines->arg, list->file))
		nw_error(list->file, list->line,
			 "%s is not on the list of chapters, and would be "
			 "left out; expected %s on a line of its own",
			 file->lines->arg, stem);
	free(stem);
}

static void check_missing(struct nw_map *stems, const struct nw_block *b,
			  const struct nw_line *l)
{
	struct listed *entry;
	char *stem = nw_strdup(l->arg);

	nw_fold(stem);
	entry = *stem ? nw_map_get(stems, stem) : NULL;
	if (entry && !entry->found && entry->line == l->line)
		nw_error(b->file, l->line,
			 "%s is on the list of chapters, but there is no such "
			 "file; expected chapters/%s.nw", stem, stem);
	free(stem);
}

/* The numbers of the files are those that the reader sees. */
static void check_order(const struct nw_block *b)
{
	char *stem, *before = NULL;
	int i;

	for (i = 0; i < b->nlines; i++) {
		if (b->lines[i].key != NW_TEXT || b->lines[i].line == b->line)
			continue;
		stem = nw_strdup(b->lines[i].arg);
		nw_fold(stem);
		if (!*stem)
			continue;
		if (before && strcmp(before, stem) > 0)
			nw_error(b->file, b->lines[i].line,
				 "%s comes after %s; expected the chapters in "
				 "the order of their numbers", stem, before);
		before = stem;
	}
}

typedef void entry_fn(struct nw_map *stems, const struct nw_block *b,
		      const struct nw_line *l);

static void each_entry(entry_fn *fn, struct nw_map *stems,
		       const struct nw_block *b)
{
	int i;

	for (i = 0; i < b->nlines; i++)
		if (b->lines[i].key == NW_TEXT && b->lines[i].line != b->line)
			fn(stems, b, &b->lines[i]);
}

static void check_chapters(const struct nw_book *book,
			   const struct nw_block *list)
{
	struct nw_map *stems = nw_map_new();
	int i;

	each_entry(list_chapter, stems, list);
	for (i = 0; i < book->nblocks; i++)
		if (book->blocks[i].lines->key == NW_FILE)
			check_listed(stems, list, &book->blocks[i]);
	each_entry(check_missing, stems, list);
	check_order(list);
}

/* Without its list the book would have no chapters. */
static void check_list(const struct nw_book *book)
{
	int i;

	for (i = 0; i < book->nblocks; i++) {
		const struct nw_line *l = book->blocks[i].lines;

		if (l->key == NW_FILE && !strcmp(l->arg, "book.nw"))
			nw_error(l->arg, 1,
				 "the book has no list of chapters; expected "
				 "@ %%chapters and a name on each line");
	}
}

/* The one %chapters of the book, or NULL. */
static const struct nw_block *find_chapters(const struct nw_book *book)
{
	const struct nw_block *list = NULL;
	int i;

	for (i = 0; i < book->nblocks; i++) {
		const struct nw_block *b = &book->blocks[i];

		if (b->kind != NW_DOCS || b->lang != NW_CHAPTERS)
			continue;
		if (list)
			nw_error(b->file, b->line,
				 "a second %%chapters (the first is %s:%d); "
				 "expected one in the book", list->file,
				 list->line);
		else if (b->chapter >= 0)
			nw_error(b->file, b->line,
				 "%%chapters in a chapter; expected it in the "
				 "book's own file");
		else
			list = b;
	}
	return list;
}

/* ---- all of it -------------------------------------------------------- */

static struct prose *check_blocks(const struct nw_book *book, int *n)
{
	struct prose *prose = nw_alloc((book->nblocks + 1) * sizeof(*prose));
	int i;

	*n = 0;
	for (i = 0; i < book->nblocks; i++) {
		struct nw_block *b = &book->blocks[i];

		if (b->kind != NW_DOCS)
			continue;
		if (b->lang == NW_UNTAGGED) {
			check_untagged(b);
			continue;
		}
		check_tag(b);
		check_lost_tags(b);
		if (b->lang == NW_CHAPTERS || b->lang == NW_BADTAG)
			continue;
		prose[*n].block = b;
		scan_block(&prose[(*n)++]);
	}
	return prose;
}

static void check_twins(struct prose *prose, int n)
{
	struct nw_map *ids = nw_map_new();
	struct pair *pair;
	int i;

	for (i = 0; i < n; i++)
		if (prose[i].block->id && prose[i].block->lang != NW_BOTH)
			pair_up(ids, &prose[i]);
	for (i = 0; i < n; i++) {
		if (!prose[i].block->id || prose[i].block->lang == NW_BOTH)
			continue;
		pair = nw_map_get(ids, prose[i].block->id);
		if (pair->first == &prose[i])
			check_pair(pair);
	}
}

int main(int argc, char **argv)
{
	const char *macros = "tangle/macros.txt";
	const struct nw_block *list;
	struct nw_book *book;
	struct prose *prose;
	int c, n;

	nw_init("nwprose", true);
	while ((c = getopt(argc, argv, "m:")) != -1)
		if (c == 'm')
			macros = optarg;
		else
			nw_die("usage: nwprose [-m macros.txt]");
	read_allowed(macros);
	book = nw_read(stdin);
	prose = check_blocks(book, &n);
	check_twins(prose, n);
	list = find_chapters(book);
	if (list)
		check_chapters(book, list);
	else
		check_list(book);
	check_labels(prose, n, list != NULL);
	if (list && has_solutions(book))
		check_solutions(prose, n);
	nw_put_book(book);
	return nw_finish();
}

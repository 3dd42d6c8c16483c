/*
 * nw.c - see nw.h.
 */
#include "nw.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char *program = "nw";
static bool is_filter;
static bool fatal_seen;

/* ---- memory ----------------------------------------------------------- */

void nw_die(const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s: ", program);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	if (is_filter)
		printf("@fatal %s\n", program);
	exit(1);
}

void *nw_alloc(size_t size)
{
	void *p = calloc(1, size ? size : 1);

	if (!p)
		nw_die("out of memory");
	return p;
}

void *nw_realloc(void *p, size_t size)
{
	p = realloc(p, size);
	if (!p)
		nw_die("out of memory");
	return p;
}

char *nw_strndup(const char *s, size_t n)
{
	char *p = nw_alloc(n + 1);

	memcpy(p, s, n);
	return p;
}

char *nw_strdup(const char *s)
{
	return nw_strndup(s, strlen(s));
}

static char *vprint(const char *fmt, va_list ap)
{
	char *s;

	if (vasprintf(&s, fmt, ap) < 0)
		nw_die("out of memory");
	return s;
}

char *nw_printf(const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = vprint(fmt, ap);
	va_end(ap);
	return s;
}

void *nw_grow_array(void *array, size_t n, size_t size)
{
	if (!n)
		return array ? array : nw_realloc(NULL, 4 * size);
	if (n < 4 || (n & (n - 1)))
		return array;
	return nw_realloc(array, 2 * n * size);
}

/* ---- strings that grow ------------------------------------------------ */

void nw_addn(struct nw_buf *b, const char *s, size_t n)
{
	if (b->len + n >= b->size) {
		b->size = 2 * (b->len + n) + 64;
		b->s = nw_realloc(b->s, b->size);
	}
	memcpy(b->s + b->len, s, n);
	b->len += n;
	b->s[b->len] = '\0';
}

void nw_add(struct nw_buf *b, const char *s)
{
	nw_addn(b, s, strlen(s));
}

void nw_addc(struct nw_buf *b, char c)
{
	nw_addn(b, &c, 1);
}

void nw_addf(struct nw_buf *b, const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = vprint(fmt, ap);
	va_end(ap);
	nw_add(b, s);
	free(s);
}

/* ---- maps: open addressing, at most half full ------------------------- */

struct nw_map {
	size_t n, size;			/* the size is a power of two */
	struct slot {
		const char *key;
		void *value;
	} *slots;
};

uint64_t nw_fnv(const char *s)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 0x100000001b3u;
	return h;
}

static struct slot *find_slot(const struct nw_map *map, const char *key)
{
	size_t i = nw_fnv(key) & (map->size - 1);

	while (map->slots[i].key && strcmp(map->slots[i].key, key))
		i = (i + 1) & (map->size - 1);
	return &map->slots[i];
}

static void resize_map(struct nw_map *map, size_t size)
{
	struct slot *old = map->slots;
	size_t i, oldsize = map->size;

	map->size = size;
	map->slots = nw_alloc(size * sizeof(*map->slots));
	for (i = 0; i < oldsize; i++)
		if (old[i].key)
			*find_slot(map, old[i].key) = old[i];
	free(old);
}

struct nw_map *nw_map_new(void)
{
	struct nw_map *map = nw_alloc(sizeof(*map));

	resize_map(map, 64);
	return map;
}

void *nw_map_get(const struct nw_map *map, const char *key)
{
	return find_slot(map, key)->value;
}

void nw_map_put(struct nw_map *map, const char *key, void *value)
{
	struct slot *slot = find_slot(map, key);

	if (!slot->key) {
		slot->key = key;
		map->n++;
	}
	slot->value = value;
	if (map->n > map->size / 2)
		resize_map(map, 2 * map->size);
}

/* ---- errors ----------------------------------------------------------- */

struct error {
	const char *file;
	int line;
	int seq;
	char *message;
};

static struct error *errors;
static int nerrors;

void nw_init(const char *name, bool filter)
{
	program = name;
	is_filter = filter;
}

void nw_error(const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	nw_grow(errors, nerrors);
	va_start(ap, fmt);
	errors[nerrors] = (struct error){
		.file = file,
		.line = line,
		.seq = nerrors,
		.message = vprint(fmt, ap),
	};
	va_end(ap);
	nerrors++;
}

int nw_errors(void)
{
	return nerrors;
}

static int compare_errors(const void *pa, const void *pb)
{
	const struct error *a = pa, *b = pb;
	int c = strcmp(a->file, b->file);

	if (!c)
		c = (a->line > b->line) - (a->line < b->line);
	return c ? c : a->seq - b->seq;
}

/* The same thing said twice of one line is said once. */
static bool same_error(const struct error *a, const struct error *b)
{
	return !strcmp(a->file, b->file) && a->line == b->line &&
		!strcmp(a->message, b->message);
}

static void print_errors(void)
{
	int i;

	if (nerrors)
		qsort(errors, nerrors, sizeof(*errors), compare_errors);
	for (i = 0; i < nerrors; i++) {
		if (i && same_error(&errors[i - 1], &errors[i]))
			continue;
		fprintf(stderr, "%s:%d: %s\n", errors[i].file, errors[i].line,
			errors[i].message);
	}
}

int nw_finish(void)
{
	bool failed = nerrors || fatal_seen;

	print_errors();
	if (failed && is_filter)
		printf("@fatal %s\n", program);
	if (fflush(stdout) || ferror(stdout)) {
		fprintf(stderr, "%s: cannot write: %s\n", program,
			strerror(errno));
		return 1;
	}
	return failed;
}

void nw_end_if_errors(void)
{
	if (nerrors)
		exit(nw_finish());
}

/* ---- names ------------------------------------------------------------ */

static const char *base_name(const char *file)
{
	const char *slash = strrchr(file, '/');

	return slash ? slash + 1 : file;
}

int nw_chapter(const char *file)
{
	const char *b = base_name(file);

	if (!isdigit((unsigned char)b[0]) || !isdigit((unsigned char)b[1]) ||
	    b[2] != '-')
		return -1;
	return (b[0] - '0') * 10 + b[1] - '0';
}

char *nw_stem(const char *file)
{
	const char *b = base_name(file);
	size_t n = strlen(b);

	if (n > 3 && !strcmp(b + n - 3, ".nw"))
		n -= 3;
	return nw_strndup(b, n);
}

bool nw_is_root(const char *name)
{
	static const char allowed[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789_./-";

	if (!strcmp(name, "Makefile") || !strcmp(name, "Kconfig") ||
	    !strcmp(name, "defconfig"))
		return true;
	return !name[strspn(name, allowed)] && strpbrk(name, "./");
}

const char *nw_bad_root(const char *name)
{
	const char *part, *end;
	size_t n;

	if (name[0] == '/')
		return "is not relative";
	for (part = name;; part = end + 1) {
		end = strchrnul(part, '/');
		n = end - part;
		if (!n)
			return "has an empty part";
		if ((n == 1 && part[0] == '.') ||
		    (n == 2 && !strncmp(part, "..", 2)))
			return "has a part that is . or ..";
		if (!*end)
			return NULL;
	}
}

/* ---- reading ---------------------------------------------------------- */

static const struct {
	const char *word;
	enum nw_key key;
} keywords[] = {
	{ "@text", NW_TEXT },		/* the most frequent first */
	{ "@nl", NW_NL },
	{ "@use", NW_USE },
	{ "@quote", NW_QUOTE },
	{ "@endquote", NW_ENDQUOTE },
	{ "@begin", NW_BEGIN },
	{ "@end", NW_END },
	{ "@defn", NW_DEFN },
	{ "@file", NW_FILE },
	{ "@line", NW_LINE },
	{ "@fatal", NW_FATAL },
};

static void parse_line(struct nw_line *l, char *s)
{
	size_t i, n = strcspn(s, " ");

	l->raw = s;
	l->arg = s[n] ? s + n + 1 : s + n;
	if (!strcmp(s, "@index nl"))
		l->key = NW_INDEX_NL;
	for (i = 0; i < sizeof(keywords) / sizeof(*keywords); i++)
		if (!strncmp(s, keywords[i].word, n) &&
		    !keywords[i].word[n])
			l->key = keywords[i].key;
	if (l->key == NW_USE) {
		l->slot = l->arg[0] == '?';
		l->name = l->arg + l->slot;
	}
}

static char *read_all(FILE *f, size_t *len)
{
	size_t n, size = 1 << 16;
	char *s = nw_alloc(size);

	*len = 0;
	while ((n = fread(s + *len, 1, size - *len - 1, f)) > 0) {
		*len += n;
		if (*len + 1 == size) {
			size *= 2;
			s = nw_realloc(s, size);
		}
	}
	if (ferror(f))
		nw_die("cannot read: %s", strerror(errno));
	s[*len] = '\0';
	if (memchr(s, '\0', *len))
		nw_die("the input has a NUL character; expected text");
	return s;
}

static struct nw_line *split_lines(char *s, size_t len, int *n)
{
	struct nw_line *lines;
	char *end = s + len, *nl;
	size_t count = 1;

	for (nl = s; (nl = memchr(nl, '\n', end - nl)); nl++)
		count++;
	lines = nw_alloc(count * sizeof(*lines));
	for (*n = 0; s < end; s = nl + 1) {
		nl = memchr(s, '\n', end - s);
		if (!nl)
			nl = end;
		*nl = '\0';
		parse_line(&lines[(*n)++], s);
	}
	return lines;
}

static bool is_hash_word(const char *s)
{
	return s[0] == '=';
}

/* The words after the hash of <<!name =hash -03 -05>>=. */
static void parse_drops(struct nw_block *b, char *words)
{
	char *word, *end, *save;
	long n;

	for (word = strtok_r(words, " \t", &save); word;
	     word = strtok_r(NULL, " \t", &save)) {
		n = strtol(word, &end, 10);
		if (word[0] != '-' || !isdigit((unsigned char)word[1]) ||
		    *end || n < -99) {
			b->baddrops = true;
			continue;
		}
		nw_grow(b->drops, b->ndrops);
		b->drops[b->ndrops++] = -n;
	}
}

/* The last " =" of the name of a ! or a - begins its hash. */
static char *find_hash(char *name)
{
	char *found = NULL, *s = name;

	while ((s = strstr(s, " =")))
		found = s++;
	return found;
}

static void parse_defn(struct nw_block *b, const char *arg)
{
	char *name, *hash;
	size_t n;

	b->op = *arg && strchr("+^!-?", *arg) ? *arg : 0;
	b->name = name = nw_strdup(arg + (b->op != 0));
	if (b->op != '!' && b->op != '-')
		return;
	hash = find_hash(name);
	if (!hash)
		return;
	*hash = '\0';
	n = strlen(name);
	while (n && name[n - 1] == ' ')
		name[--n] = '\0';
	b->hash = hash += 2;
	n = strcspn(hash, " ");
	if (hash[n]) {
		hash[n] = '\0';
		parse_drops(b, hash + n + 1);
	}
}

static enum nw_lang tag_language(const char *word)
{
	static const struct {
		const char *word;
		enum nw_lang lang;
	} tags[] = {
		{ "%es", NW_ES },
		{ "%zh", NW_ZH },
		{ "%both", NW_BOTH },
		{ "%chapters", NW_CHAPTERS },
	};
	size_t i;

	for (i = 0; i < sizeof(tags) / sizeof(*tags); i++)
		if (!strcmp(word, tags[i].word))
			return tags[i].lang;
	return word[0] == '%' ? NW_BADTAG : NW_UNTAGGED;
}

/* id, =hash and raw come in that order, each at most once. */
static void parse_tag(struct nw_block *b, const char *text)
{
	char *save, *word = strtok_r(nw_strdup(text), " \t", &save);

	if (!word)
		return;
	b->lang = tag_language(word);
	if (b->lang == NW_UNTAGGED)
		return;
	while ((word = strtok_r(NULL, " \t", &save))) {
		if (!strcmp(word, "raw") && (b->id || b->lang > NW_ZH) &&
		    !b->rawtex)
			b->rawtex = true;
		else if (is_hash_word(word) && !b->taghash && !b->rawtex)
			b->taghash = word + 1;
		else if (!b->id && !b->taghash && !b->rawtex)
			b->id = word;
		else
			b->badtag = true;
	}
}

bool nw_is_blank(const char *s)
{
	return !s[strspn(s, " \t\r\n\f\v")];
}

/* The tag is the text of the first line, if that is all it has. */
static void parse_docs(struct nw_block *b)
{
	struct nw_line *l = b->lines + 1, *end = b->lines + b->nlines - 1;

	if (l < end && l->key == NW_TEXT) {
		parse_tag(b, l->arg);
		if (b->lang != NW_UNTAGGED)
			l++;
	}
	b->blank = true;
	for (; l < end; l++) {
		if (l->key == NW_QUOTE || l->key == NW_USE ||
		    (l->key == NW_TEXT && !nw_is_blank(l->arg)))
			b->blank = false;
		if (b->lang != NW_UNTAGGED && l->line == b->line &&
		    !(l->key == NW_TEXT && nw_is_blank(l->arg)) &&
		    l->key != NW_NL)
			b->badtag = true;	/* [[...]] on the tag line */
	}
}

static void parse_code(struct nw_block *b)
{
	int i;

	for (i = 0; i < b->nlines; i++)
		if (b->lines[i].key == NW_DEFN) {
			parse_defn(b, b->lines[i].arg);
			return;
		}
	nw_die("%s:%d: a code chunk without @defn; expected noweb's pipeline",
	       b->file, b->line);
}

/* Where the reader is in the source. */
struct place {
	const char *file;
	int line;
	int chapter;
};

static void count_line(struct place *at, struct nw_line *l)
{
	if (l->key == NW_FILE) {
		at->file = l->arg;
		at->line = 1;
		at->chapter = nw_chapter(l->arg);
	} else if (l->key == NW_LINE) {
		at->line = atoi(l->arg) - 1;
	}
	l->line = at->line;
	if (l->key == NW_NL || l->key == NW_INDEX_NL)
		at->line++;
}

/* Number of lines of the block whose @begin is the first of them. */
static int block_length(struct place *at, struct nw_line *lines, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		count_line(at, &lines[i]);
		if (lines[i].key == NW_END)
			return i + 1;
		if (lines[i].key == NW_FATAL || (i && lines[i].key == NW_BEGIN))
			break;
	}
	return 0;
}

static struct nw_block *new_block(struct nw_book *book,
				  const struct place *at, struct nw_line *l)
{
	struct nw_block *b;

	nw_grow(book->blocks, book->nblocks);
	b = &book->blocks[book->nblocks++];
	*b = (struct nw_block){
		.file = at->file,
		.line = at->line,
		.chapter = at->chapter,
		.lines = l,
		.nlines = 1,
	};
	return b;
}

/* Reads one block; returns the number of its lines. */
static int read_block(struct nw_book *book, struct place *at,
		      struct nw_line *l, int n)
{
	struct nw_block *b;

	if (l->key != NW_BEGIN) {
		count_line(at, l);
		new_block(book, at, l);
		return 1;
	}
	b = new_block(book, at, l);
	b->kind = strncmp(l->arg, "code ", 5) ? NW_DOCS : NW_CODE;
	b->nlines = block_length(at, l, n);
	if (!b->nlines) {
		if (fatal_seen)		/* its writer stopped half way */
			return n;
		nw_die("%s:%d: @begin without @end; expected noweb's pipeline",
		       b->file, b->line);
	}
	if (b->kind == NW_CODE)
		parse_code(b);
	else
		parse_docs(b);
	return b->nlines;
}

/* Takes @fatal lines out, wherever they are. */
static int without_fatal(struct nw_line *lines, int n)
{
	int i, kept = 0;

	for (i = 0; i < n; i++) {
		if (lines[i].key == NW_FATAL)
			fatal_seen = true;
		else
			lines[kept++] = lines[i];
	}
	return kept;
}

struct nw_book *nw_read(FILE *f)
{
	struct nw_book *book = nw_alloc(sizeof(*book));
	struct place at = { .file = "stdin", .line = 1, .chapter = -1 };
	struct nw_line *lines;
	size_t len;
	char *s;
	int i, n;

	s = read_all(f, &len);
	lines = split_lines(s, len, &n);
	n = without_fatal(lines, n);
	for (i = 0; i < n; )
		i += read_block(book, &at, lines + i, n - i);
	return book;
}

struct nw_book *nw_read_sound(FILE *f)
{
	struct nw_book *book = nw_read(f);

	if (fatal_seen)
		exit(nw_finish());
	return book;
}

void nw_put_line(const struct nw_line *l)
{
	puts(l->raw);
}

void nw_put_block(const struct nw_block *b)
{
	int i;

	for (i = 0; i < b->nlines; i++)
		nw_put_line(&b->lines[i]);
}

void nw_put_book(const struct nw_book *book)
{
	int i;

	for (i = 0; i < book->nblocks; i++)
		nw_put_block(&book->blocks[i]);
}

/* ---- history ---------------------------------------------------------- */

struct nw_chunk *nw_chunk(const struct nw_book *book, const char *name)
{
	return nw_map_get(book->map, name);
}

static struct nw_chunk *make_chunk(struct nw_book *book, const char *name)
{
	struct nw_chunk *c = nw_chunk(book, name);

	if (c)
		return c;
	c = nw_alloc(sizeof(*c));
	c->name = name;
	c->root = nw_is_root(name);
	c->index = book->nchunks;
	nw_map_put(book->map, name, c);
	nw_grow(book->chunks, book->nchunks);
	book->chunks[book->nchunks++] = c;
	return c;
}

const struct nw_version *nw_version(const struct nw_chunk *chunk, int chapter)
{
	int i;

	for (i = chunk->nversions - 1; i >= 0; i--)
		if (chunk->versions[i].chapter <= chapter)
			return &chunk->versions[i];
	return NULL;
}

struct nw_block **nw_live(const struct nw_chunk *chunk, int chapter, int *n)
{
	const struct nw_version *v = nw_version(chunk, chapter);

	*n = v ? v->ndefs : 0;
	return v ? v->defs : NULL;
}

bool nw_is_live(const struct nw_chunk *chunk, int chapter)
{
	const struct nw_version *v = nw_version(chunk, chapter);

	return v && v->ndefs;
}

bool nw_is_checkpoint(const struct nw_book *book, int chapter)
{
	int i;

	for (i = 0; i < book->nchapters; i++)
		if (book->chapters[i] == chapter)
			return true;
	return false;
}

/* The version of this chapter, begun as a copy of the one before. */
static struct nw_version *open_version(struct nw_chunk *c, int chapter)
{
	const struct nw_version *last = nw_version(c, chapter);
	struct nw_version v = { .chapter = chapter, .owner = chapter };
	int i;

	if (last && last->chapter == chapter)
		return &c->versions[c->nversions - 1];
	if (last) {
		v.owner = last->owner;
		for (i = 0; i < last->ndefs; i++) {
			nw_grow(v.defs, v.ndefs);
			v.defs[v.ndefs++] = last->defs[i];
		}
	}
	nw_grow(c->versions, c->nversions);
	c->versions[c->nversions] = v;
	return &c->versions[c->nversions++];
}

static void append(struct nw_version *v, struct nw_block *def)
{
	nw_grow(v->defs, v->ndefs);
	v->defs[v->ndefs++] = def;
}

static void prepend(struct nw_version *v, struct nw_block *def)
{
	append(v, def);
	memmove(v->defs + 1, v->defs, (v->ndefs - 1) * sizeof(*v->defs));
	v->defs[0] = def;
}

/* Not only its <<-x>>: any chapter before this one that defines it. */
static bool is_old(const struct nw_chunk *c, int chapter)
{
	return c->ndefs && c->defs[0]->chapter < chapter;
}

static bool has_body(const struct nw_block *def)
{
	int i;

	for (i = 0; i < def->nlines; i++)
		if (def->lines[i].key == NW_USE ||
		    (def->lines[i].key == NW_TEXT &&
		     !nw_is_blank(def->lines[i].arg)))
			return true;
	return false;
}

static void define_new(struct nw_chunk *c, struct nw_block *def)
{
	const struct nw_block *first = c->ndefs ? c->defs[0] : NULL;
	struct nw_version *v;

	if (is_old(c, def->chapter))
		nw_error(def->file, def->line,
			 "<<%s>> is already defined at %s:%d; expected "
			 "<<+%s>>, <<^%s>> or <<!%s>>, or another name",
			 c->name, first->file, first->line, c->name, c->name,
			 c->name);
	v = open_version(c, def->chapter);
	v->fresh = true;
	append(v, def);
}

/* There is nothing that the operator of DEF could work on: why? */
static void nothing_there(struct nw_chunk *c, const struct nw_block *def)
{
	const struct nw_version *v = nw_version(c, def->chapter);
	char op = def->op;

	c->faulty = true;
	if (v)
		nw_error(def->file, def->line,
			 "<<%c%s>>: chapter %02d removed it; expected a chunk "
			 "that is live here", op, c->name, v->chapter);
	else
		nw_error(def->file, def->line,
			 "<<%c%s>>: no earlier chapter defines it; expected "
			 "the name of a live chunk, or <<%s>>= for a new one",
			 op, c->name, c->name);
}

static void define_more(struct nw_chunk *c, struct nw_block *def)
{
	struct nw_version *v;

	if (!nw_is_live(c, def->chapter))
		nothing_there(c, def);
	v = open_version(c, def->chapter);
	if (!v->fresh)
		v->added = true;
	if (def->op == '+')
		append(v, def);
	else
		prepend(v, def);
}

/*
 * A ! or - works on what the chapter starts with, so nothing of the same
 * chapter may have touched the chunk before it.
 */
static bool touched_before(const struct nw_chunk *c,
			   const struct nw_block *def)
{
	const struct nw_version *v = nw_version(c, def->chapter);
	const struct nw_block *other = c->ndefs ? c->defs[c->ndefs - 1] : NULL;
	const char *did;

	if (!v || v->chapter != def->chapter || !other)
		return false;
	if (!v->ndefs)
		did = "removes it";
	else if (v->added)
		did = "adds to it, which would be lost";
	else if (is_old(c, def->chapter))
		did = "replaces it already";
	else
		did = "defines it";
	nw_error(def->file, def->line,
		 "<<%c%s>>: this same chapter %s (%s:%d); expected one "
		 "definition that says it all", def->op, c->name, did,
		 other->file, other->line);
	return true;
}

static void define_instead(struct nw_chunk *c, struct nw_block *def)
{
	struct nw_version *v;

	if (!touched_before(c, def) && !nw_is_live(c, def->chapter))
		nothing_there(c, def);
	if (def->op == '-' && has_body(def))
		nw_error(def->file, def->line,
			 "<<-%s>> has a body; expected none, or <<!%s>>",
			 c->name, c->name);
	v = open_version(c, def->chapter);
	v->ndefs = 0;
	v->owner = def->chapter;
	if (def->op == '!') {
		v->fresh = true;
		append(v, def);
	}
}

/*
 * Whatever is wrong with a definition, it is taken for the most likely thing
 * that was meant, so that one slip of the pen is not reported many times.
 */
static void define(struct nw_book *book, struct nw_block *def)
{
	struct nw_chunk *c = make_chunk(book, def->name);

	def->chunk = c;
	switch (def->op) {
	case 0:
		define_new(c, def);
		break;
	case '+':
	case '^':
		define_more(c, def);
		break;
	case '!':
	case '-':
		define_instead(c, def);
		break;
	default:
		nw_error(def->file, def->line,
			 "<<?%s>>=: the ? of a slot belongs to a use; expected "
			 "<<%s>>=", c->name, c->name);
		append(open_version(c, def->chapter), def);
	}
	nw_grow(c->defs, c->ndefs);
	c->defs[c->ndefs++] = def;
}

static void find_uses(struct nw_book *book, struct nw_block *b)
{
	int i;

	for (i = 0; i < b->nlines; i++)
		if (b->lines[i].key == NW_USE)
			b->lines[i].chunk = make_chunk(book, b->lines[i].name);
}

static int by_chapter(const void *pa, const void *pb)
{
	const struct nw_block *a = *(struct nw_block *const *)pa;
	const struct nw_block *b = *(struct nw_block *const *)pb;

	if (a->chapter != b->chapter)
		return a->chapter - b->chapter;
	return (a > b) - (a < b);	/* both are in one array */
}

/* The code of the book in the order of its chapters. */
static struct nw_block **sorted_code(struct nw_book *book, int *n)
{
	struct nw_block **code;
	int i;

	code = nw_alloc((book->nblocks + 1) * sizeof(*code));
	*n = 0;
	for (i = 0; i < book->nblocks; i++) {
		struct nw_block *b = &book->blocks[i];

		if (b->kind != NW_CODE)
			continue;
		code[(*n)++] = b;
		if (b->chapter < 0)
			nw_error(b->file, b->line,
				 "code in a file that is no chapter; expected "
				 "it in one named NN-name.nw");
	}
	qsort(code, *n, sizeof(*code), by_chapter);
	return code;
}

static void note_chapter(struct nw_book *book, const struct nw_block *b)
{
	int n = book->nchapters;

	if (n && book->chapters[n - 1] == b->chapter)
		return;
	nw_grow(book->chapters, n);
	book->chapters[book->nchapters++] = b->chapter;
}

/* Code of one chapter in two files: which of them is the chapter? */
static void check_files(struct nw_block **code, int n)
{
	const struct nw_block *first = NULL;
	int i;

	for (i = 0; i < n; i++) {
		if (!first || first->chapter != code[i]->chapter) {
			first = code[i];
			continue;
		}
		if (!strcmp(first->file, code[i]->file))
			continue;
		if (code[i]->chapter >= 0)
			nw_error(code[i]->file, code[i]->line,
				 "chapter %02d has code in %s already; "
				 "expected a number of its own",
				 first->chapter, first->file);
		while (i + 1 < n && !strcmp(code[i + 1]->file, code[i]->file))
			i++;
	}
}

void nw_history(struct nw_book *book)
{
	struct nw_block **code;
	int i, n;

	book->map = nw_map_new();
	code = sorted_code(book, &n);
	check_files(code, n);
	for (i = 0; i < n; i++) {
		note_chapter(book, code[i]);
		define(book, code[i]);
		find_uses(book, code[i]);
	}
	free(code);
}

static void gather(struct nw_book *book, struct nw_block *def)
{
	struct nw_chunk *c = make_chunk(book, def->name);
	int i;

	def->chunk = c;
	nw_grow(c->defs, c->ndefs);
	c->defs[c->ndefs++] = def;
	if (def->op)
		nw_error(def->file, def->line,
			 "<<%c%s>>: an operator; expected a plain noweb "
			 "program, as nwcheckpoint makes it", def->op,
			 c->name);
	find_uses(book, def);
	for (i = 0; i < def->nlines; i++)
		if (def->lines[i].key == NW_USE && def->lines[i].slot)
			nw_error(def->file, def->lines[i].line,
				 "<<?%s>>: a slot; expected a plain noweb "
				 "program, as nwcheckpoint makes it",
				 def->lines[i].name);
}

void nw_gather(struct nw_book *book)
{
	int i;

	book->map = nw_map_new();
	for (i = 0; i < book->nblocks; i++)
		if (book->blocks[i].kind == NW_CODE)
			gather(book, &book->blocks[i]);
}

/* ---- what a chapter leaves of a line ---------------------------------- */

struct nw_line *nw_body(const struct nw_block *def)
{
	struct nw_line *l = def->lines;

	while (l->key != NW_NL && l->key != NW_INDEX_NL && l->key != NW_END)
		l++;
	return l->key == NW_END || l[1].key == NW_END ? NULL : l + 1;
}

struct nw_line *nw_line_end(struct nw_line *l)
{
	while (l->key != NW_NL && l->key != NW_INDEX_NL && l->key != NW_END)
		l++;
	return l;
}

struct nw_line *nw_next_line(struct nw_line *l)
{
	l = nw_line_end(l);
	return l->key == NW_END || l[1].key == NW_END ? NULL : l + 1;
}

bool nw_vanishes(struct nw_line *l, int chapter)
{
	struct nw_line *end = nw_line_end(l);
	bool uses = false, shows = false;

	for (; l < end; l++) {
		if (l->key == NW_TEXT) {
			shows |= !nw_is_blank(l->arg);
		} else if (l->key == NW_USE) {
			bool empty = nw_is_empty(l->chunk, chapter);

			if (empty && l->slot)
				return true;
			uses = true;
			shows |= !empty || !nw_is_live(l->chunk, chapter);
		}
	}
	return uses && !shows;
}

static bool shows_something(struct nw_line *l, int chapter)
{
	struct nw_line *end = nw_line_end(l);

	if (nw_vanishes(l, chapter))
		return false;
	for (; l < end; l++)
		if (l->key == NW_USE ||
		    (l->key == NW_TEXT && !nw_is_blank(l->arg)))
			return true;
	return false;
}

static bool def_is_empty(const struct nw_block *def, int chapter)
{
	struct nw_line *l;

	for (l = nw_body(def); l; l = nw_next_line(l))
		if (shows_something(l, chapter))
			return false;
	return true;
}

bool nw_is_empty(struct nw_chunk *chunk, int chapter)
{
	struct nw_block **defs;
	int i, n;

	if (chunk->empty_at == chapter + 1)
		return chunk->empty;
	chunk->empty_at = chapter + 1;
	chunk->empty = false;	/* the answer to a chunk that uses itself */
	defs = nw_live(chunk, chapter, &n);
	for (i = 0; i < n; i++)
		if (!def_is_empty(defs[i], chapter))
			return false;
	chunk->empty = true;
	return true;
}

/* ---- text and hashes -------------------------------------------------- */

void nw_code_text(struct nw_buf *to, const struct nw_block *def)
{
	const struct nw_line *l = def->lines, *end = l + def->nlines;

	while (l < end && l->key != NW_NL)
		l++;				/* the line of <<x>>= */
	for (l++; l < end; l++) {
		if (l->key == NW_TEXT)
			nw_add(to, l->arg);
		else if (l->key == NW_USE)
			nw_addf(to, "<<%s>>", l->arg);
		else if (l->key == NW_NL)
			nw_addc(to, '\n');
	}
	nw_addn(to, "", 0);
}

void nw_docs_text(struct nw_buf *to, const struct nw_block *docs)
{
	const struct nw_line *l = docs->lines, *end = l + docs->nlines;

	if (docs->lang != NW_UNTAGGED)
		while (l < end && l->key != NW_NL)
			l++;			/* the tag's line */
	for (l++; l < end; l++) {
		if (l->key == NW_TEXT)
			nw_add(to, l->arg);
		else if (l->key == NW_USE)
			nw_addf(to, "<<%s>>", l->arg);
		else if (l->key == NW_QUOTE)
			nw_add(to, "[[");
		else if (l->key == NW_ENDQUOTE)
			nw_add(to, "]]");
		else if (l->key == NW_NL)
			nw_addc(to, '\n');
	}
	nw_addn(to, "", 0);
}

/*
 * The code point that begins at S.  What is no UTF-8 counts as itself, a
 * byte: folding leaves it alone.
 */
static uint32_t code_point(const char *s)
{
	const unsigned char *u = (const unsigned char *)s;
	int i, more = u[0] >= 0xf0 ? 3 : u[0] >= 0xe0 ? 2 : u[0] >= 0xc0;
	uint32_t c = more ? u[0] & (0x3f >> more) : u[0];

	for (i = 1; i <= more; i++) {
		if ((u[i] & 0xc0) != 0x80)
			return u[0];
		c = c << 6 | (u[i] & 0x3f);
	}
	return c;
}

static bool is_han(uint32_t c)
{
	return (c >= 0x2e80 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
		(c >= 0xff00 && c <= 0xffef) || (c >= 0x20000 && c <= 0x3ffff);
}

/* Chinese has these too, but so have others: they join with a han only. */
static bool is_shared_mark(uint32_t c)
{
	return c == 0x2014 || c == 0x2026 || (c >= 0x2018 && c <= 0x201d);
}

/* Is the white space between the character that ends at A and B nothing? */
static bool joins(const char *start, const char *a, const char *b)
{
	uint32_t ca, cb;

	do
		a--;
	while (a > start && ((unsigned char)*a & 0xc0) == 0x80);
	ca = code_point(a);
	cb = code_point(b);
	if (is_han(ca))
		return is_han(cb) || is_shared_mark(cb);
	return is_shared_mark(ca) && is_han(cb);
}

void nw_fold(char *s)
{
	static const char white[] = " \t\r\n\f\v";
	char *to = s, *from = s + strspn(s, white);
	size_t n;

	while (*from) {
		n = strcspn(from, white);
		memmove(to, from, n);
		to += n;
		from += n;
		from += strspn(from, white);
		if (*from && !joins(s, to, from))
			*to++ = ' ';
	}
	*to = '\0';
}

void nw_hash(char hash[NW_HASH_LEN + 1], const char *text)
{
	char *copy = nw_strdup(text);

	nw_fold(copy);
	snprintf(hash, NW_HASH_LEN + 1, "%012llx",
		 (unsigned long long)(nw_fnv(copy) >> 16));
	free(copy);
}

void nw_docs_hash(char hash[NW_HASH_LEN + 1], const struct nw_block *docs)
{
	struct nw_buf text = { 0 };

	nw_docs_text(&text, docs);
	nw_hash(hash, text.s);
	free(text.s);
}

void nw_old_hash(char hash[NW_HASH_LEN + 1], const struct nw_chunk *chunk,
		 int chapter)
{
	struct nw_buf text = { 0 };
	struct nw_block **defs;
	int i, n;

	defs = nw_live(chunk, chapter - 1, &n);
	nw_addn(&text, "", 0);
	for (i = 0; i < n; i++)
		nw_code_text(&text, defs[i]);
	nw_hash(hash, text.s);
	free(text.s);
}

void nw_each_line(const char *path, void *arg,
		  void (*f)(void *arg, char *line, int number))
{
	FILE *file = fopen(path, "r");
	char *line = NULL;
	size_t size = 0;
	int number = 0;
	ssize_t n;

	if (!file)
		nw_die("cannot read %s: %s", path, strerror(errno));
	while ((n = getline(&line, &size, file)) > 0) {
		if (line[n - 1] == '\n')
			line[n - 1] = '\0';
		f(arg, line, ++number);
	}
	free(line);
	fclose(file);
}

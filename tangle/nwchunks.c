/*
 * nwchunks - checks the history of the chunks of a book: that every operator
 * has something to work on and says what it replaces, and that the tree of
 * every chapter is whole, with nothing left over.  The stream goes through.
 */
#include "nw.h"

#include <string.h>

/* "03, 05": the chapters of a list. */
struct chapter_list {
	int chapters[100];
	int n;
};

/* ---- each definition by itself ---------------------------------------- */

static void check_root(const struct nw_block *def)
{
	const char *bad;

	if (def->op || !nw_is_root(def->name))
		return;
	bad = nw_bad_root(def->name);
	if (bad)
		nw_error(def->file, def->line,
			 "<<%s>> names a file, but its path %s; expected one "
			 "like kern/main.c", def->name, bad);
}

/* A file cannot also be the directory of another one. */
static void check_directories(const struct nw_book *book,
			      const struct nw_chunk *c)
{
	char *path = nw_strdup(c->name);
	const struct nw_block *def;
	struct nw_chunk *other;
	char *slash;

	while ((slash = strrchr(path, '/'))) {
		*slash = '\0';
		other = nw_chunk(book, path);
		if (!other || !other->root || !other->ndefs)
			continue;
		def = c->defs[0];
		nw_error(def->file, def->line,
			 "<<%s>> lies in <<%s>>, which is a file (%s:%d); "
			 "expected a directory", c->name, path,
			 other->defs[0]->file, other->defs[0]->line);
	}
}

/* nw_history() has complained of a file that is no chapter. */
static void check_chapter(const struct nw_block *def)
{
	if (def->chapter == 0 || def->chapter >= 90)
		nw_error(def->file, def->line,
			 "code in chapter %02d, which has no checkpoint; "
			 "expected it in one from 01 to 89", def->chapter);
}

/* A chapter without code has no tree of its own, and no build. */
static void check_code(const struct nw_book *book, const char *file)
{
	int chapter = nw_chapter(file);

	if (chapter >= 1 && chapter < 90 && !nw_is_checkpoint(book, chapter))
		nw_error(file, 1,
			 "chapter %02d has no code; expected some in every "
			 "chapter from 01 to 89", chapter);
}

static void check_name(const struct nw_block *def)
{
	const char *name = def->name;
	size_t n = strlen(name);

	if (!n)
		nw_error(def->file, def->line,
			 "a chunk without a name; expected <<name>>=");
	else if (name[0] == ' ' || name[n - 1] == ' ')
		nw_error(def->file, def->line,
			 "<<%s>>: the name begins or ends in a blank; expected "
			 "none there", name);
}

/* White space before CR would pass for any other. */
static void check_text(const struct nw_block *b, const struct nw_line *l)
{
	if (strchr(l->arg, '\r'))
		nw_error(b->file, l->line,
			 "a carriage return in the code; expected lines that "
			 "end in a newline alone");
}

static void check_use(const struct nw_block *b, const struct nw_line *l)
{
	if (!*l->name)
		nw_error(b->file, l->line,
			 "a use without a name; expected @<< where no chunk "
			 "is meant");
	else if (!l->slot && strchr("+^!-", l->name[0]))
		nw_error(b->file, l->line,
			 "<<%s>>: %c is an operator of definitions; expected "
			 "<<%s>> or, for a slot, <<?%s>>", l->name,
			 l->name[0], l->name + 1, l->name + 1);
}

/* The slips that markup takes for code without a word. */
static void check_source_line(const struct nw_block *b, struct nw_line *l)
{
	struct nw_line *end = nw_line_end(l);

	while (l < end && l->key != NW_TEXT && l->key != NW_USE)
		l++;
	if (l < end && l->key == NW_TEXT && !strncmp(l->arg, "@%", 2))
		nw_error(b->file, l->line,
			 "\"%.12s\" inside code; expected a blank between the "
			 "@ and the tag", l->arg);
	if (l < end && l->key == NW_TEXT && nw_is_blank(l->arg))
		l++;
	if (l + 1 < end && l->key == NW_USE && l[1].key == NW_TEXT &&
	    l[1].arg[0] == '=' && l[1].arg[1] != '=')
		nw_error(b->file, l->line,
			 "<<%s>>= inside code; expected a definition to be "
			 "alone on its line, from the first column", l->arg);
}

static void check_body(const struct nw_block *b)
{
	struct nw_line *l;
	int i;

	for (i = 0; i < b->nlines; i++) {
		if (b->lines[i].key == NW_TEXT)
			check_text(b, &b->lines[i]);
		else if (b->lines[i].key == NW_USE)
			check_use(b, &b->lines[i]);
	}
	for (l = nw_body(b); l; l = nw_next_line(l))
		check_source_line(b, l);
}

/* ---- what a ! or a - says it replaces --------------------------------- */

static bool on_list(const struct chapter_list *list, int chapter)
{
	int i;

	for (i = 0; i < list->n; i++)
		if (list->chapters[i] == chapter)
			return true;
	return false;
}

/* The chapters other than the owner with live pieces, in their order. */
static void find_drops(const struct nw_version *v, struct chapter_list *list)
{
	int c, i;

	list->n = 0;
	for (c = 0; c < 100; c++)
		for (i = 0; i < v->ndefs; i++)
			if (v->defs[i]->chapter == c && c != v->owner &&
			    !on_list(list, c))
				list->chapters[list->n++] = c;
}

static bool drops_agree(const struct nw_block *def,
			const struct chapter_list *list)
{
	struct chapter_list said = { .n = 0 };
	int i;

	if (def->baddrops || def->ndrops != list->n)
		return false;
	for (i = 0; i < def->ndrops; i++)
		if (on_list(list, def->drops[i]) &&
		    !on_list(&said, def->drops[i]))
			said.chapters[said.n++] = def->drops[i];
	return said.n == list->n;
}

static void check_drops(const struct nw_block *def, const struct nw_version *v,
			const char *hash)
{
	struct nw_buf expected = { 0 };
	struct nw_buf where = { 0 };
	struct chapter_list list;
	int i;

	find_drops(v, &list);
	if (drops_agree(def, &list))
		return;
	nw_addf(&expected, "<<%c%s =%s", def->op, def->name, hash);
	for (i = 0; i < list.n; i++)
		nw_addf(&expected, " -%02d", list.chapters[i]);
	nw_add(&expected, ">>=");
	for (i = 0; i < v->ndefs; i++)
		if (on_list(&list, v->defs[i]->chapter))
			nw_addf(&where, "%s%s:%d", where.len ? ", " : "",
				v->defs[i]->file, v->defs[i]->line);
	if (list.n)
		nw_error(def->file, def->line,
			 "<<%c%s>> drops what other chapters added (%s); "
			 "expected each of them after the hash: %s", def->op,
			 def->name, where.s, expected.s);
	else
		nw_error(def->file, def->line,
			 "<<%c%s>> names chapters after the hash, but none "
			 "has added to it; expected %s", def->op, def->name,
			 expected.s);
}

static void check_hash(const struct nw_block *def, const struct nw_version *v,
		       const char *hash)
{
	struct nw_buf where = { 0 };
	int i;

	if (def->hash && !strcmp(def->hash, hash))
		return;
	for (i = 0; i < v->ndefs; i++)
		nw_addf(&where, "%s%s:%d", i ? ", " : "", v->defs[i]->file,
			v->defs[i]->line);
	nw_error(def->file, def->line,
		 "<<%c%s>> %s (%s); expected =%s: look at both, then run "
		 "make accept CHUNK='%s' FROM=%02d", def->op, def->name,
		 def->hash && *def->hash ?
			"is stale, what it replaces has changed" :
			"has no hash of what it replaces",
		 where.s, hash, def->name, def->chapter);
}

static void check_replacement(const struct nw_block *def)
{
	const struct nw_version *v;
	char hash[NW_HASH_LEN + 1];

	if (def->op != '!' && def->op != '-')
		return;
	v = nw_version(def->chunk, def->chapter - 1);
	if (!v || !v->ndefs)
		return;			/* nw_history() has said so */
	nw_old_hash(hash, def->chunk, def->chapter);
	check_hash(def, v, hash);
	check_drops(def, v, hash);
}

/* ---- the uses of one checkpoint --------------------------------------- */

/* The definition that last changed the chunk, at or before CHAPTER. */
static const struct nw_block *last_def(const struct nw_chunk *c, int chapter)
{
	int i;

	for (i = c->ndefs - 1; i > 0; i--)
		if (c->defs[i]->chapter <= chapter)
			break;
	return c->defs[i];
}

static void removed_use(const struct nw_block *b, const struct nw_line *l,
			int chapter)
{
	const struct nw_block *removal = last_def(l->chunk, chapter);

	if (b->chapter >= removal->chapter)
		nw_error(b->file, l->line,
			 "<<%s>> is used here, but %s:%d removed it; expected "
			 "a chunk that is live in chapter %02d", l->arg,
			 removal->file, removal->line, chapter);
	else
		nw_error(removal->file, removal->line,
			 "<<-%s>>, but %s:%d still uses it in chapter %02d; "
			 "expected that use to be replaced too", l->name,
			 b->file, l->line, chapter);
}

static void undefined_use(const struct nw_block *b, const struct nw_line *l,
			  int chapter)
{
	const struct nw_chunk *c = l->chunk;

	if (!c->ndefs && l->slot)
		nw_error(b->file, l->line,
			 "the slot <<?%s>> names a chunk that no chapter "
			 "defines; expected the name of one", l->name);
	else if (!c->ndefs)
		nw_error(b->file, l->line,
			 "<<%s>> is used here and no chapter defines it; "
			 "expected the name of a chunk, or @<< where no chunk "
			 "is meant", l->name);
	else if (c->defs[0]->chapter > chapter)
		nw_error(b->file, l->line,
			 "<<%s>> is used here, but chapter %02d is the first "
			 "to define it (%s:%d); did you mean the slot <<?%s>>",
			 l->name, c->defs[0]->chapter, c->defs[0]->file,
			 c->defs[0]->line, l->name);
	else
		removed_use(b, l, chapter);
}

/* An empty chunk takes its line with it, so it may share it with nothing. */
static void check_empty_use(const struct nw_block *b, struct nw_line *line,
			    struct nw_line *use, int chapter)
{
	if (nw_vanishes(line, chapter))
		return;
	nw_error(b->file, use->line,
		 "<<%s>> is empty in chapter %02d, and its line has other "
		 "text; expected the use to be alone on the line, or the slot "
		 "<<?%s>>", use->name, chapter, use->name);
	use->mark = true;
}

static void check_line_uses(const struct nw_block *b, struct nw_line *line,
			    int chapter)
{
	struct nw_line *l, *end = nw_line_end(line);

	for (l = line; l < end; l++) {
		if (l->key != NW_USE || l->mark || !*l->name)
			continue;
		if (l->slot ? !l->chunk->ndefs :
		    !nw_is_live(l->chunk, chapter)) {
			undefined_use(b, l, chapter);
			l->mark = true;
		} else if (!l->slot && nw_is_empty(l->chunk, chapter)) {
			check_empty_use(b, line, l, chapter);
		}
	}
}

static void check_uses(const struct nw_chunk *c, int chapter)
{
	struct nw_block **defs;
	struct nw_line *l;
	int i, n;

	defs = nw_live(c, chapter, &n);
	for (i = 0; i < n; i++)
		for (l = nw_body(defs[i]); l; l = nw_next_line(l))
			check_line_uses(defs[i], l, chapter);
}

/* ---- recursion: mark is 1 on the way down, 2 when done ---------------- */

struct path {
	const struct path *up;
	const struct nw_chunk *chunk;
};

static void print_path(struct nw_buf *to, const struct path *path,
		       const struct nw_chunk *top)
{
	if (path->chunk != top)
		print_path(to, path->up, top);
	nw_addf(to, "<<%s>> uses ", path->chunk->name);
}

static void report_recursion(const struct path *path, const struct nw_block *b,
			     struct nw_line *use)
{
	struct nw_buf text = { 0 };

	if (use->mark)
		return;
	use->mark = true;
	print_path(&text, path, use->chunk);
	nw_error(b->file, use->line,
		 "recursion: %s<<%s>>; expected chunks that end", text.s,
		 use->name);
}

static void look_for_recursion(struct nw_chunk *c, int chapter,
			       const struct path *up)
{
	struct path here = { .up = up, .chunk = c };
	struct nw_block **defs;
	int i, j, n;

	c->mark = 1;
	defs = nw_live(c, chapter, &n);
	for (i = 0; i < n; i++)
		for (j = 0; j < defs[i]->nlines; j++) {
			struct nw_line *l = &defs[i]->lines[j];

			if (l->key != NW_USE)
				continue;
			if (l->chunk->mark == 1)
				report_recursion(&here, defs[i], l);
			else if (!l->chunk->mark)
				look_for_recursion(l->chunk, chapter, &here);
		}
	c->mark = 2;
}

/* ---- what the files of one checkpoint reach --------------------------- */

/*
 * mark is the index of the last checkpoint that reached the chunk, plus one;
 * mark2 that of the first one that should have, but did not.
 */
static void reach(struct nw_chunk *c, int chapter, int stamp);

static void reach_line(struct nw_line *line, int chapter, int stamp)
{
	struct nw_line *l, *end = nw_line_end(line);
	bool vanishes = nw_vanishes(line, chapter);

	for (l = line; l < end; l++)
		if (l->key == NW_USE &&
		    (!vanishes || nw_is_empty(l->chunk, chapter)))
			reach(l->chunk, chapter, stamp);
}

static void reach(struct nw_chunk *c, int chapter, int stamp)
{
	struct nw_block **defs;
	struct nw_line *l;
	int i, n;

	if (c->mark == stamp || !nw_is_live(c, chapter))
		return;
	c->mark = stamp;
	defs = nw_live(c, chapter, &n);
	for (i = 0; i < n; i++)
		for (l = nw_body(defs[i]); l; l = nw_next_line(l))
			reach_line(l, chapter, stamp);
}

static bool uses(const struct nw_chunk *c, int chapter,
		 const struct nw_chunk *used)
{
	struct nw_block **defs;
	int i, j, n;

	defs = nw_live(c, chapter, &n);
	for (i = 0; i < n; i++)
		for (j = 0; j < defs[i]->nlines; j++)
			if (defs[i]->lines[j].key == NW_USE &&
			    defs[i]->lines[j].chunk == used)
				return true;
	return false;
}

static bool reached(const struct nw_chunk *c, int stamp)
{
	return c->mark == stamp;
}

/* Does some chunk that is itself unreached use C? */
static bool has_unreached_user(const struct nw_book *book,
			       const struct nw_chunk *c, int chapter,
			       int stamp)
{
	int i;

	for (i = 0; i < book->nchunks; i++)
		if (book->chunks[i] != c && !reached(book->chunks[i], stamp) &&
		    uses(book->chunks[i], chapter, c))
			return true;
	return false;
}

/* The ! or - with which CHAPTER took away a use of USED from USER. */
static const struct nw_block *who_dropped(const struct nw_chunk *user,
					  const struct nw_chunk *used,
					  int chapter)
{
	int i;

	if (!uses(user, chapter - 1, used) || uses(user, chapter, used))
		return NULL;
	for (i = 0; i < user->ndefs; i++)
		if (user->defs[i]->chapter == chapter &&
		    (user->defs[i]->op == '!' || user->defs[i]->op == '-'))
			return user->defs[i];
	return NULL;
}

/*
 * The ! or - of CHAPTER that took away the last way to C, perhaps through
 * chunks that are unreached as well.  priv: already asked about this one.
 */
static const struct nw_block *find_culprit(const struct nw_book *book,
					   struct nw_chunk *c, int chapter,
					   int stamp, void *visit)
{
	const struct nw_block *def;
	int i;

	c->priv = visit;
	for (i = 0; i < book->nchunks; i++) {
		def = who_dropped(book->chunks[i], c, chapter);
		if (def)
			return def;
	}
	for (i = 0; i < book->nchunks; i++) {
		struct nw_chunk *user = book->chunks[i];

		if (user->priv == visit || reached(user, stamp) ||
		    !uses(user, chapter, c))
			continue;
		def = find_culprit(book, user, chapter, stamp, visit);
		if (def)
			return def;
	}
	return NULL;
}

static void report_orphan(const struct nw_book *book, struct nw_chunk *c,
			  int chapter, int stamp)
{
	const struct nw_block *def = nw_version(c, chapter)->defs[0];
	const struct nw_block *culprit;

	culprit = find_culprit(book, c, chapter, stamp, c);
	if (culprit)
		nw_error(culprit->file, culprit->line,
			 "<<%c%s>> leaves <<%s>> (%s:%d) unused; expected a "
			 "use of it, or <<-%s>>= in this chapter",
			 culprit->op, culprit->name, c->name, def->file,
			 def->line, c->name);
	else
		nw_error(def->file, def->line,
			 "nothing uses <<%s>> in chapter %02d; expected a use "
			 "of it, or <<-%s>>= there", c->name, chapter,
			 c->name);
}

/* A ! + or ^ of this chapter on what an earlier one left without a use. */
static void report_lost_change(const struct nw_chunk *c, int chapter,
			       int since)
{
	int i;

	for (i = 0; i < c->ndefs; i++)
		if (c->defs[i]->chapter == chapter && c->defs[i]->op)
			nw_error(c->defs[i]->file, c->defs[i]->line,
				 "<<%c%s>>: nothing has used <<%s>> since "
				 "chapter %02d; expected a chunk that is in "
				 "use", c->defs[i]->op, c->name, c->name,
				 since);
}

static void check_reached(const struct nw_book *book, struct nw_chunk *c,
			  int index)
{
	int chapter = book->chapters[index], stamp = index + 1;
	const struct nw_version *v = nw_version(c, chapter);

	if (c->faulty || reached(c, stamp) || !v || !v->ndefs)
		return;
	if (c->mark2) {
		report_lost_change(c, chapter, book->chapters[c->mark2 - 1]);
		return;
	}
	c->mark2 = stamp;
	if (index && reached(c, index))
		report_orphan(book, c, chapter, stamp);
	else if (!has_unreached_user(book, c, chapter, stamp))
		nw_error(v->defs[0]->file, v->defs[0]->line,
			 "nothing uses <<%s>>; expected a use of it in a chunk "
			 "that reaches a file", c->name);
}

/* ---- all of it -------------------------------------------------------- */

static void check_definitions(const struct nw_book *book)
{
	int i;

	for (i = 0; i < book->nblocks; i++) {
		const struct nw_block *b = &book->blocks[i];

		if (b->kind == NW_LOOSE && b->lines->key == NW_FILE)
			check_code(book, b->lines->arg);
		if (b->kind != NW_CODE)
			continue;
		check_chapter(b);
		check_name(b);
		check_root(b);
		check_body(b);
		check_replacement(b);
	}
	for (i = 0; i < book->nchunks; i++)
		if (book->chunks[i]->root && book->chunks[i]->ndefs)
			check_directories(book, book->chunks[i]);
}

static void check_checkpoint_uses(const struct nw_book *book, int chapter)
{
	int i;

	for (i = 0; i < book->nchunks; i++)
		book->chunks[i]->mark = 0;
	for (i = 0; i < book->nchunks; i++)
		if (!book->chunks[i]->mark)
			look_for_recursion(book->chunks[i], chapter, NULL);
	for (i = 0; i < book->nchunks; i++)
		check_uses(book->chunks[i], chapter);
}

static void check_checkpoint_reach(const struct nw_book *book, int index)
{
	int chapter = book->chapters[index];
	int i;

	for (i = 0; i < book->nchunks; i++)
		if (book->chunks[i]->root)
			reach(book->chunks[i], chapter, index + 1);
	for (i = 0; i < book->nchunks; i++)
		check_reached(book, book->chunks[i], index);
}

int main(void)
{
	struct nw_book *book;
	int i;

	nw_init("nwchunks", true);
	book = nw_read(stdin);
	nw_history(book);
	check_definitions(book);
	for (i = 0; i < book->nchapters; i++)
		check_checkpoint_uses(book, book->chapters[i]);
	for (i = 0; i < book->nchunks; i++)
		book->chunks[i]->mark = 0;
	for (i = 0; i < book->nchapters; i++)
		check_checkpoint_reach(book, i);
	nw_put_book(book);
	return nw_finish();
}

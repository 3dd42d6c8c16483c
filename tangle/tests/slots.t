#!/bin/sh
# Slots: there is no trace of them until something fills them.
. tangle/tests/tap.sh

trees() {
	for n; do
		tangle "$n" "tree/$n" || return 1
	done
}

chapter 01-a <<'E1'
<<f.c>>=
struct s {
	int a;
};
int b;
E1
chapter 02-b <<'E1'
<<+f.c>>=
int c;
E1
trees 01 02
cp -r tree before

chapter 01-a <<'E1'
<<f.c>>=
<<?cabecera>>
struct s {
	int a;
	<<?campos>>
};
	<<?sangrado>>
int b;
<<?cola>>
E1
chapter 03-c <<'E1'
<<cabecera>>=
#include "s.h"
<<campos>>=
int x;

int y;
<<sangrado>>=
<<?otra ranura>>
<<cola>>=
<<?otra ranura>>
<<?y otra>>
E1
chapter 04-d <<'E1'
<<otra ranura>>=
int r;
<<y otra>>=
<<uso>>
<<uso>>=
<<?la última>>
E1
chapter 05-e <<'E1'
<<la última>>=
fin
E1
trees 01 02 03 04 05
same before/01 tree/01 'a slot added early leaves the tree of its chapter as it was'
same before/02 tree/02 'and the next one'
is "$(cat tree/03/f.c)" "$(printf '#include "s.h"\nstruct s {\n\tint a;\n\tint x;\n\n\tint y;\n};\nint b;\nint c;')" 'filled; one filled by an unfilled slot alone still vanishes'
is "$(cat tree/04/f.c)" "$(printf '#include "s.h"\nstruct s {\n\tint a;\n\tint x;\n\n\tint y;\n};\n\tint r;\nint b;\nint r;\nint c;')" 'nested slots'
is "$(tail -n 2 tree/05/f.c)" "$(printf 'fin\nint c;')" 'through a plain use that was empty so far'

# ---- a slot with text on its line takes the line with it
no_chapters
chapter 01-a <<'E1'
<<f.c>>=
int t[] = {
	1,
	2, <<?más>> /* texto */
	3
};
E1
chapter 02-b <<'E1'
<<más>>=
22,
222,
E1
h=$(printf '22,\n222,\n' | hash_of)
chapter 03-c <<E1
<<-más =$h>>=
E1
trees 01 02 03
is "$(cat tree/01/f.c | tr '\n' ' ')" "$(printf 'int t[] = { \t1, \t3 }; ')" 'the whole line vanishes'
is "$(cat tree/02/f.c)" "$(printf 'int t[] = {\n\t1,\n\t2, 22,\n\t   222, /* texto */\n\t3\n};')" 'and comes whole'
same tree/01 tree/03 'it vanishes again when the chunk is removed'

# ---- exists, but is empty
no_chapters
chapter 01-a <<'E1'
<<f.c>>=
a
<<?x>>
<<x>>
b
<<x>>=

<<?y>>
E1
chapter 02-b <<'E1'
<<y>>=
y
E1
trees 01 02
is "$(cat tree/01/f.c | tr '\n' ' ')" 'a b ' 'a slot and a use of a chunk that is empty'
is "$(cat tree/02/f.c | tr '\n' ' ')" 'a  y  y b ' 'and no longer empty'

# ---- a file of slots alone
no_chapters
chapter 01-a <<'E1'
<<f.c>>=
<<?x>>
<<g.c>>=
g
E1
chapter 02-b <<'E1'
<<x>>=
x
E1
trees 01 02
[ -f tree/01/f.c ] && [ ! -s tree/01/f.c ]
result $? 'a file of unfilled slots is empty'
is "$(cat tree/02/f.c)" x 'and then is not'

# ---- errors
no_chapters
chapter 01-a <<'E1'
<<f.c>>=
a <<x>> b
<<x>>=
<<?y>>
E1
chapter 02-b <<'E1'
<<y>>=
y
E1
fails nwchunks 'a chunk that is empty at some chapter, amid text' \
	'chapters/01-a.nw:2: <<x>> is empty in chapter 01, .*expected .*<<\?x>>'
chapter 01-a <<'E1'
<<f.c>>=
a
<<?nunca>>
E1
rm chapters/02-b.nw
fails nwchunks 'a slot that no chapter fills' \
	'chapters/01-a.nw:3: the slot <<\?nunca>> names a chunk that no chapter defines'
chapter 01-a <<'E1'
<<f.c>>=
<<b>> <<?y>>
<<b>>=
b
E1
chapter 02-b <<'E1'
<<y>>=
y
E1
fails nwchunks 'what shares the line of an empty slot is lost, and said' \
	'chapters/01-a.nw:3: nothing uses <<b>>'
finish

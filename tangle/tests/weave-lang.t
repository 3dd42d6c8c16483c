#!/bin/sh
# nwlang: the book of one language, chapters in their place.
. tangle/tests/tap.sh

cat >book.nw <<'E1'
@ %both raw
\documentclass{book}
@ %es hola
Hola.
@ %zh hola =000000000000
你好。
@ %chapters
02-b
01-a
@ %both raw
\end{document}
E1
chapter 01-a <<'E1'
@ %es uno
Uno con [[x]].
@ %zh uno =000000000000
一，[[x]]。
<<f.c>>=
int x;
<<f.c>>=
int y;
E1
chapter 02-b <<'E1'
@ %es dos
Dos.
@ %zh dos =000000000000
二。
<<+f.c>>=
int z;
<<?x>>
E1

texts() {
	stream | nwlang -l "$1" | sed -n 's/^@text //p' | tr '\n' '|'
}

is "$(texts es)" '% book.nw:1|\documentclass{book}|% book.nw:3|Hola.|\golcapitulo{02-b}%|% chapters/02-b.nw:1|Dos.|int z;||\golcapitulo{01-a}%|% chapters/01-a.nw:1|Uno con |x|.|int x;|int y;|% book.nw:10|\end{document}|' \
	'Spanish, with the chapters in the order of the list'
is "$(texts zh)" '% book.nw:1|\documentclass{book}|% book.nw:5|你好。|\golcapitulo{02-b}%|% chapters/02-b.nw:3|二。|int z;||\golcapitulo{01-a}%|% chapters/01-a.nw:3|一，|x|。|int x;|int y;|% book.nw:10|\end{document}|' \
	'Chinese'
stream | nwlang -l es >out
is "$(sed -n 's/^@begin //p' out | head -2 | tr '\n' '|')" 'docs 0|docs 1|' \
	'the preamble is chunk 0'
is "$(grep -c '^@defn +f.c' out)" 1 'operators are kept'
for l in es zh; do
	stream | nwlang -l $l | grep '^@gol id' | sort >ids.$l
done
same ids.es ids.zh 'the anchors of both languages are the same'
is "$(sort -u ids.es | wc -l)" 3 'and each definition has one of its own'

echo '@ %chapters
03-c' >book.nw
fails 'nwlang -l es' 'a chapter that is not there' \
	"book.nw:1: no chapter '03-c'"
finish

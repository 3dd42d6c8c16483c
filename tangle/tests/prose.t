#!/bin/sh
# What nwprose must refuse, at which line.
. tangle/tests/tap.sh

prose="nwprose -m $macros"

# The hash of a paragraph, as nwprose asks for it.
docs_hash() {
	mkdir -p hash
	{ echo '@ %es x'; cat; } >hash/h.nw
	markup -t hash/h.nw | nwprose -m "$macros" 2>&1 >/dev/null |
		sed -n 's/.*expected @ %zh x =\([0-9a-f]*\).*/\1/p'
}

h=$(printf 'Hola, \\ref{a} y [[b]].\n' | docs_hash)

# one REGEX... <a chapter
one() {
	cat >chapters/01-a.nw
	what=$1
	shift
	fails "$prose" "$what" "$@"
}

good() {
	cat >chapters/01-a.nw
	passes "$prose" "$1"
}

good 'what is right goes through' <<E1
@ %es hola-2
Hola, \\ref{a} y [[b]].
@ %zh hola-2 =$h
[[b]]、\\ref{a}。

@

@ %both
\\section{Uno}\\label{u}
<<f.c>>=
100 % de nada \\verb
@ %zh x
第一[[f]]
@ %es x =$(printf '第一[[f]]\n' | docs_hash)
Uno [[f]]
E1

good 'all that is allowed' <<'E1'
@ %both
\chapter{A} \subsection{b} \cite[p.~3]{a,b} \cite{c} \emph{d}\footnote{e \url{http://x}}
\begin{itemize} \item x \item[y] z \end{itemize} \ldots\textbackslash\textasciitilde{}
\begin{tabular}{ll}\toprule a & b \\ \midrule c & d \\ \bottomrule\end{tabular}
\figura{celda}{Una celda al 50\,\%} \consola{01/boot} \cambios{02} \mapa{1}{El mapa}
\termino{cerrojo}{lock} \noindent \textasciicircum \& \# \_ \$ \{ \} \- \%
\begin{ejercicio}{2}{20}\label{ej:x} \end{ejercicio}
\begin{solucion}{ej:x}\end{solucion}
\begin{verbatim}
100 % \foo { @<< x
 @<<y>>=
[[ c
 d]]
\end{verbatim}
E1

one 'untagged prose, at its first line' \
	'chapters/01-a.nw:4: prose without a tag; expected' <<'E1'
<<f.c>>=
@

Sin etiqueta.
E1
one 'a tag below its @' \
	'chapters/01-a.nw:2: a tag out of its place' <<'E1'
@
%es x
E1
one 'a tag without a blank' \
	'chapters/01-a.nw:3: "@%zh x =1" inside a block; expected a blank' \
	'chapters/01-a.nw:3: an unescaped %' <<'E1'
@ %both
hola
@%zh x =1
E1
one 'an unknown tag' \
	'chapters/01-a.nw:1: an unknown tag; expected %es' <<'E1'
@ %en x
hello
E1
one 'a tag without an id' \
	'chapters/01-a.nw:1: the tag has no id; expected' <<'E1'
@ %es
hola
E1
one 'an id that is none' \
	'chapters/01-a.nw:1: the tag has no proper id' \
	'chapters/01-a.nw:1: %es Año has no twin' <<'E1'
@ %es Año
hola
E1
one 'too much on a tag line' \
	'chapters/01-a.nw:1: something more on the line of the tag; expected the tag alone' \
	'chapters/01-a.nw:3: something more on the line of the tag; expected @ %es id' \
	'chapters/01-a.nw:3: %es x has no twin' <<'E1'
@ %both x
hola
@ %es x y
hola
E1
one 'a tag without text' \
	'chapters/01-a.nw:1: the tag has no text' <<'E1'
@ %both

E1
one 'no twin, with what to write' \
	"chapters/01-a.nw:1: %es x has no twin; expected @ %zh x =$h right after it" <<'E1'
@ %es x
Hola, \ref{a} y [[b]].
E1
one 'no twin the other way' \
	"chapters/01-a.nw:1: %zh x has no twin; expected @ %es x =$h right after it" <<'E1'
@ %zh x
Hola, \ref{a} y [[b]].
E1
one 'a missing hash' \
	"chapters/01-a.nw:3: the translation %zh x has no hash of its original \(chapters/01-a.nw:1\); expected =$h: .*make accept ID=x" <<'E1'
@ %es x
Hola, \ref{a} y [[b]].
@ %zh x
\ref{a} [[b]]
E1
one 'a stale translation' \
	"chapters/01-a.nw:3: the translation %zh x is stale, .*\(chapters/01-a.nw:1\); expected =$h: .*make accept ID=x" <<'E1'
@ %es x
Hola, \ref{a} y [[b]].
@ %zh x =0123456789ab
\ref{a} [[b]]
E1
one 'two hashes' \
	"chapters/01-a.nw:1: both twins of x have a hash \(chapters/01-a.nw:3\)" <<'E1'
@ %es x =0123456789ab
Hola.
@ %zh x =0123456789ab
\emph{b}
E1
one 'a translation before its original' \
	"chapters/01-a.nw:1: the translation x comes before its original \(chapters/01-a.nw:3\)" <<'E1'
@ %zh x =0123456789ab
b
@ %es x
Hola.
E1
one 'a translation that is apart' \
	"chapters/01-a.nw:6: %zh x is apart from its original \(chapters/01-a.nw:1\)" <<E1
@ %es x
Hola, \\ref{a} y [[b]].
@ %both

en medio
@ %zh x =$h
\\ref{a} [[b]]
E1
cp chapters/01-a.nw chapters/02-b.nw
one 'a doubled id, in another file' \
	'chapters/02-b.nw:1: %es x: the id is taken \(chapters/01-a.nw:1\)' \
	'chapters/02-b.nw:6: %zh x: the id is taken \(chapters/01-a.nw:3\)' <<E1
@ %es x
Hola, \\ref{a} y [[b]].
@ %zh x =$h
\\ref{a} [[b]]
E1
rm chapters/02-b.nw
one 'twins that disagree' \
	'chapters/01-a.nw:7: %zh x lacks \\ref\{a\}, which its twin has \(chapters/01-a.nw:3\)' \
	'chapters/01-a.nw:7: %zh x lacks \[\[uno\]\], .*\(chapters/01-a.nw:3\)' \
	'chapters/01-a.nw:7: %zh x lacks \\cite\{k2\}, .*\(chapters/01-a.nw:4\)' \
	'chapters/01-a.nw:7: %zh x lacks \\label\{l\}, .*:4' \
	'chapters/01-a.nw:7: %zh x lacks \\figura\{f\}, .*:5' \
	'chapters/01-a.nw:7: %zh x lacks \\consola\{01/x\}, .*:6' \
	'chapters/01-a.nw:8: %zh x has \\ref\{b\}, which its twin \(chapters/01-a.nw:1\) lacks' \
	'chapters/01-a.nw:9: %zh x has \[\[<<dos>>\]\], ' <<E1
@ %es x
Hola
\\ref{a} y [[uno]].
\\cite{k1, k2} \\label{l}
\\figura{f}{Una}
\\consola{01/x}
@ %zh x =$(printf 'Hola\n\\ref{a} y [[uno]].\n\\cite{k1, k2} \\label{l}\n\\figura{f}{Una}\n\\consola{01/x}\n' | docs_hash)
\\ref{b} \\cite{k1}
[[<<dos>>]]
E1
one 'macros, environments, symbols' \
	'chapters/01-a.nw:2: \\texttt; expected one of the macros in' \
	'chapters/01-a.nw:3: environment align; expected' \
	'chapters/01-a.nw:4: environment align; expected' \
	'chapters/01-a.nw:5: \\\[; expected one of the symbols' \
	'chapters/01-a.nw:5: a backslash with nothing' \
	'chapters/01-a.nw:6: \\ref without its argument' \
	'chapters/01-a.nw:7: \} without its \{' <<'E1'
@ %both
\texttt{x}
\begin{align}
\end{align}
\[ \
\ref x
}
E1
one 'a brace that stays open' \
	'chapters/01-a.nw:1: 1 \{ without \}' <<'E1'
@ %both

\emph{x
E1
one 'an unescaped %, and after \\' \
	'chapters/01-a.nw:4: an unescaped %' \
	'chapters/01-a.nw:5: an unescaped %' <<'E1'
@ %both
50\% [[%d
%s]]
50 %
\\% [[%]] \%
E1
one 'verbatim without its end' \
	'chapters/01-a.nw:2: \\begin\{verbatim\} without its end' <<'E1'
@ %both
\begin{verbatim}
%
E1
one 'a definition that noweb takes for prose' \
	'chapters/01-a.nw:2: << in prose' <<'E1'
@ %both
 <<x>>=
E1
one 'a carriage return' \
	'chapters/01-a.nw:2: a carriage return' <<E1
@ %both
hola$(printf '\r')
E1
one 'a control byte, which is no quote' \
	'chapters/01-a.nw:3: a control byte \(.001\); expected text' <<E1
@ %both
hola [[x]]
a$(printf '\001')b [[y]]
E1
one 'the numbers of an exercise' \
	'chapters/01-a.nw:2: \\begin\{ejercicio\}\{4\}; expected a difficulty of' \
	'chapters/01-a.nw:4: \\begin\{ejercicio\}\{1\}\{x\}; expected a number of minutes' \
	'chapters/01-a.nw:7: \\begin\{ejercicio\} without its argument' <<'E1'
@ %both
\begin{ejercicio}{4}{5}
\end{ejercicio}
\begin{ejercicio}{1}{x}
\end{ejercicio}
\begin{ejercicio}{2}
\end{ejercicio}
E1
one 'raw in a chapter' \
	'chapters/01-a.nw:1: raw in a chapter' <<'E1'
@ %both raw
\foo % x
E1
one 'a doubled label' \
	'chapters/01-a.nw:5: the label fig:x is taken \(in the block at chapters/01-a.nw:1\)' <<'E1'
@ %both
\figura{x}{y}
@ %both

\label{fig:x}
E1

# ---- reflowing
is "$(printf 'Hola,\n\\ref{a}   y\n\t[[b]].\n\n' | docs_hash)" "$h" 'reflow does not change a hash'
a=$(printf '页面映射到内存。\n第一“引号”。\n用 TLB 查\n' | docs_hash)
is "$(printf '页面映射\n到内存。第一\n“引号”\n。用 TLB\n查' | docs_hash)" "$a" 'nor does it in Chinese'
[ "$(printf '页面映射到内存。\n第一“引号”。\n用TLB 查\n' | docs_hash)" != "$a" ]
result $? 'the blank between Chinese and the rest counts'
[ -n "$h" ] && [ -n "$a" ]
result $? 'there were hashes to compare'

# ---- the book's own file
cat >book.nw <<'E1'
@ %both raw
\documentclass{book} % nada
\newcommand{\figura}[2]{\label{fig:#1}\ref{#1}}
@ %chapters
01-a
90-fin
@ %es final raw
\printindex % fin
@ %zh final raw =0
\printindex
E1
h=$(printf '\\printindex %% fin\n' | docs_hash)
sed -i "s/=0/=$h/; s/raw =/=/; s/\(=.*\)/\1 raw/" book.nw
sed -i '3s/ raw$//' book.nw
chapter 01-a <<'E1'
@ %both
\label{a} \ref{b} \figura{c}{d}
E1
chapter 90-fin <<'E1'
@ %both
\label{b} \ref{a} \ref{fig:c} \mapa{1}{x} \ref{fig:mapa-1}
E1
passes "$prose" 'raw blocks and the list of chapters'
chapter 90-fin <<'E1'
@ %both

\ref{a} \ref{c}
E1
fails "$prose" 'an unknown reference' \
	'chapters/01-a.nw:2: \\ref\{b\}, but nothing has that label' \
	'chapters/90-fin.nw:3: \\ref\{c\}, but'
chapter 90-fin <<'E1'
@ %both
\label{b}
E1
chapter 03-olvidado <<'E1'
E1
sed -i 's/^01-a/01-a\n01-a\n02-no/' book.nw
fails "$prose" 'the list of chapters is that of the files' \
	'book.nw:4: chapters/03-olvidado.nw is not on the list of chapters, .*expected 03-olvidado' \
	'book.nw:6: 01-a is on the list already \(line 5\)' \
	'book.nw:7: 02-no is on the list of chapters, but there is no such file'
rm chapters/03-olvidado.nw
sed -i '6,7d' book.nw
cp book.nw good.nw
sed -i '5,6d; 4a 90-fin\n01-a' book.nw
fails "$prose" 'the list is in the order of the numbers' \
	'book.nw:6: 01-a comes after 90-fin; expected the chapters in the order'
sed -i '4,6d' book.nw
fails "$prose" 'no list of chapters' \
	'book.nw:1: the book has no list of chapters; expected @ %chapters'
cp good.nw book.nw

# ---- exercises and their solutions
mv chapters chapters.fin
mkdir chapters
sed -i 's/^90-fin/90-soluciones/' book.nw
chapter 01-a <<'E1'
@ %both
\begin{ejercicio}{1}{5}\label{ej:a}
\end{ejercicio}
\begin{ejercicio}{3}{120}\label{ej:b}
\end{ejercicio}
E1
chapter 90-soluciones <<'E1'
@ %both
\begin{solucion}{ej:a}\end{solucion}
\begin{solucion}{ej:b}\end{solucion}
E1
passes "$prose" 'every exercise has its solution'
sed -i 's/{ej:b}/{ej:c}/' chapters/90-soluciones.nw
fails "$prose" 'an exercise without solution, and a solution without exercise' \
	'chapters/01-a.nw:4: \\label\{ej:b\} has no solution; expected' \
	'chapters/90-soluciones.nw:3: \\begin\{solucion\}\{ej:c\}, but nothing has that label'
rm -rf chapters
mv chapters.fin chapters
cp good.nw book.nw
printf '@ %%chapters\n01-a\n' >>book.nw
fails "$prose" 'only one list' 'book.nw:11: a second %chapters \(the first is book.nw:4\)'

nwprose -m /nonexistent </dev/null >out 2>err
has "$(cat err)" 'cannot read /nonexistent' 'no list of macros'
finish

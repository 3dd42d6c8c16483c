#!/bin/sh
# The whole weaving of a small book, in both languages, and what it prints.
. tangle/tests/tap.sh

for program in xelatex pdftotext; do
	if ! command -v $program >/dev/null; then
		echo "1..0 # SKIP no $program"
		exit
	fi
done
ln -s "$root/figures" "$root/tangle" .
mkdir -p build/run/01 build/tree/01/kern build/tree/02/kern
printf 'hello_world 100%%\n' >build/run/01/boot.1.console
printf 'one\ntwo\n' >build/tree/01/kern/a.c
printf 'one\nthree\n' >build/tree/02/kern/a.c
echo x >build/tree/02/kern/b.c
printf 'allocator\tasignador\t分配器\nzero\tcero\t零\n' >chapters/glossary.tsv
printf 'escribir con [[out_b]]\t用 [[out_b]] 输出\n' >chapters/01-a.names
printf 'algo más\t更多\ntercero\t第三\n' >chapters/02-b.names

cat >book.nw <<'E1'
@ %both raw
\documentclass[10pt,twoside,openright]{book}
\usepackage{golondrina}
\parteantes{01-a}{El nido}{筑巢}
\begin{document}
\cubierta\frontmatter\portada\tableofcontents
\mainmatter\signos
@ %chapters
01-a
02-b
@ %both raw
\backmatter\glosario\fragmentos\identificadores
\begin{thebibliography}{9}\bibitem{k} Knuth.\end{thebibliography}
\end{document}
E1
chapter 01-a <<'E1'
@ %es uno
\chapter{Uno}\label{cap:uno}
\section{Sobre [[cons_putc]]}
Un \termino{asignador}{allocator} de [[cons_putc]]~\cite{k}. Véase~\ref{cap:dos}.
\mapa{1}{Mapa.}
@ %zh uno =000000000000
\chapter{一}\label{cap:uno}
\section{关于 [[cons_putc]]}
\termino{分配器}{allocator}和 [[cons_putc]]~\cite{k}。见~\ref{cap:dos}。
\mapa{1}{地图。}
<<kern/a.c>>=
/* # & _ ^ ~ \ { } $ % ñ 中文 */
void cons_putc(int c)
{
	<<escribir con [[out_b]]>>
	<<?algo más>>
}
<<escribir con [[out_b]]>>=
out_b(c);
<<escribir con [[out_b]]>>=
out_b(c + 1);
@ %es dos
\consola{01/boot}
\begin{ejercicio}{2}{15}\label{ej:a}
Pruebe.
\end{ejercicio}
\begin{solucion}{ej:a}
Bien.
\end{solucion}
\cambios{01}
@ %zh dos =000000000000
\consola{01/boot}
\begin{ejercicio}{2}{15}\label{ej:a}
试一试。
\end{ejercicio}
\begin{solucion}{ej:a}
好。
\end{solucion}
\cambios{01}
E1
chapter 02-b <<'E1'
@ %es tres
\chapter{Dos}\label{cap:dos}
@ %zh tres =000000000000
\chapter{二}\label{cap:dos}
<<!escribir con [[out_b]] =000000000000>>=
out_b(c);
<<tercero>>
<<algo más>>=
cons_putc(0);
<<tercero>>=
;
<<+algo más>>=
;
@ %es cuatro
\cambios{02}
@ %zh cuatro =000000000000
\cambios{02}
E1
stream >build/book.nwp

# weave LANG: build/golondrina-LANG.pdf and text.LANG
weave() {
	LOOM=${PATH%%:*} sh tangle/weave/pdf "$1" >log 2>&1
	result $? "the book in $1" "$(cat log)"
	pdftotext -layout build/golondrina-"$1".pdf text."$1" 2>/dev/null
}

says() {
	has "$(cat "text.$1")" "$2" "$1: $3"
}

weave es
says es 'CAPÍTULO ?1|capítulo ?1' 'chapter'
says es 'PARTE ?I|parte ?i' 'part'
says es 'Continúa en [0-9]+[a-z]?\. Se sustituye en [0-9]+[a-z]?\. Se usa en [0-9]+[a-z]?\.' 'continued, replaced, used'
says es 'Archivo\. Define cons_putc \(en [0-9]+[a-z]?\)\.' 'file, defines'
says es 'Usa cons_putc \([0-9]+[a-z]?\)\.' 'uses'
says es 'hello_world 100%' 'a console'
says es 'Ejercicio|EJERCICIO|ejercicio' 'an exercise'
says es 'Cambios respecto del capítulo anterior' 'changes'
says es 'kern/b.c +1 +nuevo' 'a new file, with its lines'
says es '^ *\+ *three' 'a hunk that touches an old line'
says es '# & _ \^ ~ . \{ \} \$ % ñ' 'signs of code'
says es 'asignador +分配器 +allocator' 'glossary'
weave zh
says zh '第 ?1 ?章' 'chapter'
says zh '第一部分' 'part'
says zh '续： ?[0-9]+[a-z]?。 ?在 ?[0-9]+[a-z]? ?中替换。 ?用于 ?[0-9]+[a-z]?。' 'continued, replaced, used'
says zh '源文件。 ?定义： ?cons_putc ?（用于 ?[0-9]+[a-z]?） ?。' 'file, defines'
says zh '使用： ?cons_putc ?（[0-9]+[a-z]?） ?。' 'uses'
says zh '用 ?out_b ?输出' 'the name of a chunk'
says zh 'chapters/01-a.nw:[0-9]+' 'where a chunk is'
says zh '与上一章的差异' 'changes'

for l in es zh; do
	grep -o 'newsublabel{[^}]*}' "build/$l/golondrina-$l.aux" >anchors.$l
done
same anchors.es anchors.zh 'the same anchors in both editions'
has "$(pdfinfo build/golondrina-es.pdf)" '^Title: +Golondrina' 'title'
has "$(pdfinfo build/golondrina-zh.pdf)" '^Title: +燕归来' 'title'

sed 's/\\ref{cap:dos}/\\ref{cap:nadie}/' build/book.nwp >bad
BOOK=bad LOOM=${PATH%%:*} sh tangle/weave/pdf es >log 2>&1
is "$?" 1 'a reference that leads nowhere fails'
has "$(cat log)" "^chapters/01-a.nw:4: Reference .cap:nadie' is undefined" \
	'and says where it is'
finish

#!/bin/sh
# What each operator makes of a chunk, alone and together, over chapters.
. tangle/tests/tap.sh

file() {
	cat "tree/$1/$2"
}

trees() {
	for n; do
		tangle "$n" "tree/$n" || return 1
	done
}

# ---- one operator each
h=$(printf 'uno\ndos\n' | hash_of)
chapter 01-uno <<'E1'
<<f.txt>>=
[
<<x>>
]
<<x>>=
uno
<<x>>=
dos
E1
chapter 02-dos <<'E1'
<<+x>>=
tres
<<^x>>=
cero
E1
trees 01 02 || exit 1
is "$(file 01 f.txt)" "$(printf '[\nuno\ndos\n]')" 'a name defined twice in a chapter continues'
is "$(file 02 f.txt)" "$(printf '[\ncero\nuno\ndos\ntres\n]')" '+ and ^'

chapter 02-dos <<E1
<<!x =$h>>=
otro
E1
trees 01 02
is "$(file 01 f.txt)" "$(printf '[\nuno\ndos\n]')" '! leaves the earlier tree alone'
is "$(file 02 f.txt)" "$(printf '[\notro\n]')" '! replaces all the pieces'

h2=$(printf '[\n<<x>>\n]\n' | hash_of)
chapter 02-dos <<E1
<<!f.txt =$h2>>=
nada
<<-x =$h>>=
E1
trees 01 02
is "$(file 02 f.txt)" nada '- removes, next to the ! that drops its use'

# ---- combinations in one chapter
chapter 02-dos <<E1
<<!x =$h>>=
otro
<<+x>>=
mas
<<^x>>=
antes
E1
trees 01 02
is "$(file 02 f.txt)" "$(printf '[\nantes\notro\nmas\n]')" '! and then + and ^ in one chapter'

chapter 02-dos <<E1
<<!f.txt =$h2>>=
[<<x>>]
<<y>>
<<y>>=
b
<<+y>>=
c
<<^y>>=
a
<<y>>=
d
E1
trees 01 02
is "$(file 02 f.txt)" "$(printf '[uno\n dos]\na\nb\nc\nd')" 'new, + and ^ in one chapter'

# ---- over three chapters
chapter 02-dos <<'E1'
<<+x>>=
tres
<<^x>>=
cero
E1
h3=$(printf 'cero uno dos tres cuatro' | hash_of)
chapter 03-tres <<'E1'
<<+x>>=
cuatro
E1
chapter 04-cuatro <<E1
<<!x =$h3 -02 -03>>=
todo
E1
chapter 05-cinco <<'E1'
<<^x>>=
antes de
<<+x>>=
fin
E1
h5=$(printf 'antes de\ntodo fin' | hash_of)
chapter 06-seis <<E1
<<!x =$h5 -05>>=
seis
E1
h6=$(printf 'seis' | hash_of)
chapter 07-siete <<E1
<<-x =$h6>>=
<<!f.txt =$h2>>=
vacio
E1
trees 01 02 03 04 05 06 07
is "$(file 03 f.txt | tr '\n' ' ')" '[ cero uno dos tres cuatro ] ' '+ in two chapters'
is "$(file 04 f.txt | tr '\n' ' ')" '[ todo ] ' '! names the chapters of what it drops'
is "$(file 05 f.txt | tr '\n' ' ')" '[ antes de todo fin ] ' '+ and ^ after a !'
is "$(file 06 f.txt | tr '\n' ' ')" '[ seis ] ' 'the owner is the chapter of the last !'
is "$(file 07 f.txt)" vacio '- in the last'
is "$(file 01 f.txt | tr '\n' ' ')" '[ uno dos ] ' 'the first tree is as it was'

# ---- the hash
is "$(printf '  uno\n\tdos \n\n' | hash_of)" "$h" 'white space does not change a hash'
is "$(printf 'uno dos' | hash_of)" "$h" 'nor do line ends'
[ "$(printf 'unodos' | hash_of)" != "$h" ]
result $? 'but text does'
is "${#h}" 12 'a hash has 12 digits'

# ---- files come, change and go
no_chapters
hm=$(printf 'int m;\n' | hash_of)
chapter 01-a <<'E1'
<<kern/main.c>>=
int m;
<<Makefile>>=
all:
	<<orden>>
<<orden>>=
cc main.c
E1
chapter 02-b <<E1
<<+Makefile>>=
clean:
<<-kern/main.c =$hm>>=
<<kern/otro.c>>=
int o;
E1
trees 01 02
is "$(cd tree/01 && find . -type f | sort | tr '\n' ' ')" './Makefile ./kern/main.c ' 'the files of chapter 1'
is "$(cd tree/02 && find . -type f | sort | tr '\n' ' ')" './Makefile ./kern/otro.c ' 'operators work on files'
is "$(file 02 Makefile)" "$(printf 'all:\n\tcc main.c\nclean:')" 'a Makefile keeps its tab'

# ---- UTF-8, odd names
no_chapters
chapter 01-a <<'E1'
<<f.txt>>=
«ñandú» <<añadir el último [[struct Env]] a la lista>>
  <<名字>>
<<名字>>=
你好
世界
<<añadir el último [[struct Env]] a la lista>>=
¡sí!
no
@ %def sí
<<con_guión y $signos # raros>>=
x
<<+f.txt>>=
<<con_guión y $signos # raros>>
a @<< 3 y b >> 2
E1
trees 01
is "$(file 01 f.txt)" "$(printf '«ñandú» ¡sí!\n        no\n  你好\n  世界\nx\na << 3 y b >> 2')" 'names and text in UTF-8; indentation counts characters'

# ---- a stream in any order of files
no_chapters
chapter 02-b <<'E1'
<<+f.txt>>=
dos
E1
chapter 01-a <<'E1'
<<f.txt>>=
uno
E1
markup -t chapters/02-b.nw chapters/01-a.nw | nwchunks | nwcheckpoint -c 2 | nwtangle -o tree/x
is "$(file x f.txt)" "$(printf 'uno\ndos')" 'the number of a chapter orders it, not its place; -c takes 2 for 02'

stream | nwcheckpoint -c 05 >out 2>err
has "$(cat err)" 'chapter 05 has no code; expected one of 01 02' 'a checkpoint that is none'
finish

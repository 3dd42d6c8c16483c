#!/bin/sh
# What nwchunks must refuse, at which line.
. tangle/tests/tap.sh

h=$(printf 'uno\n' | hash_of)
base() {
	no_chapters
	chapter 01-a <<'E1'
@ %both
Texto.

<<f.c>>=
<<x>>
<<x>>=
uno
E1
}

# second REGEX... <chapter 2: what is wrong with it on top of the base
second() {
	base
	cat >chapters/02-b.nw
	what=$1
	shift
	fails nwchunks "$what" "$@"
}

base
passes nwchunks 'a book without errors goes through'

second 'redefined without operator' \
	'chapters/02-b.nw:2: <<x>> is already defined at chapters/01-a.nw:6; expected <<\+x>>, <<\^x>> or <<!x>>' <<'E1'

<<x>>=
dos
E1
second '+ on nothing' \
	'chapters/02-b.nw:1: <<\+nada>>: no earlier chapter defines it' <<'E1'
<<+nada>>=
dos
E1
second '^ on nothing' \
	'chapters/02-b.nw:3: <<\^nada>>: no earlier chapter defines it' <<'E1'
<<+f.c>>=
<<nada>>
<<^nada>>=
dos
E1
second '! on nothing' \
	'chapters/02-b.nw:3: <<!nada>>: no earlier chapter defines it' <<'E1'
<<+f.c>>=
<<nada>>
<<!nada =0123456789ab>>=
dos
E1
second '! on a chunk of the same chapter' \
	'chapters/02-b.nw:5: <<!y>>: this same chapter defines it \(chapters/02-b.nw:3\)' <<'E1'
<<+f.c>>=
<<y>>
<<y>>=
dos
<<!y =0123456789ab>>=
tres
E1
second 'two ! in one chapter' \
	'chapters/02-b.nw:3: <<!x>>: this same chapter replaces it already \(chapters/02-b.nw:1\)' <<E1
<<!x =$h>>=
dos
<<!x =$h>>=
tres
E1
second '! after + in one chapter' \
	'chapters/02-b.nw:3: <<!x>>: this same chapter adds to it, which would be lost \(chapters/02-b.nw:1\)' <<E1
<<+x>>=
dos
<<!x =$h>>=
tres
E1
second '! after - in one chapter' \
	'chapters/02-b.nw:2: <<!x>>: this same chapter removes it' <<E1
<<-x =$h>>=
<<!x =$h>>=
tres
E1
second '- of a chunk in use' \
	'chapters/02-b.nw:1: <<-x>>, but chapters/01-a.nw:5 still uses it in chapter 02; expected that use to be replaced' <<E1
<<-x =$h>>=
E1
hf=$(printf '<<x>>\n' | hash_of)
second '- with a body' \
	'chapters/02-b.nw:3: <<-x>> has a body' <<E1
<<!f.c =$hf>>=
f
<<-x =$h>>=
algo
E1
second '! without its hash' \
	"chapters/02-b.nw:1: <<!x>> has no hash .*chapters/01-a.nw:6.*expected =$h: .*make accept CHUNK='x' FROM=02" <<'E1'
<<!x>>=
dos
E1
second 'a stale !' \
	"chapters/02-b.nw:1: <<!x>> is stale, .*chapters/01-a.nw:6.*expected =$h: .*make accept CHUNK='x' FROM=02" <<'E1'
<<!x =0123456789ab>>=
dos
E1
second 'a hash that is none' \
	"chapters/02-b.nw:1: <<!x>> is stale.* =$h: .*make accept" <<'E1'
<<!x =zzz>>=
dos
E1
second 'a stale -' \
	"chapters/02-b.nw:3: <<-x>> is stale, .*make accept CHUNK='x' FROM=02" <<E1
<<!f.c =$hf>>=
dos
<<-x =0123456789ab>>=
E1
second 'an orphan after a !, at the !' \
	'chapters/02-b.nw:2: <<!f.c>> leaves <<x>> \(chapters/01-a.nw:6\) unused; expected .* <<-x>>= in this chapter' <<E1

<<!f.c =$hf>>=
dos
E1
second 'two slots for a definition' \
	'chapters/02-b.nw:3: <<\?x>>=: the \? of a slot belongs to a use; expected <<x>>=' <<E1


<<?x>>=
dos
E1
second 'an undefined chunk, with its hint' \
	'chapters/02-b.nw:2: << c \+ d >> is used here and no chapter defines it; .*@<<' <<'E1'
<<+f.c>>=
a = b << c + d >> 2;
E1
second 'an operator in a use' \
	'chapters/02-b.nw:2: <<\+x>>: \+ is an operator of definitions; expected <<x>>' \
	'chapters/02-b.nw:2: <<\+x>> is used here and no chapter defines it' <<'E1'
<<+f.c>>=
<<+x>>
E1
second 'a chunk never used' \
	'chapters/02-b.nw:3: nothing uses <<y>>; expected a use' <<'E1'
<<+f.c>>=
dos
<<y>>=
<<z>>
<<z>>=
z
E1
second 'recursion' \
	'chapters/02-b.nw:6: recursion: <<y>> uses <<z>> uses <<y>>' <<'E1'
<<+f.c>>=
<<y>>
<<y>>=
<<z>>
<<z>>=
<<y>>
E1
second 'recursion of a chunk on itself' \
	'chapters/02-b.nw:2: recursion: <<x>> uses <<x>>' <<'E1'
<<+x>>=
<<x>>
E1
second 'recursion that nothing uses' \
	'chapters/02-b.nw:4: recursion: <<y>> uses <<z>> uses <<y>>' <<'E1'
<<y>>=
<<z>>
<<z>>=
<<y>>
E1
second 'a definition inside code' \
	'chapters/02-b.nw:3: <<x>>= inside code; expected a definition to be alone on its line' <<'E1'
<<+f.c>>=
dos
 <<x>>= 
E1
second 'a tag without its blank inside code' \
	'chapters/02-b.nw:3: "@%es hola" inside code; expected a blank' <<'E1'
<<+f.c>>=
dos
@%es hola
E1
second 'a path out of the tree' \
	'chapters/02-b.nw:1: <<../f.c>> names a file, but its path has a part that is . or ..' \
	'chapters/02-b.nw:3: <</etc/f>> names a file, but its path is not relative' \
	'chapters/02-b.nw:5: <<a//b>> names a file, but its path has an empty part' <<'E1'
<<../f.c>>=
dos
<</etc/f>>=
dos
<<a//b>>=
dos
E1
second 'a file for a directory' \
	'chapters/02-b.nw:1: <<f.c/g>> lies in <<f.c>>, which is a file \(chapters/01-a.nw:4\)' <<'E1'
<<f.c/g>>=
dos
E1
second 'a carriage return' \
	'chapters/02-b.nw:2: a carriage return' <<E1
<<+x>>=
dos$(printf '\r')
E1
second 'all the errors, by line' \
	'chapters/02-b.nw:1: <<\+nada>>: no' \
	'chapters/02-b.nw:2: <<falta>> is used' \
	'chapters/02-b.nw:3: <<otra>> is used' \
	'chapters/02-b.nw:6: <<x>> is already defined' <<'E1'
<<+nada>>=
<<falta>>
<<otra>>
<<+f.c>>=
<<nada>>
<<x>>=
dos
E1

# ---- three chapters
base
chapter 02-b <<'E1'
<<+x>>=
dos
E1
h2=$(printf 'uno\ndos\n' | hash_of)
chapter 03-c <<E1

<<!x =$h2>>=
tres
E1
fails nwchunks 'a ! that drops the + of another chapter' \
	"chapters/03-c.nw:2: <<!x>> drops what other chapters added \(chapters/02-b.nw:1\); expected .*: <<!x =$h2 -02>>="
chapter 03-c <<E1
<<!x =$h2 -02>>=
tres
E1
passes nwchunks 'it passes once it is said'
chapter 03-c <<E1
<<!x =$h2 -02 -01>>=
tres
E1
fails nwchunks 'what is said must be so' \
	"chapters/03-c.nw:1: <<!x>> drops .*expected .*: <<!x =$h2 -02>>="
rm chapters/02-b.nw
chapter 03-c <<E1
<<!x =$h -02>>=
tres
E1
fails nwchunks 'and there must be something to say' \
	"chapters/03-c.nw:1: <<!x>> names chapters after the hash, but none .* expected <<!x =$h>>="

base
chapter 02-b <<E1
<<!f.c =$hf>>=
dos
<<-x =$h>>=
E1
chapter 03-c <<'E1'

<<+x>>=
tres
E1
fails nwchunks '+ on what was removed' \
	'chapters/03-c.nw:2: <<\+x>>: chapter 02 removed it'
chapter 03-c <<'E1'
<<x>>=
tres
<<+f.c>>=
<<x>>
E1
fails nwchunks 'the name of a removed chunk is not free' \
	'chapters/03-c.nw:1: <<x>> is already defined at chapters/01-a.nw:6'
chapter 03-c <<'E1'
<<+f.c>>=
<<x>>
E1
fails nwchunks 'a use of a removed chunk, at the use' \
	'chapters/03-c.nw:2: <<x>> is used here, but chapters/02-b.nw:3 removed it'

base
chapter 02-b <<E1
<<!f.c =$hf>>=
dos
E1
chapter 03-c <<'E1'
<<+x>>=
tres
E1
fails nwchunks '+ on an orphan' \
	'chapters/02-b.nw:1: <<!f.c>> leaves <<x>>' \
	'chapters/03-c.nw:1: <<\+x>>: nothing has used <<x>> since chapter 02'

base
chapter 02-b <<'E1'
<<+f.c>>=
<<y>>
E1
chapter 03-c <<'E1'

<<y>>=
tres
E1
fails nwchunks 'a use before its chapter, with its hint' \
	'chapters/02-b.nw:2: <<y>> is used here, but chapter 03 is the first to define it \(chapters/03-c.nw:2\); did you mean the slot <<\?y>>'

# an orphan of an orphan: both are named, at the !
base
hx=$(printf '<<y>>\n' | hash_of)
chapter 01-a <<'E1'
<<f.c>>=
<<x>>
<<x>>=
<<y>>
<<y>>=
y
E1
chapter 02-b <<E1
<<!f.c =$hf>>=
dos
E1
fails nwchunks 'what an orphan uses is one too' \
	'chapters/02-b.nw:1: <<!f.c>> leaves <<x>> \(chapters/01-a.nw:3\)' \
	'chapters/02-b.nw:1: <<!f.c>> leaves <<y>> \(chapters/01-a.nw:5\)'
chapter 02-b <<E1
<<!f.c =$hf>>=
dos
<<-x =$hx>>=
<<-y =$(printf 'y\n' | hash_of)>>=
E1
passes nwchunks 'they pass when both are removed'

# ---- files
base
mv chapters/01-a.nw chapters/uno.nw
fails nwchunks 'code in a file that is no chapter' \
	'chapters/uno.nw:4: code in a file that is no chapter; expected it in one named NN-name.nw' \
	'chapters/uno.nw:6: code in a file that is no chapter'
base
cp chapters/01-a.nw chapters/01-b.nw
sed -i 's/f\.c/g.c/; s/<<x>>/<<y>>/' chapters/01-b.nw
fails nwchunks 'two files for a chapter' \
	'chapters/01-b.nw:4: chapter 01 has code in chapters/01-a.nw already'

base
chapter 00-z <<'E1'
@ %both
Antes.
<<antes.c>>=
cero
E1
fails nwchunks 'code before the first checkpoint' \
	'chapters/00-z.nw:3: code in chapter 00, which has no checkpoint; expected it in one from 01 to 89'
base
chapter 90-z <<'E1'
<<+x>>=
noventa
<<final.c>>=
E1
chapter 99-z <<'E1'
<<+x>>=
E1
fails nwchunks 'code after the last checkpoint' \
	'chapters/90-z.nw:1: code in chapter 90, which has no checkpoint; expected it in one from 01 to 89' \
	'chapters/90-z.nw:3: code in chapter 90, ' \
	'chapters/99-z.nw:1: code in chapter 99, '
base
for c in 00-z 02-z 89-z 90-z; do
	echo '@ %both' >"chapters/$c.nw"
done
fails nwchunks 'a chapter without code' \
	'chapters/02-z.nw:1: chapter 02 has no code; expected some in every chapter from 01 to 89' \
	'chapters/89-z.nw:1: chapter 89 has no code'

# ---- the stream
base
chapter 02-b <<'E1'
<<+nada>>=
@ sin etiqueta
E1
stream | nwchunks 2>err1 | nwprose -m "$macros" 2>err2 | nwcheckpoint -c 01 >out 2>err3
is "$(cat out | cut -d' ' -f1)" @fatal 'whoever makes something stops at @fatal'
[ -s err1 ] && [ -s err2 ] && [ ! -s err3 ]
result $? 'whoever checks goes on, and the maker is silent'

printf '@begin code 1\n@defn x\n@nl\n' | nwchunks >out 2>err
has "$(cat err)" '@begin without @end' 'half a stream is refused'
printf '<<f.c>>=\nsin fin de línea' >chapters/02-b.nw
sed -i 's/f.c/g.c/' chapters/02-b.nw
passes nwchunks 'a file without its last newline'
awk 'BEGIN { print "<<g.c>>="; for (i = 0; i < 300000; i++) printf "ñx"; print "" }' >chapters/02-b.nw
passes nwchunks 'a line of 900000 bytes'
finish

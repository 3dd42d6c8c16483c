#!/bin/sh
# nwaccept: a hash is written when somebody has looked.
. tangle/tests/tap.sh

book() {
	no_chapters
	rm -rf before
	chapter 01-a <<'E1'
@ %es uno
Hola a todos.
@ %zh uno
大家好。
@ %zh dos
第二
@ %es dos =0123456789ab
El segundo.
<<f.c>>=
<<x>>
<<x>>=
viejo <<?nunca>>
<<nunca>>=
n
E1
	chapter 02-b <<'E1'
@ %zh tres
三
@ %es tres  =abcdefabcdef 
Tres. =0
<<!x>>=
nuevo <<?nunca>>
<<!f.c =0123456789ab -03>>=
<<x>>
otro =0123456789ab
E1
	cp -r chapters before
}

book
chmod 640 chapters/01-a.nw
nwaccept chapters/*.nw -i uno >out 2>err
is "$?$(cat err)" 0 'a paragraph'
is "$(diff before/01-a.nw chapters/01-a.nw | grep '^[<>]' | sed 's/=[0-9a-f]\{12\}$/=H/')" "$(printf '< @ %%zh uno\n> @ %%zh uno =H')" 'its hash is written, and nothing else'
has "$(cat out)" '^    Hola a todos\.$' 'the original is shown'
has "$(cat out)" '^    大家好。$' 'and the translation'
has "$(cat out)" '^chapters/01-a.nw:3: no hash -> =[0-9a-f]{12}$' 'and what was done'
is "$(stat -c %a chapters/01-a.nw)" 640 'the mode of the file stays'
nwaccept -i uno chapters/*.nw >out
has "$(cat out)" 'nothing to accept' 'twice is once'
nwaccept -i dos chapters/*.nw >out
markup -t chapters/01-a.nw | nwprose -m "$macros" >/dev/null 2>err
is "$?$(cat err)" 0 'then nwprose is content, whichever is the original'
printf 'Hola\n a   todos.\n' | { sed -i -e '/^Hola/{r /dev/stdin' -e 'd}' chapters/01-a.nw; }
markup -t chapters/01-a.nw | nwprose -m "$macros" >/dev/null 2>err
is "$?$(cat err)" 0 'also after a reflow'
nwaccept -i tres chapters/*.nw >/dev/null
is "$(sed -n 3p chapters/02-b.nw | sed 's/=[0-9a-f]\{12\}/=H/')" '@ %es tres  =H ' 'a stale hash is replaced in its place'

nwaccept -n x -c 02 chapters/*.nw >out
has "$(cat out)" '^    viejo <<\?nunca>>$' 'a replacement: what is replaced'
has "$(cat out)" '^    nuevo <<\?nunca>>$' 'and what replaces it'
has "$(cat chapters/02-b.nw)" '^<<!x =[0-9a-f]{12}>>=$' 'and its hash'
nwaccept -n f.c chapters/*.nw >out
has "$(cat chapters/02-b.nw)" '^<<!f.c =[0-9a-f]{12} -03>>=$' 'the chapters behind the hash stay'
has "$(tail -n 1 chapters/02-b.nw)" '^otro =0123456789ab$' 'and so does the code'
sed -i 's/ -03//' chapters/02-b.nw
passes nwchunks 'then nwchunks is content'

book
nwaccept -a chapters/*.nw >accepted
sed -i 's/ -03//' chapters/02-b.nw
passes "nwchunks | nwprose -m $macros" 'all at once'
is "$(grep -c -e '->' accepted)" 5 'each of them is shown'

cp -r chapters after
nwaccept -i cuatro chapters/*.nw >out 2>err
is "$?" 1 'an unknown paragraph'
has "$(cat err)" 'no paragraph has the id cuatro' 'is named'
nwaccept -n x -c 01 chapters/*.nw >out 2>err
has "$(cat err)" 'chapter 01 has no <<!x>>' 'an unknown replacement too'
nwaccept -n nada chapters/*.nw >out 2>err
has "$(cat err)" 'no chapter has a <<!nada>>' 'in any chapter'
sed -i 's/=[0-9a-f]*>>=/=0>>=/' chapters/02-b.nw
chapter 03-c <<'E1'
<<!x =0>>=
tres
E1
cp -r chapters/02-b.nw after/b
nwaccept -n x chapters/*.nw >out 2>err
has "$(cat err)" 'several chapters replace <<x>>; expected -c NN' 'two chapters have to be told apart'
same after/b chapters/02-b.nw 'and nothing is written'
nwaccept >out 2>err
has "$(cat err)" '^nwaccept: usage' 'usage'
nwaccept -a chapters/no.nw >out 2>err
is "$?" 1 'a file that is not there'
finish

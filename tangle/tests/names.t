#!/bin/sh
# The tables of chunk names.
. tangle/tests/tap.sh

chapter 01-a <<'E1'
@ %es x
Véase [[<<pedir memoria>>]] y [[<<otra cosa>>]].
<<kern/f.c>>=
<<pedir memoria>>
<<?ranura [[f]]>>
<<pedir memoria>>=
x
E1
chapter 02-b <<'E1'
<<!pedir memoria =0123456789ab -03>>=
y
<<ranura [[f]]>>=
z
<<ranura [[f]]>>=
z
E1
chapter 03-c <<'E1'
<<+kern/f.c>>=
E1
printf 'pedir memoria\t申请内存\n\n' >chapters/01-a.names
printf 'ranura [[f]]\t[[f]] 槽\n' >chapters/02-b.names
passes 'nwnames -c' 'right tables'
passes 'nwnames -l es' 'Spanish is as it is'
stream | nwnames -l zh >out
is "$(grep -E '^@(defn|use)' out)" "$(cat <<'E1'
@use 申请内存
@use otra cosa
@defn kern/f.c
@use 申请内存
@use ?[[f]] 槽
@defn 申请内存
@defn !申请内存 =0123456789ab -03
@defn [[f]] 槽
@defn [[f]] 槽
@defn +kern/f.c
E1
)" 'names are translated, with operators and hashes; those of files are not'
is "$(grep -Ev '^@(defn|use)' out)" "$(stream | grep -Ev '^@(defn|use)')" 'and nothing else'
stream | noidx 2>/dev/null | nwnames -l zh >out 2>err
is "$(cat err)$(sed -n 's/^@xref chunkbegin [^ ]* //p' out | sort)" "$(cat <<'E1'
!申请内存 =0123456789ab -03
+kern/f.c
?[[f]] 槽
[[f]] 槽
kern/f.c
申请内存
E1
)" 'also in the cross references of noidx'

cat >chapters/01-a.names <<'E1'
pedir memoria	申请内存
sin uso	没用
pedir memoria	内存
mal
a	b	c
 b	x
b	+x
b	x.c
E1
cat >chapters/02-b.names <<'E1'
ranura [[f]]	申请内存
sin uso	别的
E1
fails 'nwnames -c' 'what is wrong in a table, at its line' \
	'chapters/01-a.names:2: "sin uso" is no chunk that this chapter brings' \
	'chapters/01-a.names:3: "pedir memoria" has a Chinese name already \(chapters/01-a.names:1\)' \
	'chapters/01-a.names:4: no tab in the line' \
	'chapters/01-a.names:5: more than one tab' \
	'chapters/01-a.names:6: an empty name, or blanks' \
	'chapters/01-a.names:7: "\+x" would be read as an operator' \
	'chapters/01-a.names:8: "x.c" would be read as' \
	'chapters/02-b.names:1: "申请内存" is the Chinese name of "pedir memoria" too \(chapters/01-a.names:1\)' \
	'chapters/02-b.names:1: the names have not the same \[\[code\]\]' \
	'chapters/02-b.names:2: "sin uso" has a Chinese name already \(chapters/01-a.names:2\)'
rm chapters/01-a.names
printf 'ranura [[f]]\t[[f]] 槽\npedir memoria\t申请内存\n' >chapters/02-b.names
fails 'nwnames -c' 'a name in the table of another chapter' \
	'chapters/01-a.nw:6: the Chinese name of <<pedir memoria>> is in chapters/02-b.names:2; expected it in chapters/01-a.names'
printf 'pedir memoria\t申请内存\n' >chapters/01-a.names
rm chapters/02-b.names
fails 'nwnames -c' 'a missing name, at its chunk' \
	'chapters/02-b.nw:3: <<ranura \[\[f\]\]>> has no Chinese name; expected one in chapters/02-b.names' \
	'chapters/02-b.nw:5: <<ranura'
fails 'nwnames -l zh' 'nothing is translated by halves' \
	'chapters/01-a.nw:5: <<ranura' \
	'chapters/02-b.nw:3: <<ranura' \
	'chapters/02-b.nw:5: <<ranura'
finish

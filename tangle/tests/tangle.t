#!/bin/sh
# How nwtangle writes a tree: #line, indentation, what it touches.
. tangle/tests/tap.sh

# ---- #line, by hand
chapter 01-a <<'E1'
@ %both
Texto.

<<f.c>>=
int a;
<<?nada>>
int b;
	<<dentro>>
int c;
int d(<<argumentos>>);
int e;
#define M(x) do { \
	<<dentro>> \
} while (0)
int f;
/* un comentario
   <<dentro>>
   y su fin */
int g;
#if 0
<<dentro>>
#endif
int h;
<<dentro>>=
uno();

dos();
<<argumentos>>=
int x,
int y
@ %both
Más.
<<dentro>>=
tres();
E1
chapter 02-b <<'E1'
<<nada>>=
algo();
E1
tangle 01 line -L
tangle 01 tree
cat >expected <<'E1'
#line 5 "chapters/01-a.nw"
int a;
#line 7 "chapters/01-a.nw"
int b;
#line 25 "chapters/01-a.nw"
	uno();

	dos();
#line 34 "chapters/01-a.nw"
	tres();
#line 9 "chapters/01-a.nw"
int c;
int d(int x,
#line 30 "chapters/01-a.nw"
      int y);
#line 11 "chapters/01-a.nw"
int e;
#define M(x) do { \
	uno();

E1
head -n 19 line/f.c >got
head -n 19 expected >exp
same exp got '#line after a vanished slot, around a use, inside a line'
grep -v '^#line' line/f.c >got
same got tree/f.c 'without its #line lines it is the clean tree'
has "$(grep -B1 '^int g' line/f.c)" '^#line 19 "chapters/01-a.nw"' 'after a comment with a use in it the lines are right again'
is "$(sed -n '/^\/\* un/,/fin \*\//p' line/f.c | grep -c '#line')" 0 'and inside it there is no #line'
has "$(grep -B1 '^int h' line/f.c)" '^#line 23 ' 'after a skipped group too'

# ---- #line, by the compiler
no_chapters
chapter 01-a <<'E1'
@ %both
Texto.

<<f.h>>=
<<?protos>>
int bien(void);
<<f.c>>=
#include "f.h"
#define M(x) do {	\
	<<cuerpo>>	\
	(void)(x);	\
} while (0)

<<?ranura>>
int r1 = error1;
int f(void)
{
	M(1);
	<<cuerpo>>
	(void)error2;
	<<otro>>
	return error4;
}
<<cuerpo>>=
(void)0;	\
(void)0;
<<otro>>=
<<más adentro>>
(void)error3;
<<más adentro>>=
{
	if (0)
		<<cuerpo>>
}
E1
chapter 02-b <<'E1'
<<protos>>=
int p(void);
<<ranura>>=
int r;
E1
for n in 01 02; do
	tangle $n line -L
	gcc -std=gnu11 -w -c line/f.c -o /dev/null 2>err
	is "$(sed -n "s/^\([^ ]*:[0-9]*\):[0-9]*: error: '\(error.\)' undecl.*/\1 \2/p" err | sort)" \
	"$(printf 'chapters/01-a.nw:15 error1\nchapters/01-a.nw:20 error2\nchapters/01-a.nw:22 error4\nchapters/01-a.nw:29 error3')" \
	"gcc names the lines of the chapter, checkpoint $n"
done
sed -i 's/error[1-4]/0/' chapters/01-a.nw
tangle 01 line -L
gcc -std=gnu11 -Wall -Wextra -Werror -c line/f.c -o line.o 2>err
result $? 'a macro over several lines with a use in it compiles' "$(cat err)"
tangle 01 tree
gcc -std=gnu11 -c tree/f.c -o tree.o && strip line.o tree.o && cmp -s line.o tree.o
result $? 'and so does the clean tree, to the same code'

no_chapters
chapter 01-a <<'E1'
<<a.S>>=
# it's a comment
	<<una>>
	nop
<<una>>=
	nop
<<b.sh>>=
echo
<<c.h>>=
"un \" texto /* que sigue" <<una>>
E1
tangle 01 line -L
is "$(cat line/a.S)" "$(printf '#line 2 "chapters/01-a.nw"\n# it%ss a comment\n#line 6 "chapters/01-a.nw"\n\t\tnop\n#line 4 "chapters/01-a.nw"\n\tnop' "'")" '#line in assembler'
is "$(cat line/b.sh)" echo 'but not in a script'

# ---- indentation
no_chapters
chapter 01-a <<'E1'
<<f.txt>>=
	tab <<x>>
  [<<y>>, <<y>>];
<<z>>
<<x>>=
x1

x2
 <<y>>
<<y>>=
y1
	y2
<<z>>=
z1


E1
tangle 01 tree
is "$(cat tree/f.txt; echo .)" "$(printf '\ttab x1\n\n\t    x2\n\t     y1\n\t     \ty2\n  [y1\n   \ty2, y1\n   \t    \ty2];\nz1\n\n\n.')" 'indentation repeats what stands before the use; blank lines have none'

# ---- what is touched
no_chapters
chapter 01-a <<'E1'
<<a/b/uno.c>>=
uno
<<dos.c>>=
<<x>>
<<tres.c>>=
tres
<<x>>=
dos
E1
tangle 01 tree -m manifest
is "$(cat manifest | tr '\n' ' ')" 'a/b/uno.c dos.c tres.c ' 'the manifest lists the files'
touch -d '2001-01-01' tree/a/b/uno.c tree/dos.c tree/tres.c manifest
touch tree/ajeno
sed -i 's/^tres$/3/' chapters/01-a.nw
tangle 01 tree -m manifest
is "$(find tree manifest -type f ! -newermt 2002-01-01 | sort | tr '\n' ' ')" 'manifest tree/a/b/uno.c tree/dos.c ' 'what does not change keeps its time'
sed -i '/uno/d' chapters/01-a.nw
printf '../fuera\n/tmp/nada\n' >>manifest
echo >fuera
tangle 01 tree -m manifest
is "$(find tree -mindepth 1 | sort | tr '\n' ' ')" 'tree/ajeno tree/dos.c tree/tres.c ' 'what is gone is deleted with its directories, what is not ours stays'
[ -f fuera ]
result $? 'no manifest makes it leave the tree'
is "$(cat manifest | tr '\n' ' ')" 'dos.c tres.c ' 'and the manifest is the new one'
sed -i 's/<<tres.c>>/<<dos.c.d\/x>>/' chapters/01-a.nw
tangle 01 tree -m manifest
sed -i 's/<<dos.c.d\/x>>/<<dos.c.d>>/' chapters/01-a.nw
tangle 01 tree -m manifest
is "$(cat tree/dos.c.d)" 3 'a directory may become a file'
sed -i 's/<<dos.c.d>>/<<dos.c.d\/y>>/' chapters/01-a.nw
tangle 01 tree -m manifest
is "$(cat tree/dos.c.d/y)" 3 'and a file a directory'

# ---- nothing on error
cp -r tree before
sed -i 's/^3$/<<falta>>/; s/^dos$/otro/' chapters/01-a.nw
stream | nwcheckpoint -c 01 | nwtangle -o tree -m manifest 2>err
is "$?" 1 'a bad chunk is an error'
has "$(cat err)" '^chapters/01-a.nw:4: <<falta>> is used here' 'with its line'
same before tree 'and leaves every file as it was'
tangle 01 tree2 2>err
is "$?$(ls tree2 2>&1 | grep -c cannot)" 11 'nwchunks stops it before'
stream | nwtangle -o tree 2>err
cat >chapters/01-a.nw <<'E1'
<<f.c>>=
<<?x>>
<<x>>=
<<f.c>>
<<+x>>=
E1
stream | nwtangle -o tree 2>err
is "$(cut -d' ' -f1,2 err | tr '\n' ' ')" 'chapters/01-a.nw:2: <<?x>>: chapters/01-a.nw:4: recursion: chapters/01-a.nw:5: <<+x>>: ' 'operators, slots and recursion are refused'
same before tree 'nor then is anything written'
nwtangle -o tree </dev/null 2>err
is "$?" 1 'no file at all is an error'

# ---- the same as noweb's own
no_chapters
chapter 01-a <<'E1'
<<f.c>>=
int a;
  <<?nada>>
  <<x>>
f(<<x>>, b);
	<<y>>
<<?nada>>

fin
<<x>>=
x1
<<?nada>>
x2 <<y>>

<<y>>=
y1
<<?nada>>
<<y>>=
<<?nada>>
y2

y3
<<?nada>>
<<g.c>>=

<<y>>
E1
chapter 02-b <<'E1'
<<^x>>=
x0
<<+y>>=
y4
E1
chapter 03-c <<'E1'
<<nada>>=
n1
n2
E1
for n in 01 02 03; do
	tangle $n tree
	for f in f.c g.c; do
		stream | nwcheckpoint -c $n | nt -t8 -R$f | sed 's/[ \t]*$//' >nt
		sed 's/[ \t]*$//' tree/$f >ours
		same nt ours "nt makes the same $f of checkpoint $n"
	done
done

# nt -L: every line that it says where it is from is there
for n in 01 03; do
	stream | nwcheckpoint -c $n | nt -L -Rf.c |
	awk -v file=chapters/01-a.nw '
		BEGIN { while ((getline line <"chapters/01-a.nw") > 0) src["chapters/01-a.nw", ++k] = line
			k = 0; while ((getline line <"chapters/02-b.nw") > 0) src["chapters/02-b.nw", ++k] = line
			k = 0; while ((getline line <"chapters/03-c.nw") > 0) src["chapters/03-c.nw", ++k] = line }
		/^#line/ { n = $2; f = substr($3, 2, length($3) - 2); next }
		NF && index(src[f, n], $1) != 1 && $1 !~ /^f\(|^,/ && index(src[f, n], "f(") != 1 {
			print f ":" n ": " $0 " is not " src[f, n] }
		{ n++ }' >wrong
	is "$(cat wrong)" '' "nt -L names the right lines, checkpoint $n"
	tangle $n line -L
	awk '	BEGIN { for (i = 1; i <= 3; i++) { f = "chapters/0" i "-" substr("abc", i, 1) ".nw"; k = 0
			while ((getline line <f) > 0) src[f, ++k] = line } }
		/^#line/ { n = $2; f = substr($3, 2, length($3) - 2); next }
		NF { s = $0; sub(/^[ \t]*/, "", s); t = src[f, n]; sub(/^[ \t]*/, "", t)
			if (s !~ /^,/ && substr(s, 1, 2) != substr(t, 1, 2)) print f ":" n ": " $0 " is not " t }
		{ n++ }' line/f.c >wrong
	is "$(cat wrong)" '' "and so does nwtangle -L"
done
finish

#!/bin/sh
# nwmark: how chunks look, and where they say that they go on.
. tangle/tests/tap.sh

mark() {
	stream | nwlang -l es | nwdefs | finduses -noquote | nwmark "$@"
}

# macro NAME ID: what stands below the definition of that anchor
below() {
	awk -v id="$2" -v macro="$1" '
/\\golchunk\{/ { split($0, p, /[{}]+/); here = p[3] == id }
here && match($0, "\\\\" macro "\\{[^}]*(\\\\\\\\\\{[^}]*\\})*") {
	s = substr($0, RSTART)
	sub(/\}\\gol(continued|used|replaced|removed|defines|uses).*/, "", s)
	sub(/}}$/, "", s)
	print s
}' out
}

chapter 01-a <<'E1'
<<f.c>>=
int global;
<<hacer algo_raro con [[a_b]] & 50 %>>
	<<?campos>>
void f(void)
{
	<<cuerpo>>
}
<<cuerpo>>=
	one(global);
	two();	/* if a comment */
	three();
<<hacer algo_raro con [[a_b]] & 50 %>>=
char *s = "\n{}_#$%&~^ if";
<<cuerpo>>=
four();
E1
chapter 02-b <<'E1'
<<campos>>=
int x;
<<+campos>>=
int y;
<<^campos>>=
int w;
<<!cuerpo =000000000000>>=
	one(global);
	<<dos>>
	three();
<<dos>>=
2;
<<-hacer algo_raro con [[a_b]] & 50 % =000000000000>>=
E1
mkdir side
mark -d side >out
id() {
	sed -n "s/.*\\\\golchunk{[a-z]*}{\\([^}]*\\)}.*{chapters.$1}{$2}.*/\\1/p" out
}
f=$(id 01-a.nw 1) body=$(id 01-a.nw 9) odd=$(id 01-a.nw 13)
more=$(id 01-a.nw 15) fields=$(id 02-b.nw 1) app=$(id 02-b.nw 3)
pre=$(id 02-b.nw 5) rep=$(id 02-b.nw 7) gone=$(id 02-b.nw 13)

is "$(sed -n 's/.*\\golchunk{\([a-z]*\)}.*/\1/p' out | tr '\n' ' ')" \
	'new new new more new app pre rep new del ' 'the sign of each definition'
is "$(below golcontinued "$body")" "\\golcontinued{\\\\{$more}" 'continued'
is "$(below golcontinued "$fields")" \
	"\\golcontinued{\\\\{$app}\\\\{$pre}" 'continued by + and ^'
is "$(below golreplaced "$body") $(below golreplaced "$more")" \
	"\\golreplaced{\\\\{$rep} \\golreplaced{\\\\{$rep}" \
	'every piece says where it is replaced'
is "$(below golremoved "$odd")" "\\golremoved{\\\\{$gone}" 'removed'
is "$(below golused "$body")" "\\golused{\\\\{$f}" 'used'
has "$(cat out)" '^@literal \\golxrefs\{.*\\golfile\{\}.*\\goldefines\{\\golid\{global\}\{\\\\\{'"$body" \
	'a file, and what it defines'
has "$(cat out)" '\\goluses\{\\golid\{global\}\{\\\\\{'"$f"'\}\}\}' 'what a chunk uses'
has "$(cat out)" '^@literal \\golslot\{'"$fields"'\}\{campos\}$' 'a slot'
has "$(cat out)" '\\goluse\{'"$odd"'\}\{hacer\\golsp\{\}algo\\_\{\}raro\\golsp\{\}con\\golsp\{\}\{\\Tt\{\}a\\_\{\}b\}\\golsp\{\}\\&\{\}\\golsp\{\}50\\golsp\{\}\\%\{\}\}' \
	'a name with what TeX takes for itself'

# The replacement: one stays, two went, a use came, three stays, four went.
sed -n "/golchunk{rep}/,/^@end/p" out | sed 's/^@literal //' >rep
is "$(grep -c '^\\golin' rep) $(grep -c '^\\golout' rep)" '1 2' \
	'lines that came, lines that went'
has "$(cat rep)" '^\\golout\{(\\goltt\{\}){8}\}\{two\(\);\\goltt' \
	'a line that went keeps its indent'
is "$(sed -n "/golchunk{del}/,/^@end/p" out | grep -c golout)" 1 \
	'what is removed is shown, struck'

has "$(cat out)" '^@literal \{\\golcb\{\}$' 'a comment'
is "$(grep -c '^@literal {.golkb' out)" 0 \
	'no keyword inside of a comment or of a string'
has "$(cat out)" '^@text         two\(\);  *$' 'tabs are blanks'
is "$(sed -n 's/^\\golcambio{\([a-z]*\)}.*/\1/p' side/fragmentos-02.tex |
	tr '\n' ' ')" 'rep del ' 'the changes of a chapter'
is "$(wc -c <side/fragmentos-01.tex)" 0 'none in the first'
is "$(grep -c golentry side/fragmentos.tex)" 5 'the list of chunks'
has "$(cat side/identificadores.tex)" '^\\golindexentry\{global\}' \
	'the index of identifiers'
finish

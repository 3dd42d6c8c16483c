#!/bin/sh
# diff2tex.awk: what the book prints of a diff.
. tangle/tests/tap.sh

mkdir -p old new
seq 1 20 > "old/long"
{ seq 1 5; seq 101 112; seq 6 20; } > "new/long"
printf 'a\nb\nc\n' > "old/short"
printf 'a\nB\nc\n' > "new/short"
printf 'x\ny\n' > "new/added"
diff -rN -U1 old new |
	awk -v old=old -v new=new -f "$root/tangle/weave/diff2tex.awk" > tex

has() {
	grep -qF -e "$1" tex
	result $? "$2"
}
has '\golarchivo{added}{n}{2}{2}{0}' 'a new file is in the table'
has '\golarchivo{short}{m}{3}{1}{1}' 'and one that changed'
! grep -qF 'goldiffplus{x}' tex
result $? 'a new file is not printed'
has '\goldiffminus{b}' 'a line that went'
has '\goldiffplus{B}' 'and the one that came'
has '\goldiffplus{103}' 'the beginning of a long run'
has '\goldiffmore{9}' 'and how many more there are'
! grep -qF 'goldiffplus{104}' tex
result $? 'the rest of it is not printed'
has '\goldiffsame{6}' 'what follows it is'
finish

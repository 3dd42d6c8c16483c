#!/bin/sh
# texcheck: what of TeX's log is an error, and where it comes from.
. tangle/tests/tap.sh

texcheck="sh $root/tangle/weave/texcheck"
cat >b.tex <<'E1'
% book.nw:1% ===> this file was generated
\documentclass{book}
\nwbegindocs{1}% chapters/01-a.nw:10
one
two
\nwbegincode{2}\golchunk{new}{a-1}{a-1}{x}{chapters/01-a.nw}{20}
code
E1

# log TEXT: the messages for it, and whether it failed
log() {
	printf '%s\n' "$1" >b.log
	$texcheck b.log b.tex 2>&1 && echo passed
}

is "$(log 'This is XeTeX
Overfull \hbox (1.9pt too wide) in paragraph at lines 4--5
Underfull \vbox')" passed 'nothing to say of small things'
has "$(log 'Overfull \hbox (12.5pt too wide) in paragraph at lines 4--5
[]\TU/x some words')" '^chapters/01-a.nw:11: Overfull .hbox by 12.5 pt' \
	'a box that is too full, in prose'
has "$(log 'Overfull \hbox (12.5pt too wide) in paragraph at lines 7--8')" \
	'^chapters/01-a.nw:21: Overfull' 'in code'
has "$(log 'Overfull \hbox (9pt too wide) in paragraph at lines 1--7')" \
	'^chapters/01-a.nw:21: Overfull' 'in a figure: where the figure is'
has "$(log 'Overfull \vbox (3pt too high) has occurred while \output is active')" \
	'^b.log:1: Overfull .vbox' 'a page'
has "$(log 'Missing character: There is no X (U+0058) in font F!')" \
	'a font lacks a character' 'a missing glyph'
has "$(log "LaTeX Warning: Reference \`x' on page 1 undefined on input line 5.")" \
	"^chapters/01-a.nw:12: Reference .x' is undefined" 'an undefined reference'
has "$(log "LaTeX Warning: Citation \`x' on page 1 undefined on input line 5.")" \
	"^chapters/01-a.nw:12: Citation .x' is undefined" 'an undefined citation'
has "$(log "LaTeX Warning: Label \`x' multiply defined.")" \
	'multiply defined' 'a label twice'
has "$(log 'LaTeX Warning: Label(s) may have changed. Rerun to get them right.')" \
	'may have changed' 'a pass that is wanted'
has "$(log "Package golondrina Warning: missing console \`c' on input line 4.")" \
	"^chapters/01-a.nw:11: missing console .c'" 'a console that is not there'
has "$(log './b.tex:5: Undefined control sequence.')" \
	'^chapters/01-a.nw:12: Undefined control sequence' 'an error'
finish

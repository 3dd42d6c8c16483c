# glossary.awk -- a line of chapters/glossary.tsv (English TAB español TAB 中文)
# as a row of the table that \glosario reads, after a TAB and the word it is
# to be sorted by. awk -F '\t' -f glossary.awk -v lang=es|zh
function escape(s) {
	gsub(/[&%#_$]/, "\\\\&", s)
	while (match(s, /\*[^*]+\*/))
		s = substr(s, 1, RSTART - 1) "\\emph{" \
			substr(s, RSTART + 1, RLENGTH - 2) "}" \
			substr(s, RSTART + RLENGTH)
	return s
}
# The letters of Spanish without their marks.
function plain(s) {
	s = tolower(s)
	gsub(/á|Á/, "a", s)
	gsub(/é|É/, "e", s)
	gsub(/í|Í/, "i", s)
	gsub(/ó|Ó/, "o", s)
	gsub(/ú|Ú|ü|Ü/, "u", s)
	gsub(/ñ|Ñ/, "n~", s)
	return s
}
/^#/ || /^[ \t]*$/ {
	next
}
NF != 3 {
	print FILENAME ":" FNR ": " NF " columns; expected English, español, " \
		"中文" > "/dev/stderr"
	bad = 1
	next
}
{
	printf "%s\t\\goltermino{%s}{%s}{%s}\n", \
		lang == "es" ? plain($2) : $3, escape($1), escape($2), escape($3)
}
END {
	exit bad
}

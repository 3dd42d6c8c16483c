# diff2tex.awk -- from `diff -rN -U1 old new' to the changes that the book
# prints: a table of the files, then only the hunks that touch old lines.
# -v old=DIR -v new=DIR
function escape(s) {
	gsub(/\\/, "\001", s)
	gsub(/[{}]/, "\\\\&", s)
	gsub(/[$&#_%]/, "\\\\&", s)
	gsub(/~/, "\\textasciitilde{}", s)
	gsub(/\^/, "\\textasciicircum{}", s)
	gsub(/`/, "\\textasciigrave{}", s)
	gsub(/\001/, "\\textbackslash{}", s)
	gsub(/ /, "\\goltt{}", s)
	return s
}
# Tabs as blanks to every eighth column.
function untab(s,	out, i, c) {
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		if (c != "\t")
			out = out c
		else
			do
				out = out " "
			while (length(out) % 8)
	}
	return out
}
function lines_of(path,	n, s) {
	while ((getline s < path) > 0)
		n++
	close(path)
	return n + 0
}
function end_hunk() {
	if (minus_here && kind == "m")
		hunks[nfiles] = hunks[nfiles] hunk
	hunk = ""
	minus_here = 0
}
function end_file() {
	end_hunk()
	if (name != "") {
		names[nfiles] = name
		kinds[nfiles] = kind
		pluses[nfiles] = plus
		minuses[nfiles] = minus
	}
	name = ""
}
/^diff -/ {
	end_file()
	in_head = 1
	next
}
in_head && /^--- / {
	next
}
in_head && /^\+\+\+ / {
	nfiles++
	name = $2
	sub("^" new "/", "", name)
	plus = minus = 0
	in_head = 0
	next
}
/^@@ / {
	end_hunk()
	if ($2 == "-0,0")
		kind = "n"
	else if ($3 == "+0,0")
		kind = "d"
	else
		kind = "m"
	hunk = "\\goldiffhunk{" escape($1 " " $2 " " $3 " " $4) "}\n"
	next
}
/^\+/ {
	plus++
	hunk = hunk "\\goldiffplus{" escape(untab(substr($0, 2))) "}\n"
	next
}
/^-/ {
	minus++
	minus_here = 1
	hunk = hunk "\\goldiffminus{" escape(untab(substr($0, 2))) "}\n"
	next
}
/^ / {
	hunk = hunk "\\goldiffsame{" escape(untab(substr($0, 2))) "}\n"
}
END {
	end_file()
	if (nfiles)
		print "\\begin{golarchivos}"
	for (i = 1; i <= nfiles; i++)
		printf "\\golarchivo{%s}{%s}{%d}{%d}{%d}\n", escape(names[i]),
			kinds[i], lines_of(new "/" names[i]), pluses[i], minuses[i]
	if (nfiles)
		print "\\end{golarchivos}"
	for (i = 1; i <= nfiles; i++)
		if (hunks[i] != "")
			printf "\\goldifffile{%s}\n%s", escape(names[i]), hunks[i]
}

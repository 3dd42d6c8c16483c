# diff2tex.awk -- from `diff -rN -U1 old new' to the changes that the book
# prints: a table of the files, then the hunks of those that there were
# before. A long run of new lines is cut short, as the chapter shows them all,
# unless old lines go in the same hunk. -v old=DIR -v new=DIR
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
function end_hunk(	i, run, text) {
	for (i = 1; i <= nlines; i++) {
		text = text line[i]
		run = line[i] ~ /^.goldiffplus/ ? run + 1 : 0
		if (run != 3 || minus_here)
			continue
		while (line[i + run - 2] ~ /^.goldiffplus/)
			run++
		if (run > 6) {
			text = text "\\goldiffmore{" run - 3 "}\n"
			i += run - 3
		}
		run = 0
	}
	if (kind == "m")
		hunks[nfiles] = hunks[nfiles] text
	nlines = 0
	minus_here = 0
}
function add(what, s) {
	line[++nlines] = "\\goldiff" what "{" escape(s) "}\n"
	line[nlines + 1] = ""
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
	add("hunk", $1 " " $2 " " $3 " " $4)
	next
}
/^\+/ {
	plus++
	add("plus", untab(substr($0, 2)))
	next
}
/^-/ {
	minus++
	minus_here = 1
	add("minus", untab(substr($0, 2)))
	next
}
/^ / {
	add("same", untab(substr($0, 2)))
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

# The page of each hole: the first file has chunk and file:line, the second is
# the book as TeX reads it, with each chunk's label and place, the third the
# pages of labels.
FILENAME == ARGV[1] {
	split($0, field, "\t")
	place[++n] = field[2]
	next
}
FILENAME == ARGV[2] {
	if (match($0, /\\golchunk\{[^{}]*\}\{[^{}]*\}/)) {
		split(substr($0, RSTART, RLENGTH), label, /[{}]+/)
		if (match($0, /\{[^{}]*\}\{[0-9]+\}$/)) {
			split(substr($0, RSTART + 1), at, /[{}]+/)
			of[at[1] ":" at[2]] = label[3]
		}
	}
	next
}
/^\\newsublabel\{/ {
	split($0, part, /[{}]+/)
	page[part[2]] = part[3]
}

END {
	for (i = 1; i <= n; i++) {
		if (!(of[place[i]] in page)) {
			print "pages: " place[i] ": not in the book" > \
				"/dev/stderr"
			bad = 1
		}
		print page[of[place[i]]]
	}
	exit bad
}

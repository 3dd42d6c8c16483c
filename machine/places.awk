# The place of a chunk that is defined on a line of a chapter: its name, the
# chapter's number, the section's, both titles and both pages. The first file
# has the pages: chunk, Spanish, Chinese.

# What is between the braces of \section{...}, without TeX's marks
function title(s)
{
	sub(/^\\(section|chapter)\{/, "", s)
	sub(/\}(\\label\{[^}]*\})?[ \t]*$/, "", s)
	gsub(/\[\[|\]\]|\\emph|[{}\\]/, "", s)
	return s
}

FILENAME == pages {
	split($0, field, "\t")
	es[field[1]] = field[2]
	zh[field[1]] = field[3]
	next
}
/^@ %es / { lang = "es" }
/^@ %zh / { lang = "zh" }
FNR >= line { exit }
/^\\chapter\{/ { name[lang] = title($0) }
/^\\section\{/ {
	count[lang]++
	name[lang] = title($0)
}

END {
	split(FILENAME, part, /[\/-]/)
	printf "%s\t%s\t%d.%d\t%s\t%s\t%s\t%s\n", chunk, part[2], part[2],
		count["es"], name["es"], name["zh"],
		chunk in es ? es[chunk] : "-", chunk in zh ? zh[chunk] : "-"
}

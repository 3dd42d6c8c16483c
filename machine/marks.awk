# The marks of a class, as CSV or as a page: of OUT, format, and (page) lab. The
# first file is the lab's manifest, the second has a student a line; the marks
# of each are the first lines of OUT/done/STUDENT: test, points, of, what.

function read_marks(student,	file, line, field, over)
{
	file = out "/done/" student
	while ((getline line < file) > 0) {
		if (line == "-- marked")
			marked[student] = 1
		over = over || line == ""
		if (over || split(line, field, "\t") != 4)
			continue
		won[student, field[1]] = field[2] + 0
		total[student] += field[2]
	}
	close(file)
}

function quoted(s)
{
	gsub(/"/, "\"\"", s)
	return "\"" s "\""
}

# A cell that a spreadsheet would take for a formula begins with a quote.
function cell(s)
{
	return quoted(s ~ /^[=+@-]/ ? "'" s : s)
}

function escaped(s)
{
	gsub(/&/, "\\&amp;", s)
	gsub(/</, "\\&lt;", s)
	gsub(/>/, "\\&gt;", s)
	gsub(/"/, "\\&quot;", s)
	return s
}

function csv(	i, j, line)
{
	line = "\"student\""
	for (j = 1; j <= ntests; j++)
		line = line "," quoted(test[j])
	print line ",\"total\""
	for (i = 1; i <= nstudents; i++) {
		line = cell(student[i])
		for (j = 1; j <= ntests; j++)
			line = line "," (marked[student[i]] ? \
				won[student[i], test[j]] + 0 : "")
		print line "," (marked[student[i]] ? \
			total[student[i]] + 0 : "")
	}
}

# How many have all the points of test j
function passed(j,	i, n)
{
	for (i = 1; i <= nstudents; i++)
		n += won[student[i], test[j]] == of[j]
	return n + 0
}

function bar(x, y, width, height, class)
{
	printf "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" ",
		class, x, y, width
	printf "height=\"%.1f\"/>\n", height
}

function label(x, y, anchor, text)
{
	printf "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x,
		y, anchor, escaped(text)
}

# A bar a test: who has passed it
function plot_tests(	j, n)
{
	printf "<svg viewBox=\"0 0 640 %d\">\n", ntests * 24 + 8
	for (j = 1; j <= ntests; j++) {
		n = passed(j)
		label(190, j * 24 - 6, "end", test[j] " (" of[j] ")")
		bar(200, j * 24 - 20, 340, 18, "all")
		bar(200, j * 24 - 20, nmarked ? 340 * n / nmarked : 0, 18, "in")
		label(548, j * 24 - 6, "start", n " of " nmarked)
	}
	print "</svg>"
}

# How many have from 0 to 9 percent, from 10 to 19, …, all
function plot_totals(	i, bin, most, b)
{
	for (i = 1; i <= nstudents; i++)
		if (marked[student[i]]) {
			bin = int(10 * total[student[i]] / points)
			if (++count[bin] > most)
				most = count[bin]
		}
	print "<svg viewBox=\"0 0 640 220\">"
	for (b = 0; b <= 10; b++) {
		bar(30 + b * 54, 190 - (most ? 160 * count[b] / most : 0), 46,
			most ? 160 * count[b] / most : 0, "in")
		label(53 + b * 54, 206, "middle", b * 10 "%")
		if (count[b])
			label(53 + b * 54, 184 - 160 * count[b] / most,
				"middle", count[b])
	}
	print "</svg>"
}

function table(	i, j)
{
	print "<table><tr><th>student</th>"
	for (j = 1; j <= ntests; j++)
		printf "<th title=\"%s\">%s</th>", escaped(what[j]), test[j]
	print "<th>total</th></tr>"
	for (i = 1; i <= nstudents; i++) {
		printf "<tr><td>%s</td>", escaped(student[i])
		for (j = 1; j <= ntests; j++)
			printf "<td class=\"n\">%s</td>", marked[student[i]] ? \
				won[student[i], test[j]] + 0 : ""
		printf "<td class=\"n\">%s</td></tr>\n", marked[student[i]] ? \
			total[student[i]] + 0 : "not marked"
	}
	print "</table>"
}

function page()
{
	print "<!DOCTYPE html>\n<html lang=\"en\"><meta charset=\"utf-8\">"
	print "<title>Lab " lab "</title>\n<style>"
	print "body { font: 16px/1.4 sans-serif; max-width: 50em; margin: auto }"
	print "svg { width: 100%; font-size: 14px } .all { fill: #e4e4e4 }"
	print ".in { fill: #3a6ea5 } table { border-collapse: collapse }"
	print "td, th { border-bottom: 1px solid #ccc; padding: 2px 8px }"
	print ".n { text-align: right }\n</style>"
	print "<h1>Lab " lab "</h1>"
	printf "<p>%d students, %d marked, %d points in all.</p>\n", nstudents,
		nmarked, points
	print "<h2>Who passes each test</h2>"
	plot_tests()
	print "<h2>Totals</h2>"
	plot_totals()
	print "<h2>Each student</h2>"
	table()
	print "</html>"
}

FNR == NR && /^test / {
	test[++ntests] = $2
	of[ntests] = $3
	points += $3
	what[ntests] = $0
	sub(/^test [^ ]+ [0-9]+ /, "", what[ntests])
}
FNR != NR {
	student[++nstudents] = $0
	read_marks($0)
	nmarked += marked[$0]
}

END {
	if (format == "csv")
		csv()
	else
		page()
}

# The report of a lab: text, TAP or JSON, out of grade's table of points and of
# the TAP of each test, DIR/NAME.tap. Exits with 1 unless all points are won.

# What is wrong: each "not ok", what was expected, and the end of the console.
function failures(name, list,	file, line, n, console, tail, i)
{
	file = dir "/" name ".tap"
	n = tail = 0
	while ((getline line < file) > 0) {
		gsub(/[\001-\010\013-\037\177]/, "?", line)
		if (sub(/^not ok ([0-9]+ )?- /, "", line)) {
			n = keep(list, n, console, tail)
			tail = 0
			list[++n] = "failed: " line
		} else if (sub(/^# expected: /, "", line))
			list[++n] = "expected: " line
		else if (line ~ /STACK 0x|<bochs:|^#   (---|\+\+\+) /)
			continue	# what an emulator or diff says
		else if (line ~ /^#   / && n)
			console[++tail] = substr(line, 5)
		else if (line ~ /^ok /) {
			n = keep(list, n, console, tail)
			tail = 0
		}
	}
	close(file)
	return keep(list, n, console, tail)
}

# The last lines that came after a failure, and before them which hole it was
function keep(list, n, console, tail,	i)
{
	for (i = 1; i <= tail - LINES; i++)
		if (console[i] ~ /HOLE [0-9]/)
			list[++n] = "| " console[i]
	for (i = tail > LINES ? tail - LINES + 1 : 1; i <= tail; i++)
		list[++n] = "| " console[i]
	return n
}

function quoted(s)
{
	gsub(/\\/, "\\\\", s)
	gsub(/"/, "\\\"", s)
	gsub(/\t/, "\\t", s)
	return "\"" s "\""
}

function text_line(	n, list, i)
{
	printf "  %s  %-16s %3d of %3d  %s\n", $2 == $3 ? "ok    " : "FAILED",
		$1, $2, $3, $4
	if ($2 == $3)
		return
	n = failures($1, list)
	for (i = 1; i <= n; i++)
		print "            " list[i]
}

function tap_line(	n, list, i)
{
	printf "%sok %d - %s: %s (%d of %d)\n", ($2 == $3 ? "" : "not "), NR, $1,
		$4, $2, $3
	n = $2 == $3 ? 0 : failures($1, list)
	for (i = 1; i <= n; i++)
		print "# " list[i]
}

function json_line(	n, list, i)
{
	printf "%s\n  {\"name\": %s, \"points\": %d, \"of\": %d, \"what\": %s, ",
		(NR > 1 ? "," : ""), quoted($1), $2, $3, quoted($4)
	printf "\"said\": ["
	n = $2 == $3 ? 0 : failures($1, list)
	for (i = 1; i <= n; i++)
		printf "%s%s", (i > 1 ? ", " : ""), quoted(list[i])
	printf "]}"
}

BEGIN {
	LINES = 12
	if (format == "text")
		printf "Lab %s: %s / %s  (nonce %s)\n\n", lab, es, zh, nonce
	else if (format == "json")
		printf "{\"lab\": %s, \"nonce\": %s, \"tests\": [", quoted(lab),
			quoted(nonce)
}

{
	won += $2
	all += $3
	if (format == "text")
		text_line()
	else if (format == "tap")
		tap_line()
	else
		json_line()
}

END {
	if (format == "text")
		printf "\n%d of %d points\n", won, all
	else if (format == "tap")
		printf "1..%d\n# %d of %d points\n", NR, won, all
	else
		printf "\n], \"points\": %d, \"of\": %d}\n", won, all
	exit won < all
}

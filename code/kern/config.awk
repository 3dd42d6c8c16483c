# awk -v form=make|header -f kern/config.awk Kconfig .config: the options for
# the Makefile (CONFIG_X = y) or for C (#define CONFIG_X 1). What .config does
# not say is as Kconfig has it; what Kconfig does not allow is an error.
# Of its language, as much as is used here: bool, int and def_bool, range,
# default, depends on and if, of symbols that stand before, with && and !.

function fail(where, what)
{
	print where ": " what > "/dev/stderr"
	bad = 1
	exit 1
}
function here()
{
	return FILENAME ":" FNR
}
# The first of these conditions that is not so, or nothing.
function unmet(conditions,	n, i, word, name, isnt)
{
	n = split(conditions, word, / *&& */)
	for (i = 1; i <= n; i++) {
		name = word[i]
		isnt = sub(/^! */, "", name)
		if (!(name in type))
			fail(where[current], name ": no such symbol before it")
		if ((value[name] == "y") == isnt)
			return word[i]
	}
	return ""
}
function both(a, b)
{
	return a == "" ? b : b == "" ? a : a " && " b
}

FNR == 1 { file++ }

# Kconfig. A help text is what stands deeper than the word.
file == 1 && in_help && (NF == 0 || /^\t  /) { next }
file == 1 { in_help = 0 }
file == 1 && (NF == 0 || /^#/) { next }
file == 1 && $1 ~ /^(mainmenu|comment)$/ { current = ""; next }
file == 1 && $1 == "if" {
	outer = substr($0, index($0, $2))
	next
}
file == 1 && $1 == "endif" { outer = ""; next }
file == 1 && $1 == "config" {
	current = $2
	if (current in where)
		fail(here(), current ": stands at " where[current] " already")
	where[current] = here()
	needs[current] = outer
	symbol[++nsymbols] = current
	next
}
file == 1 && $1 ~ /^(bool|int)$/ {
	type[current] = $1
	prompt[current] = NF > 1
	next
}
file == 1 && $1 == "def_bool" {
	type[current] = "bool"
	preset[current] = $2
	next
}
file == 1 && $1 == "default" { preset[current] = $2; next }
file == 1 && $1 == "range" {
	lowest[current] = $2
	highest[current] = $3
	next
}
file == 1 && $1 == "depends" {
	if (current != "")
		needs[current] = both(needs[current],
				     substr($0, index($0, $3)))
	next
}
file == 1 && $1 == "help" { in_help = 1; next }
file == 1 { fail(here(), $1 ": not a word of Kconfig that is known here") }

# .config
/^# CONFIG_[A-Za-z0-9_]+ is not set$/ { set(substr($2, 8), "n"); next }
NF == 0 || /^#/ { next }
/^CONFIG_[A-Za-z0-9_]+=/ {
	n = index($0, "=")
	set(substr($0, 8, n - 8), substr($0, n + 1))
	next
}
{ fail(here(), "expected CONFIG_NAME=value") }

function set(name, to)
{
	if (!(name in where))
		fail(here(), "CONFIG_" name ": Kconfig has no such option")
	if (name in line)
		fail(here(), "CONFIG_" name ": is on line " line[name] " too")
	if (type[name] == "bool" && to !~ /^[yn]$/)
		fail(here(), "CONFIG_" name "=" to ": expected y or n")
	if (type[name] == "int" && to !~ /^-?[0-9]+$/)
		fail(here(), "CONFIG_" name "=" to ": expected a number")
	if (name in lowest &&
	    (to + 0 < lowest[name] || to + 0 > highest[name]))
		fail(here(), "CONFIG_" name "=" to ": expected " lowest[name] \
		     " to " highest[name])
	line[name] = FNR
	given[name] = to
	config = FILENAME
}

function decide(name,	lack, at)
{
	lack = unmet(needs[name])
	value[name] = lack != "" ? "n" : name in preset ? preset[name] : "n"
	if (!(name in given))
		return
	at = config ":" line[name]
	if (lack == "" && prompt[name])
		value[name] = given[name]
	else if (given[name] != value[name] && lack ~ /^CHAPTER_/)
		fail(at, "CONFIG_" name ": comes with chapter " substr(lack, 9))
	else if (given[name] != value[name] && lack != "")
		fail(at, "CONFIG_" name ": needs CONFIG_" lack)
	else if (given[name] != value[name])
		fail(at, "CONFIG_" name ": is not for you to choose")
}

END {
	if (bad)
		exit 1
	for (i = 1; i <= nsymbols; i++) {
		current = symbol[i]
		decide(current)
		if (bad)
			exit 1
		if (current ~ /^CHAPTER_/ || value[current] == "n")
			continue
		v = value[current]
		if (form == "make")
			printf "CONFIG_%s = %s\n", current, v
		else
			printf "#define CONFIG_%s %s\n", current,
				v == "y" ? 1 : v
	}
}

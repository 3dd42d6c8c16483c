# hpc/flight.tbl as C: for each machine, its states, its events, and the table
# [state][event] of what is done and what follows.
function fail(what)
{
	print FILENAME ":" FNR ": " what > "/dev/stderr"
	bad = 1
	exit 1
}
function known(list, name)
{
	if (!((machine, list, name) in number)) {
		number[machine, list, name] = size[machine, list]++
		order[machine, list, number[machine, list, name]] = name
	}
	return number[machine, list, name]
}
function enumeration(m, list, prefix,    i)
{
	printf "enum %s_%s {\n", m, list
	for (i = 0; i < size[m, list]; i++)
		printf "\t%s_%s,\n", prefix, toupper(order[m, list, i])
	printf "\tN%s_%s,\n};\n\n", toupper(m), toupper(list)
}
function names(m,    i)
{
	printf "static const char *const %s_state_names[] = {\n", m
	for (i = 0; i < size[m, "state"]; i++)
		printf "\t\"%s\",\n", order[m, "state", i]
	print "};\n"
}
/^#/ || NF == 0 { next }
$1 == "machine" && NF == 2 { machine = $2; machines[++nmachines] = $2; next }
NF != 4 || machine == "" { fail("expected: state event action next") }
(machine, $1, $2) in seen { fail($1 " " $2 " stands twice") }
{
	seen[machine, $1, $2] = 1
	known("state", $1)
	known("event", $2)
	steps[machine, ++nsteps[machine]] = $0
	action[machine, $3] = 1
}
END {
	if (bad)
		exit 1
	print "/* made from hpc/flight.tbl */"
	for (k = 1; k <= nmachines; k++) {
		m = machine = machines[k]
		for (i = 1; i <= nsteps[m]; i++) {
			split(steps[m, i], f)
			if (!((m, "state", f[4]) in number))
				known("state", f[4])
		}
		M = toupper(m)
		if (form == "states") {
			enumeration(m, "state", M)
			enumeration(m, "event", M "_EV")
			continue
		}
		if (m != form)
			continue
		names(m)
		for (i = 1; i <= nsteps[m]; i++) {
			split(steps[m, i], f)
			if (!declared[f[3]]++)
				printf "static void %s(struct task *t);\n", f[3]
		}
		printf "\nstatic const struct flight_step\n"
		printf "%s_steps[N%s_STATE][N%s_EVENT] = {\n", m, M, M
		for (i = 1; i <= nsteps[m]; i++) {
			split(steps[m, i], f)
			printf "\t[%s_%s][%s_EV_%s] =\n\t\t{ %s, %s_%s },\n",
				M, toupper(f[1]), M, toupper(f[2]), f[3], M,
				toupper(f[4])
		}
		print "};"
	}
}

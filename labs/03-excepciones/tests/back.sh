depth=$((NONCE % 15 + 3))
steps=$((NONCE % 7 + 2))
orders='backtrace\n'
for i in $(seq $steps); do
	orders="${orders}step\n"
done
typed steps "${orders}continue\n" \
	-a "test=lab lab=deep what=b depth=$depth n=$NONCE"
powered_off
expect "^lab: $((NONCE + 10 + depth))\$" 'the computation goes on to its end'
[ "$(grep -ac '^  eip .* lab_steps+0x' "$last.console")" = $((steps + 2)) ]
verdict $? 'one stop a step, and one that the backtrace says' \
	"$((steps + 2)) lines that begin with eip"
expect "^  eip  0x[0-9a-f]+  lab_steps\\+0x$(printf %x $((5 + steps)))( |\$)" \
	'a step is one instruction'
[ "$(grep -ac '^  ebp .* lab_dive+0x' "$last.console")" = $((depth - 1)) ]
verdict $? 'the calls that led to the breakpoint' "$((depth - 1)) of lab_dive"

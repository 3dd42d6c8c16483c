n=$((NONCE * 3 + 7))
a=$((NONCE % 7 + 8))		# wider than the number
b=$((NONCE % 5 + 9))
i1="[%${a}d] [%-${a}d] [%0${a}d] [%+${b}d] [% ${a}u]"
i2="[%.${b}d] [%${b}.${a}d] [%-$((a + b)).${a}d] [%0$((a + b)).${a}d]"
i3="[%#x] [%#0${a}x] [%#${a}X] [%#.${b}x] [%-#${a}x] [%-0${a}d]"
i4="[%#o] [%#0${a}o] [%#.${b}o] [%#${a}o] [%2d] [%+.2d]"
j1="[%${a}d] [%-${a}d] [%0${a}d] [%+${b}d] [%0$((a + b)).${a}d]"
z1="[%${a}d] [%0${a}x] [%.0d] [%${a}.0d] [%#x] [%#o]"
z2="[%+.0d] [%#.0o] [%-${a}d] [%+d] [%.${b}o] [%#.2o]"
boot width -a "test=lab int=$n i1=\"$i1\" i2=\"$i2\" i3=\"$i3\" i4=\"$i4\" \
j1=\"$j1\" z1=\"$z1\" z2=\"$z2\""
powered_off
grep -a '^lab: ' "$last.console" > "$last.lines"
for line in "$i1 $n" "$i2 $n" "$i3 $n" "$i4 $n" "$j1 -$n" "$z1 0" "$z2 0"; do
	v=${line##* }
	printf "lab: ${line% *}\n" $v $v $v $v $v $v |
		head -n 1
done > "$last.want"
same "$last.want" "$last.lines" 'as printf writes them'

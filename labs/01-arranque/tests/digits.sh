n=$(((NONCE + 1) * 32749))
i1='[%d] [%u] [%i]' i2='[%x] [%X] [%o]' j1='[%d] [%i]' z1='[%d] [%x] [%o]'
boot digits -a "test=lab int=$n i1=\"$i1\" i2=\"$i2\" j1=\"$j1\" z1=\"$z1\""
powered_off
grep -a '^lab: ' "$last.console" > "$last.lines"
printf "lab: $i1\nlab: $i2\nlab: $j1\nlab: $z1\n" $n $n $n $n $n $n -$n -$n \
	0 0 0 > "$last.want"
same "$last.want" "$last.lines" 'as printf writes them'

n=$(((NONCE + 1) * 140737488355327 - NONCE))
w1='[%lld] [%llu] [%lli]' w2='[%llx] [%llX] [%llo]' v1='[%lld] [%llu] [%llx]'
boot wide -a "test=lab wide=$n w1=\"$w1\" w2=\"$w2\" v1=\"$v1\""
powered_off
grep -a '^lab: ' "$last.console" > "$last.lines"
for line in "$w1 $n" "$w2 $n" "$v1 -$n"; do
	v=${line##* }
	printf "lab: $(printf %s "${line% *}" | sed 's/ll//g')\n" $v $v $v
done > "$last.want"
same "$last.want" "$last.lines" 'as printf writes them'

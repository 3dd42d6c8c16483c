boot replace -c 2 -b 150 -a "quiet prog=labtest args=\"replace $NONCE\""
powered_off
expect '^replace: written in the old one: 0 times$' 'nobody writes in the old one'
expect "^replace: in the new one it counts from $NONCE\$" 'but in the new one'
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

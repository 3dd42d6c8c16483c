boot codes -b 200 -a "quiet prog=labtest args=\"codes $NONCE\""
powered_off
expect '^codes: alive 0$' 'WNOHANG does not wait'
expect '^codes: a stranger -10$' 'nobody waits for who is not its child'
expect '^codes: options -22$' 'options that do not exist'
expect '^codes: rusage -22$' 'what it does not give'
expect '^codes: division 8$' 'a division by zero is signal 8'
expect '^codes: nowhere -14$' 'a status that cannot be written'
expect "^codes: child 1 $((NONCE % 200 + 1))\$" 'and can be asked for again'
expect '^codes: again -10$' 'but only once'
record '^@idle pages=([0-9]+) of \1 envs=([0-9]+) of \2$' 'all comes back'

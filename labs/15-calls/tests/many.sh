. lab/flown
words=' throw=7 every=1'
flown many 3 -b 250

# grown PLACE: what it ends with
grown()
{
	if [ "$1" -ge 8 ]; then
		echo $(((NONCE + $1) % 97))
	else
		echo $((($(grown $((2 * $1))) + $(grown $((2 * $1 + 1)))) % 251))
	fi
}
node 1
expect "^many: $NONCE, $(grown 1)\$" 'the sum of the leaves'
refuse '^many: [0-9]*: status' 'everybody ends by himself'
record '^@away ' 'some were away'
all_back 1 2 3

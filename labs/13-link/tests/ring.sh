boot ring -m 16 -b 1000 -a "test=lab nonce=$NONCE"
powered_off
expect '^ne2000: ([0-9]+) of \1 situations right$' 'the driver, on a model'
sum=0 i=1
while [ $i -le 200 ]; do
	if [ $((i % 10)) != 0 ]; then
		len=$((60 + (NONCE + i * i * 7) % 1455))
		sum=$(((sum * 3 + (NONCE + i) % 256 * len +
			(NONCE / 256 + i) % 256) % 4294967296))
	fi
	i=$((i + 1))
done
expect "^lab: 180 frames, 20 errors, sum $sum\$" \
	'180 frames as they came, 20 that cannot be'

boot load -b 300 -a "test=load nonce=$NONCE"
powered_off
expect "$(awk -v n="$NONCE" '
function add(va, filesz, memsz,	i)
{
	for (i = 0; i < filesz; i++)
		sum += (i * 7 + va) % 251 * ((va + i) % 1009 + 1)
	return int((va + memsz + 4095) / 4096) - int(va / 4096)
}
BEGIN {
	a = add(8388608 + n % 4000, 3000 + n % 1000, 3000 + n % 1000)
	b = add(10485760 + n * 3 % 4096, 5000 + n % 2000, 11000 + n % 2000)
	printf "^load: %d pages, %d writable, sum %.0f, entry %08x$", a + b, b,
		sum % 4294967296, 8388608 + n % 4000 + n % 3000
}')" 'each page as the file says'
record '^@idle pages=([0-9]+) of \1 envs=1024 of 1024$' 'all comes back'

# gen.awk - a book for measuring: 27 chapters, about 15,000 lines.
# awk -v chapters=27 -v dir=chapters -f gen.awk

function open(c)
{
	out = sprintf("%s/%02d-gen.nw", dir, c)
}

function prose(c, i)
{
	printf("@ %%both\nFragmento %d del capítulo %d, con algo de texto\n", i, c) >out
	printf("que ocupa dos o tres líneas y nombra [[f_%d_%d]].\n", c, i) >out
}

function chunk(c, i,	j)
{
	prose(c, i)
	printf("<<trozo %d del capítulo %d>>=\n", i, c) >out
	for (j = 0; j < 8; j++)
		printf("\tx%d = f_%d_%d(%d);\n", j, c, i, j) >out
	printf("\t<<detalle %d del capítulo %d>>\n", i, c) >out
	printf("\t<<?añadido a %d en %d>>\n", i, c) >out
	printf("<<detalle %d del capítulo %d>>=\nif (x)\n\ty();\n", i, c) >out
}

# What an earlier chapter left a slot for, or what goes on with its chunk.
function later(c, i,	d)
{
	for (d = 1; d < c; d++) {
		if ((c + d + i) % 9 == 0)
			printf("<<+detalle %d del capítulo %d>>=\nz%d();\n",
			       i, d, c) >out
		if (d == c - 3 && i % 2)
			printf("<<añadido a %d en %d>>=\nnuevo(%d);\n",
			       i, d, c) >out
	}
}

BEGIN {
	n = 28
	for (c = 1; c <= chapters; c++) {
		open(c)
		printf("<<kern/f%d.c>>=\n#include \"k.h\"\n\nvoid f%d(void)\n{\n", c, c) >out
		for (i = 1; i <= n; i++)
			printf("\t<<trozo %d del capítulo %d>>\n", i, c) >out
		printf("}\n") >out
		for (i = 1; i <= n; i++) {
			chunk(c, i)
			later(c, i)
		}
		close(out)
	}
	# the slots that no chapter came to fill
	out = sprintf("%s/%02d-gen.nw", dir, chapters)
	for (c = 1; c <= chapters; c++)
		for (i = 1; i <= n; i++)
			if (!(i % 2) || c + 3 > chapters)
				printf("<<añadido a %d en %d>>=\nultimo();\n", i, c) >>out
}

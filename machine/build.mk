# How checkpoints are tangled and built. The top-level Makefile runs this one
# under the lock, so that two builds never meet in one tree.
#
#	chapters/*.nw -> build/book.nwp	the whole book, checked
#	-> build/tree/NN, build/line/NN	clean, and with #line directives
#	-> build/obj/NN/golondrina.img	built from build/line/NN
#	-> build/own/NN/golondrina.img	the same with the options of .config-NN
#
# Whatever is written again with the same content keeps its date, so touching
# one chapter rebuilds only what follows from it.

include machine/book.mk

CC = gcc
B = build/bin
SOURCES = book.nw $(wildcard chapters/*.nw chapters/*.names \
	chapters/glossary.tsv tangle/macros.txt) chapters
TREES = $(CHECKPOINTS:%=build/tree/%.stamp)

image-%: build/obj/%/golondrina.img ;
images: $(CHECKPOINTS:%=image-%)
tree-%: build/tree/%.stamp ;
trees: $(TREES)
loom: build/loom.stamp

# The runner of emulators, that of clusters and gdb's way to a kernel, and the
# loom: its Makefile knows when a program is out of date, and the stamp is as
# new as the newest.
$(B)/vm $(B)/gdblink $(B)/cluster: $(B)/%: machine/%.c
	@mkdir -p $(@D)
	@echo "  CC  $@"
	@$(CC) -std=gnu11 -O2 -Wall -Wextra -Wno-unused-parameter -Werror \
		-o $@.new $(filter %.c,$^) && mv -f $@.new $@
$(B)/cluster: machine/hub.c machine/cluster.h
$(B)/vm $(B)/cluster: machine/host.c machine/host.h

# What the emulator is started with: see the file.
$(B)/vm: | $(B)/sockets.so
$(B)/sockets.so: machine/sockets.c
	@mkdir -p $(@D)
	@echo "  CC  $@"
	@$(CC) -std=gnu11 -O2 -Wall -Wextra -Werror -shared -fPIC -o $@.new $< \
		&& mv -f $@.new $@

build/loom.stamp: FORCE
	@$(MAKE) -s --no-print-directory -C tangle B=$(CURDIR)/$(B)
	@[ -f $@ ] && [ -z "$$(find $(B) -name 'nw*' -newer $@)" ] || touch $@

# The book, checked. The stamp is as new as its sources; the book itself
# changes only when its content does.
build/book.stamp: $(SOURCES) build/loom.stamp machine/stage
	@sh machine/stage
	@touch $@
build/book.nwp: build/book.stamp
	@:

# Both trees of a checkpoint, made again each time: whatever somebody removed
# or edited there heals. Only what differs is written, and the stamp is as new
# as the newest of it.
build/tree/%.stamp: build/book.nwp build/loom.stamp machine/tree FORCE
	@sh machine/tree $*
	@[ -f $@ ] && [ -z "$$(find build/tree/$* build/line/$* \
		build/tree/$*.manifest build/line/$*.manifest -newer $@)" ] || \
		touch $@

# The kernel's own Makefile (a chunk of the chapters) builds it.
build/obj/%/golondrina.img: build/tree/%.stamp $(B)/vm $(B)/cluster FORCE
	@$(MAKE) -s --no-print-directory -C build/line/$* \
		O=$(CURDIR)/build/obj/$* CONFIG=defconfig
build/own/%/golondrina.img: build/tree/%.stamp $(B)/vm $(B)/cluster FORCE
	@$(MAKE) -s --no-print-directory -C build/line/$* \
		O=$(CURDIR)/build/own/$* $(call config,$*)

# The kernel with one program, the reader's $(SOURCE), whose image goes to $(TO)
# because the next one takes its place.
run-%: build/tree/%.stamp $(B)/vm $(B)/cluster FORCE
	@$(MAKE) -s --no-print-directory -C build/line/$* \
		O=$(CURDIR)/$(call obj,$*) $(call config,$*) \
		PROG=$(SOURCE) run
	@cp $(call obj,$*)/run/golondrina.img $(TO)

# The objects of both trees, with panic's __FILE__ and __LINE__ constant:
# tests/objects.t compares them.
objects: $(foreach n,$(CHECKPOINTS),objects-tree-$(n) objects-line-$(n))
objects-%: $(TREES) FORCE
	@$(MAKE) -s --no-print-directory EXTRA=-DPLACELESS \
		-C build/$(subst -,/,$*) CONFIG=defconfig \
		O=$(CURDIR)/build/objects/$(subst -,/,$*)

# The last checkpoint, to read. A lab whose chunk is gone stops here.
code: $(TREES) build/hidden.chunks
	@sh machine/mirror build/tree/$(NN) code

# The script of the weave knows when a PDF is out of date.
pdf: pdf-es pdf-zh
pdf-es pdf-zh: build/book.nwp $(TREES)
	@sh tangle/weave/pdf $(@:pdf-%=%)
ifeq ($(EDITION),student)
pdf-es pdf-zh: build/hidden.chunks
endif

# What the student's edition leaves out, by the labs.
build/hidden.chunks: build/book.nwp build/loom.stamp machine/hidden \
		$(wildcard labs/*/lab)
	@sh machine/hidden

FORCE:
.PHONY: FORCE images trees loom objects code pdf pdf-es pdf-zh
.DELETE_ON_ERROR:
.SECONDARY:

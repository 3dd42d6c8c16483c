# The commands of the book: `make help` says what each one gives. A checkpoint
# is the kernel as it stands at the end of a chapter; its name, NN, is the
# number of the chapter's file. What the commands share is in machine/:
# book.mk (the chapters, and the values of CH= CPUS= and others checked),
# build.mk (how a checkpoint is tangled and built), and small scripts.

include machine/book.mk

# need SET…: install what is missing. DEPS=no: only name it, and fail.
need = @sh machine/need

# One build at a time in one tree; emulators run outside of this lock. It is
# on a directory that stays: on a file in build/ it would go with make clean
# while others wait for it.
locked = @mkdir -p build; flock chapters
make = $(MAKE) --no-print-directory $(jobs) -f machine/build.mk
build = +$(locked) $(make)
jobs = $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(shell nproc))

# Where the kernel that the reader boots is built
kernel = $(call obj,$(NN))

help:
	@cat machine/help

# Boot a checkpoint in Bochs. Leaves its image in build/golondrina.img.
bochs:
	$(need) tangle kernel bochs $(if $(GUI),gui)
	$(build) $(kernel)/golondrina.img
	@sh machine/boot $(kernel) vm -c $(CPUS) -m $(MEM) \
		$(if $(GUI),-g x) $(if $(CMDLINE),-a "$$CMDLINE")

# Boot it on several machines on one Ethernet.
cluster:
	$(need) tangle kernel bochs $(need_wire) $(if $(panes),tmux)
	$(build) $(kernel)/golondrina.img
	@sh machine/boot $(kernel) cluster -n $(or $(NODES),3) -c $(ONE_CPU) \
		-m $(MEM) $(if $(WIRE),-w "$$WIRE") $(if $(panes),-t) \
		$(if $(FAULTS),-F "$$FAULTS") $(if $(BOUND),-b "$$BOUND") \
		$(if $(CMDLINE),-a "$$CMDLINE")

# Build a program of the reader's and run it.
run: export BUILD = flock chapters $(make)
run:
	$(need) tangle kernel bochs $(if $(NODES),$(need_wire))
	+@sh machine/run $(NN) $(ONE_CPU) $(MEM)

# The options of a kernel, in .config-NN, for bochs, cluster, run and gdb:
# chosen in a menu, or as the chapter saved them.
menuconfig defconfig:
	$(need) tangle config
	$(build) tree-$(NN)
	@sh machine/config $(NN) $@

# gdb on a kernel and on its program PROG=name.
gdb:
	$(need) tangle kernel gdb
	$(build) $(kernel)/golondrina.img build/bin/gdblink
	@sh machine/gdb $(NN) $(ONE_CPU) $(MEM) $(kernel)

# Measure what the performance of a kernel is judged by.
bench: export BUILD = flock chapters $(make)
bench:
	$(need) tangle kernel bochs net
	$(build) image-$(NN)
	@sh machine/bench $(NN)

# Test everything, or the checkpoint CH=NN, with 1 and 4 CPUs (the last one
# with 1, 2, 4 and 8) or with CPUS=n; or the lab L=NN.
check:
	$(need) tangle kernel bochs net config marks check
	$(build) $(if $(L),build/book.nwp build/bin/vm build/bin/cluster,$(if $(CH),image-$(NN),images objects))
	@sh machine/prove '$(if $(L),,$(if $(CH),$(NN),$(CHECKPOINTS)))' \
		'$(CHECK_CPUS)' '$(LAST_CPUS)' $(if $(L),$(one_lab),$(if $(CH),,\
		tangle/tests/*.t tests/*.t labs/*/lab))
one_lab = labs/$$(sh machine/labname "$$L")/lab

# The tree of a lab for students, in a new folder.
lab:
	$(need) tangle
	$(build) build/book.nwp
	$(locked) sh machine/lab "$$L" "$$DIR"

# The marks of a folder of submissions.
marks:
	$(need) tangle kernel bochs marks
	$(build) build/book.nwp
	@sh machine/marks all "$$DIR" "$$L"

# One tree a checkpoint under build/tree/, and the last one under code/.
tangle:
	$(need) tangle
	$(build) code

# The book in both languages, with consoles of machines with one CPU.
pdf:
	$(need) tangle kernel bochs check pdf
	$(build) images
	@sh machine/runs $(CHECKPOINTS)
	$(build) -O pdf

# What changes from the checkpoint FROM=NN to TO=NN.
diff:
	$(need) tangle
	$(build) trees
	@cd build/tree && { diff -ruN --color=auto \
		$(call chapter,FROM) $(call chapter,TO) || [ $$? = 1 ]; }

# Rewrite a hash in a chapter: its author has looked at what changed.
accept:
	$(need) tangle
	$(build) loom
	@FROM=$(if $(FROM),$(call chapter,FROM)) sh machine/accept

clean:
	$(locked) rm -rf build

.PHONY: help bochs cluster run menuconfig defconfig gdb bench lab marks check \
	tangle pdf diff accept clean

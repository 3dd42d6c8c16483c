# What the top-level Makefile and build.mk both know: the chapters that have
# a checkpoint, and the values that the reader may give.

export LC_ALL = C
CPUS = 4
MEM = 128

# Every chapter from 01 to 89 has a checkpoint. The names of its file without
# folder and suffix (01-arranque), and the numbers alone.
CHAPTERS := $(patsubst chapters/%.nw,%,$(filter-out chapters/00-%,\
	$(sort $(wildcard chapters/[0-8][0-9]-*.nw))))
number = $(firstword $(subst -, ,$(1)))
CHECKPOINTS := $(sort $(foreach c,$(CHAPTERS),$(call number,$(c))))

# $(call chapter,CH): the checkpoint that CH= names, as 02, 2 or arranque.
named = $(filter $($(1)) 0$($(1)),$(CHECKPOINTS)) \
	$(call number,$(filter %-$($(1)),$(CHAPTERS)))
chapter = $(or $(firstword $(call named,$(1))),$(error \
	$(1)=$($(1)): no such chapter; expected one of $(CHAPTERS)))
NN = $(if $(CH),$(call chapter,CH),$(or $(lastword $(CHECKPOINTS)),$(error \
	no chapters/NN-*.nw: expected to run in the root of the repository)))

ifneq ($(words $(filter 1 2 3 4 5 6 7 8,$(CPUS)))/$(words $(CPUS)),1/1)
$(error CPUS=$(CPUS): expected a number from 1 to 8)
endif
ifneq ($(shell expr "X$(MEM)" : 'X[1-9][0-9]*$$' && [ "$(MEM)" -le 2048 ] 2> \
	/dev/null && echo fine),$(shell expr "X$(MEM)" : 'X.*') fine)
$(error MEM=$(MEM): expected megabytes, a number from 1 to 2048)
endif
ifneq ($(GUI),$(filter x,$(GUI)))
$(error GUI=$(GUI): expected x)
endif
ifneq ($(CH),)
$(if $(call chapter,CH),)
endif

# The CPUs of make check: those asked for, or one and then four.
CHECK_CPUS = $(if $(filter file,$(origin CPUS)),1 4,$(CPUS))

# Those of a command that has one unless more are asked for.
ONE_CPU = $(if $(filter file,$(origin CPUS)),1,$(CPUS))

# What the top-level Makefile and build.mk both know: the chapters that have
# a checkpoint, and the values that the reader may give.

export LC_ALL = C
CPUS = 4
MEM = 128

ifneq ($(words $(CURDIR)),1)
$(error $(CURDIR): expected a path without blanks)
endif

# What the reader types is taken as it is, also where it has a dollar, and
# gets to the scripts through the environment: no shell reads it as code.
override MEM := $(value MEM)
override GUI := $(value GUI)
override CH := $(value CH)
override FROM := $(value FROM)
override TO := $(value TO)
typed := CMDLINE PROG ARGS BOUND GDBARGS CHUNK ID NODES WIRE FAULTS \
	L DIR JOBS SSHLOGIN EDITION
$(foreach v,$(typed),$(eval override export $(v) := $$(value $(v))))

# The makes below have them there too, and would read them as make's own.
empty :=
blank := $(empty) $(empty)
MAKEOVERRIDES := $(subst \\_,\$(blank),$(filter-out \
	$(typed:%=%=%) $(typed:%=%:=%),$(subst \$(blank),\\_,$(MAKEOVERRIDES))))

# Every chapter from 01 to 89 has a checkpoint. The names of its file without
# folder and suffix (01-arranque), and the numbers alone.
CHAPTERS := $(patsubst chapters/%.nw,%,$(filter-out chapters/00-%,\
	$(sort $(wildcard chapters/[0-8][0-9]-*.nw))))
number = $(firstword $(subst -, ,$(1)))
CHECKPOINTS := $(sort $(foreach c,$(CHAPTERS),$(call number,$(c))))

# $(call chapter,CH): the checkpoint that CH= names, as 02, 2 or arranque.
named = $(filter $($(1)) 0$($(1)),$(CHECKPOINTS)) \
	$(call number,$(filter %-$($(1)),$(CHAPTERS)))
one_word = $(if $(subst x$(firstword $(1))x,,x$(1)x)$(findstring %,$(1)),,yes)
chapter = $(or $(firstword $(if $(call one_word,$($(1))),$(call \
	named,$(1)))),$(error \
	$(1)=$($(1)): no such chapter; expected one of $(CHAPTERS)))
NN = $(if $(CH),$(call chapter,CH),$(or $(lastword $(CHECKPOINTS)),$(error \
	no chapters/NN-*.nw: expected to run in the root of the repository)))

ifneq ($(words $(filter 1 2 3 4 5 6 7 8,$(CPUS)))/$(words $(CPUS)),1/1)
$(error CPUS=$(CPUS): expected a number from 1 to 8)
endif
# Without its digits nothing is left; the shell sees no more than digits.
without = $(if $(1),$(call without,$(wordlist 2,10,$(1)),$(subst \
	$(firstword $(1)),,$(2))),$(2))
ifneq ($(if $(MEM),$(call without,0 1 2 3 4 5 6 7 8 9,$(MEM)),none)$(filter \
	0%,$(MEM)),)
MEM_is_bad = yes
else ifeq ($(shell [ $(MEM) -le 2048 ] 2> /dev/null && echo fine),)
MEM_is_bad = yes
endif
ifeq ($(MEM_is_bad),yes)
$(error MEM=$(MEM): expected megabytes, a number from 1 to 2048)
endif
ifneq ($(GUI),)
ifneq ($(GUI),x)
$(error GUI=$(GUI): expected x)
endif
endif
ifeq ($(filter-out teacher student,$(EDITION)),$(EDITION))
ifneq ($(EDITION),)
$(error EDITION=$(EDITION): expected teacher or student)
endif
endif
ifneq ($(CH),)
$(if $(call chapter,CH),)
endif

# Bochs's own hub has five ports, though its help says six.
few := 2 3 4 5
many := $(few) 6 7 8 9 10 11 12 13 14 15 16
ifneq ($(NODES),)
ifneq ($(words $(filter $(if $(filter hub vde%,$(WIRE))$(FAULTS),$(many),$\
	$(few)),$(NODES)))/$(words $(NODES)),1/1)
$(error NODES=$(NODES): expected a number from 2 to 5, or to 16 with WIRE=hub \
	or WIRE=vde)
endif
endif
# tmux has a TMUX of its own in the environment of whoever is inside it.
panes = $(if $(findstring command,$(origin TMUX)),$(filter yes,$(TMUX)))
need_wire = $(if $(filter vde%,$(WIRE)),vde,net)

# What the reader boots is built with the options of .config-NN, if make
# menuconfig or he himself has written one: $(call obj,NN) is where, and
# $(call config,NN) the word for the kernel's Makefile. The checkpoint itself,
# in build/obj, has the options that its chapter saved, always; DEFCONFIG=yes,
# which make check says to its tests, builds nothing else.
chosen = $(if $(DEFCONFIG),,$(wildcard .config-$(1)))
obj = build/$(if $(call chosen,$(1)),own,obj)/$(1)
config = CONFIG=$(if $(call chosen,$(1)),$(CURDIR)/.config-$(1),defconfig)

# The CPUs of make check: those asked for, or one and four, and with the last
# checkpoint, whose check has all the others in it, two and eight as well.
CHECK_CPUS = $(if $(filter file,$(origin CPUS)),1 4,$(CPUS))
LAST_CPUS = $(if $(filter file,$(origin CPUS)),2 8)

# Those of a command that has one unless more are asked for.
ONE_CPU = $(if $(filter file,$(origin CPUS)),1,$(CPUS))

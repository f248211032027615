# make            build/sortie
# make check      all tests;  make check SANITIZE=1  the same under ASan and UBSan
# make CC=clang   the other compiler
VERSION := 0.1.0
CC ?= gcc
BUILD ?= build$(if $(SANITIZE),-sanitize)
WARN := -Wall -Wextra -Wconversion -Wshadow -Wpedantic -Werror
CPPFLAGS += -I. -I$(BUILD) -D_GNU_SOURCE -DSORTIE_VERSION='"$(VERSION)"'
CFLAGS ?= -O2 -g
override CFLAGS += -std=c17 $(WARN) -MMD -MP
LIBS := -lglpk -ljansson -lnettle -lpthread -lm
ifdef SANITIZE
override CFLAGS += -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
LDFLAGS += -fsanitize=address,undefined
endif

LIB_SRC := $(sort $(wildcard model/*.c io/*.c check/*.c export/*.c loadplan/*.c solver/*.c import/*.c batch/*.c \
    program/*.c generate/*.c)) $(BUILD)/catalogue_data.c $(BUILD)/template_data.c $(BUILD)/report_data.c
LIB_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(patsubst $(BUILD)/%,%,$(LIB_SRC)))
CLI_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard cli/*.c)))
TEST_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard tests/*.c)))

all: $(BUILD)/sortie

$(BUILD)/sortie: $(CLI_OBJ) $(LIB_OBJ)
	$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/run-tests: $(TEST_OBJ) $(LIB_OBJ)
	$(CC) $(LDFLAGS) -o $@ $^ $(LIBS) -lcunit -lproj

# Re-verifies certificates: the reader and what is in tools/, nothing of the search.
TOOL_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard tools/*.c)))
$(BUILD)/verify_certificate: $(TOOL_OBJ) $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard model/*.c io/*.c))) $(BUILD)/catalogue_data.o
	$(CC) $(LDFLAGS) -o $@ $^ -lgmp $(LIBS)

# Measures load plans; bench/random_loads.c says how.
$(BUILD)/random_loads: $(BUILD)/bench/random_loads.o $(LIB_OBJ)
	$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

# Files inside the program: $(call embed,HEADER,NAME FILE ...)
embed = @mkdir -p $(@D); sh catalogue/embed.sh $(1) $(2) > $@.tmp && mv $@.tmp $@

$(BUILD)/%_data.o: $(BUILD)/%_data.c
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(BUILD)/catalogue_data.c: catalogue/embed.sh catalogue/airfields.json catalogue/types.json
	$(call embed,io/catalogue.h,catalogue_airfields catalogue/airfields.json catalogue_types catalogue/types.json)

REPORT := page.html style.css base.js tables.js timeline.js gantt.js map.js charts.js loads.js page.js
$(BUILD)/report_data.c: catalogue/embed.sh $(REPORT:%=export/report/%)
	$(call embed,export/report_page.h,$(foreach f,$(REPORT),report_$(subst .,_,$(f)) export/report/$(f)))

TEMPLATES := import/templates
$(BUILD)/template_data.c: catalogue/embed.sh $(wildcard $(TEMPLATES)/*)
	$(call embed,import/templates.h,template_import $(TEMPLATES)/import.json \
	    $(foreach t,airfields airframes crews demands,template_$(t) $(TEMPLATES)/$(t).csv))

check: all includes $(BUILD)/run-tests $(BUILD)/verify_certificate $(BUILD)/bench-phases
	$(BUILD)/run-tests
	sh tests/golden.sh $(BUILD)/sortie
	sh tests/other_solvers.sh $(BUILD)
	sh tests/importers.sh $(BUILD)/sortie
	sh tests/exports.sh $(BUILD)/sortie
	CC=$(CC) sh tests/batch.sh $(BUILD)/sortie
	sh tests/import.sh $(BUILD)/sortie
	sh tests/report.sh $(BUILD)/sortie
	sh tests/bench.sh $(BUILD)
	sh tests/schemas.sh $(BUILD)/sortie

# One direction: cli -> export -> io -> model, and cli -> solver, check -> model; io never sees GLPK, solver never sees JSON, check never sees solver.
includes:
	@sh tests/includes.sh

# A batch on two Slurm nodes on this machine, as root; installs nothing.
check-slurm: $(BUILD)/sortie
	sh tests/slurm.sh $(BUILD)/sortie

# Fixed work by phase, for bench/.
$(BUILD)/bench-phases: $(BUILD)/bench/phases.o $(LIB_OBJ)
	$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

# All measurements into docs/benchmarks.md; knobs: bench/benchmarks --help.
bench: $(BUILD)/sortie $(BUILD)/bench-phases
	BUILD=$(BUILD) bench/benchmarks

# The working tree against the commit before it.
bench-regress:
	sh bench/regress.sh

format:
	clang-format -i $$(git ls-files '*.c' '*.h')

clean:
	rm -rf build build-sanitize

.PHONY: check-slurm bench bench-regress all check includes format clean
.SECONDARY:
-include $(BUILD)/bench/phases.d $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(TEST_OBJ:.o=.d) $(TOOL_OBJ:.o=.d)

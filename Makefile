# Seatwise: build, test, bench, demo. Sources are found, headers tracked by the compiler.
# SAN=1 builds the same with sanitizers, in a folder of its own; V=1 shows whole commands.
VERSION := 0.1.0
PREFIX ?= /usr/local
CFLAGS ?= -O2 -g
SAN ?=
BUILD := build$(if $(SAN),/sanitized)
NEEDED := -std=gnu11 -I. -MMD -MP -D_GNU_SOURCE -DSEATWISE_VERSION='"$(VERSION)"' \
	-ffp-contract=off \
	-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
	-Wvla -Wformat=2 -Wundef -Werror=implicit-function-declaration
comma := ,
SANITIZE := $(if $(SAN),-fsanitize=address$(comma)undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer)
LIBS := -lglpk -lcsv -lcjson -lproj -lutf8proc -lnettle -lm

SOURCES := $(filter-out solver/main.c,$(wildcard inputs/*.c inputs/base/*.c models/*.c outputs/*.c \
	solver/*.c solver/engines/*.c solver/commands/*.c))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
TESTS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/test_*.c))
PROGRAM := $(BUILD)/seatwise
AGAIN := $(MAKE) --no-print-directory -j$(shell nproc)
say = $(if $(V),,@echo '$(1) $@';)

.PHONY: all demo test test-long check-oracle bench lint clean install deps sample tests
.SECONDARY:

all: $(PROGRAM)

$(PROGRAM): $(BUILD)/solver/main.o $(OBJECTS)
	$(call say,ld)$(CC) $(SANITIZE) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(call say,cc)$(CC) $(NEEDED) $(CFLAGS) $(SANITIZE) -c -o $@ $<

$(BUILD)/tests/%: $(BUILD)/tests/%.o $(OBJECTS)
	$(call say,ld)$(CC) $(SANITIZE) $(LDFLAGS) -o $@ $^ $(LIBS) -lcriterion

# Its text is part of the program.
$(BUILD)/models/assignment_mod.o: models/assignment.mod

tests: $(PROGRAM) $(TESTS)

# These install what is missing, so they call make again once the tools are there.
deps:
	@sh scripts/install-deps.sh $(DEPS)

demo:
	@sh scripts/install-deps.sh build
	@$(AGAIN) all
	@sh scripts/demo.sh $(PROGRAM)

test:
	@sh scripts/install-deps.sh build test
	@$(AGAIN) tests
	@sh scripts/run-tests.sh $(BUILD)

# Many more districts by chance than `make test` has time for.
test-long:
	@sh scripts/install-deps.sh build test
	@$(AGAIN) tests
	@sh scripts/test-long.sh $(BUILD)

lint:
	@sh scripts/install-deps.sh build lint
	@sh scripts/lint.sh

# The other solvers are optional: without them the bench says which are missing.
bench:
	@sh scripts/install-deps.sh build
	-@sh scripts/install-deps.sh bench
	@$(AGAIN) all
	@sh scripts/bench/run.sh $(PROGRAM)

# Generated districts against another reading of the rules, kept outside this tree.
check-oracle: all
	@sh scripts/test-oracle.sh $(PROGRAM)

sample:
	python3 scripts/make-sample.py inputs/samples/jianyang

install: all
	install -D $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/seatwise
	install -D -m 644 models/assignment.mod $(DESTDIR)$(PREFIX)/share/seatwise/assignment.mod
	install -d $(DESTDIR)$(PREFIX)/share/doc/seatwise
	install -m 644 README.md CHANGELOG.md LICENSE $(DESTDIR)$(PREFIX)/share/doc/seatwise

clean:
	rm -rf build

-include $(OBJECTS:.o=.d) $(BUILD)/solver/main.d $(TESTS:=.d)

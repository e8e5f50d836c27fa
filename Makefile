# Seatwise: build, test, bench, demo. Sources are found, headers tracked by the compiler.
VERSION := 0.1.0
PREFIX ?= /usr/local
CC ?= gcc
CFLAGS ?= -O2 -g
SAN ?=
BUILD := build$(if $(SAN),/sanitized)
NEEDED := -std=gnu11 -I. -MMD -MP -D_GNU_SOURCE -DSEATWISE_VERSION='"$(VERSION)"' -ffp-contract=off \
	-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
	-Wvla -Wformat=2 -Wundef -Werror=implicit-function-declaration
SANITIZE := $(if $(SAN),-fsanitize=address$(comma)undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
comma := ,
LIBS := -lglpk -lcsv -lcjson -lproj -lutf8proc -lnettle -lm

SOURCES := $(filter-out solver/main.c,$(wildcard inputs/*.c inputs/base/*.c models/*.c outputs/*.c \
	solver/*.c solver/engines/*.c solver/commands/*.c))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
TESTS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/test_*.c))
PROGRAM := $(BUILD)/seatwise

.PHONY: all demo test check-cases bench lint clean install deps sample tests
.SECONDARY:

all: $(PROGRAM)

$(PROGRAM): $(BUILD)/solver/main.o $(OBJECTS)
	$(CC) $(SANITIZE) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(NEEDED) $(CFLAGS) $(SANITIZE) -c -o $@ $<

$(BUILD)/tests/%: $(BUILD)/tests/%.o $(OBJECTS)
	$(CC) $(SANITIZE) $(LDFLAGS) -o $@ $^ $(LIBS) -lcriterion

tests: $(PROGRAM) $(TESTS)

# The first three install what is missing, so they call make again once the tools are there.
deps:
	@sh scripts/install-deps.sh $(DEPS)

demo:
	@sh scripts/install-deps.sh build
	@$(MAKE) --no-print-directory all
	@sh scripts/demo.sh $(PROGRAM)

test:
	@sh scripts/install-deps.sh build test
	@$(MAKE) --no-print-directory tests
	@sh scripts/run-tests.sh $(BUILD)

lint:
	@sh scripts/install-deps.sh build lint
	@sh scripts/lint.sh

bench: all
	@sh scripts/bench/run.sh $(PROGRAM)

sample:
	python3 scripts/make-sample.py inputs/samples/jianyang

install: all
	install -D $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/seatwise
	install -D -m 644 models/assignment.mod $(DESTDIR)$(PREFIX)/share/seatwise/assignment.mod

clean:
	rm -rf build

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

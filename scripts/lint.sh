#!/bin/sh
# lint.sh: what a reviewer should not have to look for. About 20 seconds on two cores.
#
# LINT_WORDS may name a file of words, one a line, that no file of the tree may hold.
set -u

cd "$(dirname "$0")/.." || exit 2
export LC_ALL=C
findings=$(mktemp) || exit 2
trap 'rm -f "$findings"' EXIT
sources=$(find inputs models outputs solver -name '*.[ch]' | sort)
modules=$(find inputs models outputs solver -name '*.c' | sort)
tests=$(find tests -name '*.[ch]' | sort)
scripts=$(find scripts .ci -type f ! -name '*.py' | sort)
# What is read line by line; the sample's tables and the test cases are data.
texts="$sources $tests $scripts Makefile models/assignment.mod README.md CHANGELOG.md"

# report WHAT: the lines on standard input are findings.
report() {
	lines=$(cat)
	[ -z "$lines" ] || printf '%s:\n%s\n' "$1" "$lines" >>"$findings"
}

# The floors, from the lowest; a file may include its own floor and those below.
includes() {
	grep -Hn '^ *# *include "' $sources | awk -F '[:"]' '
		BEGIN {
			n = split("inputs/base inputs models outputs solver", floors, " ")
		}
		function floor_of(path,   i) {
			for (i = 1; i <= n; i++)
				if (index(path, floors[i] "/") == 1) return i
			return 0
		}
		floor_of($4) == 0 || floor_of($4) > floor_of($1)'
}

# Commands speak on stdout; diag.c speaks of errors, progress.c of progress; memory.c only when
# there is no memory left to speak with.
printing() {
	grep -HnwE '(printf|puts|putchar|perror) *\(|stdout|stderr' $(echo "$modules" | grep -vE \
		'^(solver/commands/.*|solver/(main|progress)\.c|inputs/base/(diag|memory)\.c)$')
}

# Tests quote messages in full, README.md tables and output; the engines have yet to follow.
long_lines() {
	for file in $texts; do
		limit=100
		case $file in
		README.md) continue ;;
		tests/* | scripts/run-* | scripts/test-* | scripts/tally.sh) limit=125 ;;
		solver/engines/*) limit=100 ;;
		esac
		sed 's/[\x80-\xbf]//g' "$file" | expand -t 8 |
			awk -v file="$file" -v limit=$limit '
				length($0) > limit {print file ":" NR ": " length($0) " columns"}'
	done
}

# One line a function: how many lines from the one above its brace to the last, and its place.
functions() {
	awk 'FNR == 1 {open = 0}
		/^\{/ {open = FNR}
		/^\}/ && open {print FNR - open + 2, FILENAME ":" open - 1; open = 0}' $1 | sort -n
}

lengths() {
	awk -v what="$1" '{all[NR] = $1}
		END {
			printf "%d functions of %s: median %d lines, 95th %%: %d, longest %d\n",
				NR, what, all[int((NR + 1) / 2)],
				all[int(NR * 0.95 + 0.999)], all[NR]
		}'
}

# malloc-leak: gcc 12 sees one in iconv_open that failed and in memset's result.
# null-dereference in main.c: argp_error does not return, which its declaration does not say.
compile() {
	own=
	[ "$1" != solver/main.c ] || own=-Wno-analyzer-null-dereference
	gcc -std=gnu11 -I. -D_GNU_SOURCE -DSEATWISE_VERSION='"lint"' -O2 -Wall -Wextra -Wpedantic \
		-Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 \
		-Wundef -fanalyzer -Wno-analyzer-malloc-leak $own -c -o /dev/null "$1"
}

# zerodivcond: text.c divides by powers of ten; uninitvar: labels.c reads no level if there is none.
second_opinion() {
	cppcheck -q -j 2 -I. -D_GNU_SOURCE -D__SIZEOF_SIZE_T__=8 --std=c11 --template=gcc \
		--include=/usr/include/cjson/cJSON.h \
		--enable=warning,performance,portability --suppress=missingIncludeSystem \
		--suppress=zerodivcond:inputs/base/text.c --suppress=uninitvar:models/labels.c \
		inputs models outputs solver 2>&1
}

if [ "${1:-}" = --compile ]; then
	compile "$2"
	exit
fi
includes | report 'an include that goes up'
grep -Hn 'include <glpk' $(echo "$sources" | grep -v '^solver/engines/') |
	report 'GLPK outside solver/engines'
printing | report 'printing outside the places for it'
grep -HnwE 'setlocale|atof|atoi' $sources | report 'numbers that are not checked, or a locale'
long_lines | report 'more than 100 columns'
grep -Hn '[[:space:]]$' $texts | report 'white space at the end of a line'
grep -HnwE 'TODO|FIXME|XXX|HACK' $(echo "$texts" | sed 's#scripts/lint.sh##') |
	report 'unfinished'
[ -z "${LINT_WORDS:-}" ] ||
	git ls-files -co --exclude-standard -z | xargs -0 grep -HnwiFf "$LINT_WORDS" |
	report 'words that do not belong here'
functions "$sources" | awk '$1 > 60' | report 'a function of more than 60 lines'
for script in $(echo "$scripts" | grep '\.sh$'); do
	sh -n "$script" 2>&1
done | report 'shell syntax'
echo "$modules" | xargs -n 1 -P "$(nproc)" sh scripts/lint.sh --compile 2>&1 | report 'compiler'
second_opinion | report 'cppcheck'
functions "$sources" | lengths 'the program'
functions "$tests" | lengths 'the tests'
if [ -s "$findings" ]; then
	cat "$findings"
	exit 1
fi
echo 'lint: nothing found'

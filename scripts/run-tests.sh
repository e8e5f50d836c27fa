#!/bin/sh
# run-tests.sh BUILD: every test there is; the last line counts them.
#
# Runs the Criterion binaries BUILD/tests/test_*, then the test scripts on BUILD/seatwise. What a test
# prints is shown only when it fails. Exit status 1 when anything failed, or nothing ran.
set -u

[ $# -eq 1 ] || { echo "usage: $0 BUILD" >&2; exit 2; }
here=$(dirname "$0")
. "$here/tally.sh"
make_scratch
build=$(absolute "$1")

# The number behind a word in Criterion's closing line; crashes are among those that fail.
counted() {
	sed -n "s/.*Synthesis:.*$1: \([0-9][0-9]*\).*/\1/p" "$scratch/output" | tail -n 1
}

criterion() {
	"$1" --jobs 2 >"$scratch/output" 2>&1
	status=$?
	tested=$(counted Tested) good=$(counted Passing)
	if [ "${tested:-0}" -eq 0 ]; then
		good=0 bad=1 # a run without tests, or one that did not get to its end
	else
		bad=$((tested - good))
		[ $bad -gt 0 ] || [ $status -eq 0 ] || bad=1
	fi
	count "$(basename "$1")" "$good" "$bad" 0
}

# The numbers of a script's last line, "3 passed, 0 failed, 1 skipped".
script() {
	sh "$here/$1.sh" "$build/seatwise" >"$scratch/output" 2>&1
	status=$?
	last=$(tail -n 1 "$scratch/output")
	good=$(echo "$last" | sed -n 's/^\([0-9]*\) passed, [0-9]* failed.*/\1/p')
	bad=$(echo "$last" | sed -n 's/^[0-9]* passed, \([0-9]*\) failed.*/\1/p')
	left=$(echo "$last" | sed -n 's/.* failed, \([0-9]*\) skipped$/\1/p')
	[ -n "$bad" ] || bad=1
	[ "$bad" -gt 0 ] || [ $status -eq 0 ] || bad=1
	count "$1" "${good:-0}" "$bad" "${left:-0}"
	grep '^skipped ' "$scratch/output"
}

# count NAME PASSED FAILED SKIPPED
count() {
	passed=$((passed + $2)) failed=$((failed + $3)) skipped=$((skipped + $4))
	[ "$3" -eq 0 ] || cat "$scratch/output"
	printf '%-16s %4d passed %4d failed\n' "$1" "$2" "$3"
}

for binary in "$build"/tests/test_*; do
	case $binary in
	*.o | *.d) ;;
	*) [ ! -x "$binary" ] || criterion "$binary" ;;
	esac
done
for name in run-cases run-bad test-kill test-shuffle test-students test-rights test-private test-glpsol test-prices \
	test-data; do
	script $name
done
[ "$passed" -gt 0 ] || failed=$((failed + 1))
tally

#!/bin/sh
# bench/run.sh PROGRAM: how long check, assign and verify of the sample take, and how much memory.
#
# Best of RUNS (default 3) runs, wall-clock seconds, one row a command and month. `assign` takes its
# numbers from run.json, the others from the clock around them. No comparison with other programs.
set -eu

[ $# -eq 1 ] || { echo "usage: $0 PROGRAM" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../tally.sh"
. "$here/../figures.sh"
make_scratch
program=$(absolute "$1")
district=$here/../../inputs/samples/jianyang

now() {
	date +%s.%N
}

# least NUMBERS: the smallest line.
least() {
	sort -g | head -n 1
}

# clocked COMMAND...: seconds of a run, which may end with exit status 1.
clocked() {
	before=$(now) code=0
	"$program" "$@" >/dev/null 2>&1 </dev/null || code=$?
	[ "$code" -le 1 ] || { echo "$0: $* ended with exit status $code" >&2; exit 1; }
	echo "$before $(now)" | awk '{printf "%.3f\n", $2 - $1}'
}

repeated() {
	run=0
	while [ "$run" -lt "${RUNS:-3}" ]; do
		"$@" || exit 1
		run=$((run + 1))
	done
}

# One run of assign: total seconds and peak MB.
assigned() {
	rm -rf "$scratch/plan"
	clocked assign "$district" --set "month=$month" --set time_limit=60 --out "$scratch/plan" \
		>/dev/null || exit 1
	echo "$(seconds "$scratch/plan" total) $(peak "$scratch/plan")"
}

row() {
	printf '%-8s %-8s %9s %9s  %s\n' "$@"
}

row month command seconds 'peak MB' result
for month in 2017-09 2018-09; do
	row $month check "$(repeated clocked check "$district" --set month=$month | least)" - -
	set -- $(repeated assigned | least)
	row $month assign "$(printf %.3f "$1")" "$(printf %.1f "$2")" "$(status "$scratch/plan")"
	row $month verify \
		"$(repeated clocked verify --optimal "$district" "$scratch/plan" | least)" - -
done

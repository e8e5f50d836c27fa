#!/bin/sh
# bench/run.sh PROGRAM: how long check, assign and verify take, how much memory, and how long other
# solvers take for the same flow.
#
# The sample and the made-up districts S1 to S3: best of RUNS (default 3) runs, wall-clock seconds,
# one row a command and month. `assign` takes its numbers from run.json, the others from the clock
# around them; it tries no changes (trials=0) for prices and findings. Then the network engine
# alone, and how it grows. Then one grade of S1 as a min-cost flow on equal arcs, one row a method
# (compare.sh). BENCH=all adds the flows of S2, S3, P1 and P2, which takes an hour. All of it is
# kept in build/bench/results.txt; exit status 1 when methods differ.
set -eu

[ $# -eq 1 ] || { echo "usage: $0 PROGRAM" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../tally.sh"
. "$here/../figures.sh"
make_scratch
program=$(absolute "$1")
sample=$here/../../inputs/samples/jianyang
build=$here/../../build
bin=$build/bench

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
	clocked assign "$@" --set time_limit=60 --set trials=0 --out "$scratch/plan" >/dev/null ||
		exit 1
	echo "$(seconds "$scratch/plan" total) $(peak "$scratch/plan")"
}

row() {
	printf '%-8s %-8s %9s %9s  %s\n' "$@"
}

# commands NAME DISTRICT [SETTING...]: a row for each command.
commands() {
	name=$1 district=$2
	shift 2
	row "$name" check "$(repeated clocked check "$district" "$@" | least)" - -
	figures=$(repeated assigned "$district" "$@" | least)
	row "$name" assign "$(printf %.3f "${figures% *}")" "$(printf %.1f "${figures#* }")" \
		"$(status "$scratch/plan")"
	row "$name" verify \
		"$(repeated clocked verify --optimal "$district" "$scratch/plan" | least)" - -
}

programs() {
	row month command seconds 'peak MB' result
	for month in 2017-09 2018-09; do
		commands $month "$sample" --set "month=$month"
	done
	for instance in S1 S2 S3; do
		"$bin/generate" $instance "$bin/$instance"
		RUNS=1 commands $instance "$bin/$instance"
	done
}

# engine NAME OPTION...: the network engine alone, all grades over all pairs, on one thread.
engine() {
	name=$1 told=$*
	shift
	"$bin/generate" "$name" "$bin/$name" "$@"
	set -- "$told" $(WARM=${WARM-1} "$bin/engine" "$bin/$name")
	printf '%-24s %9s %8s %7s %9s %9s %8s\n' "$1" "$2" "$3" "$4" "$5" "$6" "$7"
}

engines() {
	echo
	printf '%-24s %9s %8s %7s %9s %9s %8s\n' 'engine alone' pupils pivots groups 'CPU s' \
		'warm ms' 'peak MB'
	for instance in S1 S2 S3; do
		engine $instance
	done
	WARM= engine P1
	WARM= engine P2
	echo "growth with the zones, then with the pupils at the same zones, then with the schools"
	for zones in 500 1000 2000 4000 8000; do
		WARM= engine S1 --zones $zones
	done
	for pupils in 100000 200000 400000 800000; do
		WARM= engine S1 --pupils $pupils
	done
	for schools in 125 250 500 1000 2000; do
		WARM= engine S2 --schools $schools
	done
}

# flow NAME: the methods on the first grade of an instance; its folder is for the program to read.
flow() {
	echo
	"$bin/generate" "$1" "$bin/$1"
	"$bin/arcs" "$1" "$bin/$1.min"
	sh "$here/compare.sh" "$bin" "$bin/$1.min"
}

# shown COMMAND...: on standard output and in results.txt; its exit status is kept.
shown() {
	{
		set +e
		(set -e; "$@")
		echo $? >"$scratch/code"
	} | tee -a "$results"
	[ "$(cat "$scratch/code")" -eq 0 ] || failed=1
}

# Children by name; the generator is in Python.
children() {
	if command -v python3 >/dev/null; then
		sh "$here/named.sh" "$program"
	else
		echo 'children by name: left out, python3 is missing'
	fi
}

sh "$here/build.sh" "$build"
results=$bin/results.txt failed=0
: >"$results"
shown programs
shown engines
shown children
instances=S1
[ "${BENCH:-}" != all ] || instances='S1 S2 S3 P1 P2'
for instance in $instances; do
	shown flow $instance
done
exit $failed

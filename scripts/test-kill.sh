#!/bin/sh
# test-kill.sh PROGRAM: a run that is killed leaves a whole plan or none.
#
# `assign` of the sample is killed at moments spread over its run time, most of them near the end,
# where it writes. With SIGKILL the plan is either not there or complete: `verify` passes it. SIGTERM
# and SIGINT ask for the best plan so far: again whole or nothing, and nothing half-made beside it.
set -u

[ $# -eq 1 ] || { echo "usage: $0 PROGRAM" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
. "$here/tally.sh"
make_scratch
seatwise=$(absolute "$1")
sample=$here/../inputs/samples/jianyang
plan=$scratch/out/plan
whole=0

# The length of an undisturbed run in milliseconds.
measure() {
	mkdir "$scratch/out"
	"$seatwise" assign "$sample" --out "$plan" >/dev/null 2>&1
	sed -n '/"seconds"/,/}/s/.*"total":[^0-9]*\([0-9.]*\).*/\1/p' "$plan/run.json" |
		awk '{printf "%d", $1 * 1000 + 1}'
}

# stop SIGNAL MILLISECONDS: starts a run, and stops it so long after.
stop() {
	rm -rf "$scratch/out"
	mkdir "$scratch/out"
	"$seatwise" assign "$sample" --out "$plan" >/dev/null 2>&1 &
	run=$!
	sleep "$(awk -v ms="$2" 'BEGIN {printf "%.3f", ms / 1000}')"
	kill -"$1" $run 2>/dev/null
	wait $run 2>/dev/null
	status=$?
}

# What stands there after the signal and the milliseconds.
judge() {
	if [ -e "$plan" ]; then
		whole=$((whole + 1))
		if ! "$seatwise" verify "$sample" "$plan" >"$scratch/verify" 2>&1; then
			fail "$1 after $2 ms: the plan is not whole"
			sed 's/^/    /' "$scratch/verify"
			return
		fi
	fi
	if [ "$1" != KILL ] && [ -n "$(ls -A "$scratch/out" | grep -vx plan)" ]; then
		fail "$1 after $2 ms: leaves $(ls -A "$scratch/out")"
	elif [ "$1" != KILL ] && [ $status -le 1 ] && [ ! -e "$plan" ]; then
		fail "$1 after $2 ms: exit status $status, but there is no plan"
	else
		pass
	fi
}

length=$(measure)
if [ "${length:-0}" -eq 0 ]; then
	fail "an undisturbed run writes no plan"
	tally
	exit 1
fi
# per cent of the run
for part in 1 8 16 24 32 40 48 56 64 70 75 80 83 86 88 90 91 92 93 94 95 96 97 98 99 100 102 \
	104 107 110 130; do
	stop KILL $((length * part / 100))
	judge KILL $((length * part / 100))
done
for signal in TERM INT; do
	for part in 10 35 60 85 95 99; do
		stop $signal $((length * part / 100))
		judge $signal $((length * part / 100))
	done
done
echo "$whole of the stopped runs had a plan"
tally

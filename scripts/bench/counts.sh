#!/bin/sh
# bench/counts.sh PROGRAM: counties whose classes must be large, and how fast the count is proven.
#
# County S1 of each seed (SEEDS, default "1 2 3"), varied: seats filled to 93-99 %, remainders of
# 1, 5 and 6, zoning rules, max_km, pupils who stay. LIMIT is the seconds of a run (30). The
# columns: large classes, far pupils, the last level, `proven` or the gap of the first level that
# is open in percent, CPU seconds.
set -eu

[ $# -eq 1 ] || { echo "usage: $0 PROGRAM" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../tally.sh"
make_scratch
program=$(absolute "$1")
${CC:-gcc} -std=gnu11 -D_GNU_SOURCE -O2 -o "$scratch/generate" "$here/generate.c" \
	"$here/towns.c" -lm

# row KIND SEED OPTION...: one varied county.
row() {
	kind=$1
	seed=$2
	shift 2
	rm -rf "$scratch/varied" "$scratch/plan"
	python3 "$here/vary.py" "$scratch/county" "$scratch/varied" --seed "$seed" "$@"
	"$program" assign "$scratch/varied" --out "$scratch/plan" --set trials=0 \
		--set "time_limit=${LIMIT:-30}" >"$scratch/said" 2>/dev/null || [ $? -eq 1 ]
	cpu=$(sed -n '/"cpu_seconds"/,/}/s/.*"total":[^0-9]*\([0-9.]*\).*/\1/p' \
		"$scratch/plan/run.json")
	sed -n 's/^  [345]\. .* = //p' "$scratch/said" | awk -v kind="$kind" -v seed="$seed" \
		-v cpu="$cpu" '
		{
			value[NR] = $1
			bound = $0
			gsub(/.*bound |\)/, "", bound)
			if ($2 == "(proven" && state == "")
				state = sprintf("%.4f %%", 100 * ($1 - bound) / $1)
		}
		END {
			printf "%-12s %4d %9s %9s %14s %12s %7.2f\n", kind, seed, value[1],
			       value[2], value[3], state == "" ? "proven" : state, cpu
		}'
}

printf "%-12s %4s %9s %9s %14s %12s %7s\n" kind seed large far last open CPU
for seed in ${SEEDS:-1 2 3}; do
	rm -rf "$scratch/county"
	"$scratch/generate" S1 "$scratch/county" --seed "$seed" >/dev/null
	row 93-1 "$seed" --share 93 --remainder 1
	row 95-5 "$seed" --share 95 --remainder 5
	row 97-6 "$seed" --share 97 --remainder 6
	row 99 "$seed" --share 99
	row zoning "$seed" --share 95 --only 4
	row max_km "$seed" --share 96 --max-km 8
	row stay "$seed" --share 96 --stay 90
	row all "$seed" --share 94 --only 6 --max-km 7 --stay 60
done

#!/bin/sh
# bench/named.sh PROGRAM: how long children by name take, from students.csv to all tables.
#
# The sample's demand as 100,000 children, and ten times as many in a district with ten times the
# room: households, twins, classes, claims, choices. One row each: seconds on the wall and peak MB
# of `assign`, with prices and findings, and of `verify`. CHILDREN says other numbers.
set -eu

[ $# -eq 1 ] || { echo "usage: $0 PROGRAM" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../tally.sh"
. "$here/../figures.sh"
make_scratch
program=$(absolute "$1")

printf '%10s %12s %9s %12s\n' children 'assign (s)' 'peak (MB)' 'verify (s)'
for children in ${CHILDREN:-100000 1000000}; do
	rm -rf "$scratch/district" "$scratch/plan"
	python3 "$here/named.py" "$here/../../inputs/samples/jianyang" "$children" 1 \
		"$scratch/district"
	"$program" assign "$scratch/district" --out "$scratch/plan" >/dev/null 2>&1 ||
		[ $? -eq 1 ]
	before=$(date +%s.%N)
	"$program" verify "$scratch/district" "$scratch/plan" >"$scratch/said" 2>&1
	verified=$(echo "$before $(date +%s.%N)" | awk '{printf "%.1f", $2 - $1}')
	printf '%10s %12s %9s %12s\n' "$children" "$(seconds "$scratch/plan" total)" \
		"$(peak "$scratch/plan")" "$verified"
	sed -n 's/^children: /           /p' "$scratch/said"
done

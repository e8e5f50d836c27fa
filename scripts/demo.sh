#!/bin/sh
# demo.sh PROGRAM: the sample county before and after its new schools, and what changed.
#
# Writes build/demo/2017-09 (the 59 new schools still closed) and build/demo/2018-09 (open), over
# what an earlier demo left there. DEMO_SECONDS (default 60) is the time limit of each run.
set -eu

[ $# -eq 1 ] || { echo "usage: $0 PROGRAM" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
. "$here/figures.sh"
program=$1
district=inputs/samples/jianyang
out=build/demo
case $program in
/*) ;;
*) program=$PWD/$program ;;
esac
cd "$here/.."

# assign MONTH: exit status 1 is a plan too, with a gap or with children unplaced.
assign() {
	code=0
	rm -rf "$out/$1"
	"$program" assign "$district" --set "month=$1" --set "time_limit=${DEMO_SECONDS:-60}" \
		--out "$out/$1" >"$out/$1.log" 2>&1 || code=$?
	if [ "$code" -gt 1 ]; then
		cat "$out/$1.log" >&2
		exit "$code"
	fi
	rm -f "$out/$1.log"
}

# share MONTH: large classes in percent of all classes that have somebody in them.
share() {
	awk -F , 'NR == 1 {for (i = 1; i <= NF; i++) at[$i] = i; next}
		$at["load"] > 0 {all += $at["sections"]; large += $at["large_classes"]}
		END {printf "%.1f %%", all ? 100 * large / all : 0}' "$out/$1/offerings.csv"
}

# shown FORMAT NUMBER
shown() {
	awk -v number="$2" "BEGIN {printf \"$1\", number}"
}

row() {
	printf '%-38s %12s %12s\n' "$@"
}

# kpi_row WORDS NAME FORMAT
kpi_row() {
	row "$1" "$(shown "$3" "$(kpi "$out/2017-09" "$2")")" \
		"$(shown "$3" "$(kpi "$out/2018-09" "$2")")"
}

# How sure the plan of a month is.
verdict() {
	if [ "$(status "$out/$1")" = optimal ]; then
		echo "$1: proven, no plan is better."
	else
		echo "$1: the best plan found in ${DEMO_SECONDS:-60} seconds; levels not proven:"
		awk '/"levels"/ {on = 1} /"certificate"/ {exit}
			on && /"terms"/ {sub(/.*"terms":[ \t]*"/, ""); sub(/",?$/, ""); terms = $0}
			on && /"value"/ {value = $NF + 0}
			on && /"bound"/ {
				bound = $NF + 0
				if (bound < value) print "  " terms ": " value ", at least " bound
			}' \
			"$out/$1/summary.json"
	fi
	[ "$(kpi "$out/$1" unplaced)" = 0 ] ||
		echo "$1: not every child has a place; unplaced.csv says who and why."
}

mkdir -p "$out"
echo "Where do 100,000 children of an invented county go to school, before and after 59 new"
echo "schools? The first month takes up to ${DEMO_SECONDS:-60} seconds."
echo
assign 2017-09
assign 2018-09
row '' 'Sept 2017' 'Sept 2018'
row 'schools open' "$(awk -F , 'NR > 1 && $3 > 0' "$out/2017-09/schools.csv" | wc -l)" \
	"$(awk -F , 'NR > 1 && $3 > 0' "$out/2018-09/schools.csv" | wc -l)"
kpi_row 'pupils placed' placed %d
kpi_row 'pupils without a place' unplaced %d
kpi_row 'oversized classes (66 pupils and more)' oversized_classes %d
kpi_row 'large classes (56 pupils and more)' large_classes %d
row '  of all classes' "$(share 2017-09)" "$(share 2018-09)"
kpi_row 'mean way to school, km' mean_km %.2f
kpi_row 'nine in ten go no further than, km' p90_km %.2f
kpi_row 'pupils beyond 3 km (primary), 5 (junior)' far %d
row 'seconds' "$(shown %.1f "$(seconds "$out/2017-09" total)")" \
	"$(shown %.1f "$(seconds "$out/2018-09" total)")"
echo
verdict 2017-09
verdict 2018-09
echo
echo "An independent check of the second plan, from the tables alone:"
"$program" verify --optimal "$district" "$out/2018-09" | grep '^[a-z]*:'
echo
echo "Look into $out/2017-09 and $out/2018-09:"
echo "  summary.json                  every figure, level by level, with its proof"
echo "  assignment.csv, offerings.csv who goes where; how full every grade of every school is"
echo "  map.geojson                   for QGIS or any other map"
echo "Check it again: build/seatwise verify --optimal $district $out/2018-09"

#!/bin/sh
# test-prices.sh PROGRAM [DISTRICT [EACH]]: prices of the sample against its tables with one more.
#
# Of the exact sections, beds and places in prices.csv, EACH (default 2) of every kind and level are
# put into offerings.csv or schools.csv; solved anew, the first level that falls must be the one that
# was named, by as much. The months are those before and after the sample's new schools.
set -u

[ $# -ge 1 ] && [ $# -le 3 ] || { echo "usage: $0 PROGRAM [DISTRICT [EACH]]" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
. "$here/tally.sh"
make_scratch
program=$(absolute "$1")
district=$(absolute "${2:-$here/../inputs/samples/jianyang}")
each=${3:-2}

# assign FOLDER PLAN TRIALS: the levels of the folder's plan go to PLAN.levels.
assign() {
	rm -rf "$2"
	"$program" assign "$1" --out "$2" --set "month=$month" --set "trials=$3" >/dev/null 2>&1
	level_values "$2/summary.json" >"$2.levels"
}

# add_one TABLE COLUMN SCHOOL [GRADE]: one more in the column of a row.
add_one() {
	awk -F, -v OFS=, -v column="$2" -v school="$3" -v grade="${4:-}" '
		NR == 1 { for (i = 1; i <= NF; i++) if ($i == column) at = i }
		NR > 1 && $1 == school && (grade == "" || $2 == grade) { $at += 1 }
		{ print }' "$scratch/changed/$1" >"$scratch/table"
	mv "$scratch/table" "$scratch/changed/$1"
}

# fell BEFORE AFTER: "LEVEL GAIN" of the first level that differs; "0 0" where none does.
fell() {
	paste -d' ' "$1" "$2" | awk '
		$1 != $2 { printf "%d %.3f\n", NR, $1 - $2; found = 1; exit }
		END { if (!found) print "0 0.000" }'
}

# try WHAT SCHOOL GRADE LEVEL GAIN
try() {
	rm -rf "$scratch/changed"
	cp -R "$district" "$scratch/changed"
	case $1 in
	section) add_one offerings.csv sections "$2" "$3" ;;
	bed) add_one schools.csv boarding_beds "$2" ;;
	inclusion_place) add_one schools.csv inclusion_places "$2" ;;
	esac
	assign "$scratch/changed" "$scratch/after" 0
	want=$(printf '%d %.3f' "${4:-0}" "$5")
	found=$(fell "$scratch/before.levels" "$scratch/after.levels")
	if [ "$found" = "$want" ]; then
		pass
	else
		fail "$month, one more $1 at $2 $3: level and gain $found, not $want"
	fi
}

for month in 2018-09 2017-09; do
	assign "$district" "$scratch/before" 500
	awk -F, -v each="$each" 'NR > 1 && $1 != "seat" && $8 == "exact" && n[$1 $4]++ < each {
		print $1, $2, $3 == "" ? "-" : $3, $4 == "" ? 0 : $4, $6 }' \
		"$scratch/before/prices.csv" >"$scratch/chosen"
	while read -r what school grade level gain; do
		try "$what" "$school" "$grade" "$level" "$gain"
	done <"$scratch/chosen"
done
tally

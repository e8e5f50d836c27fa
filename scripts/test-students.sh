#!/bin/sh
# test-students.sh PROGRAM: children by name give the plan that their numbers give.
#
# demand.csv of the sample and of the districts for glpsol is spelled out, a row a child, in no
# order. Every table that both plans have must have the same bytes. Then, on the sample: lots against
# sha256sum, one child more, the time to read, and children at points of their own with marks in
# their ids and coordinates: ids stand in tables of children only, points nowhere.
set -u

[ $# -eq 1 ] || { echo "usage: $0 PROGRAM" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
. "$here/tally.sh"
make_scratch
seatwise=$(absolute "$1")
sample=$here/../inputs/samples/jianyang

# check WORDS COMMAND...: passes where the command does.
check() {
	words=$1
	shift
	if "$@"; then pass; else fail "$words"; fi
}

# spell FROM TO SEED: a district with a child a row; the numbers of children come in no order.
spell() {
	rm -rf "$2"
	cp -R "$1" "$2"
	rm "$2/demand.csv"
	awk -F , -v OFS=, -v seed="$3" '
	BEGIN {state = seed; print "student", "grade", "group", "zone"}
	NR == 1 {for (i = 1; i <= NF; i++) at[$i] = i; next}
	{
		for (i = 0; i < $at["pupils"]; i++)
			rows[++n] = "K" 1000000 + n OFS $at["grade"] OFS $at["group"] OFS \
				$at["zone"]
	}
	END {
		for (; n > 0; n--) {
			state = (state * 16807) % 2147483647
			i = 1 + int(state / 2147483647 * n)
			print rows[i]
			rows[i] = rows[n]
		}
	}' "$1/demand.csv" >"$2/students.csv"
}

# assign DISTRICT PLAN: its exit status may be 1.
assign() {
	rm -rf "$2"
	"$seatwise" assign "$1" --out "$2" --set seed=2026 >"$scratch/log" 2>&1
	[ $? -le 1 ] || sed 's/^/    /' "$scratch/log"
}

# The two plans but for what only children by name have, clocks and the hash of the tables.
same_tables() {
	for plan in "$1" "$2"; do
		rm -f "$plan/run.json" "$plan/students.csv" "$plan/lottery.csv" \
			"$plan/waiting.csv" "$plan/notices.csv"
		sed -e '/"input_hash"/d; /"children":/,/"references":/ {/"references":/!d;}' \
			"$plan/summary.json" >"$scratch/summary"
		cp "$scratch/summary" "$plan/summary.json"
	done
	diff -r "$1" "$2"
}

same_plan() {
	name=$(basename "$1")
	assign "$1" "$scratch/cells"
	spell "$1" "$scratch/children" 7
	assign "$scratch/children" "$scratch/named"
	"$seatwise" verify "$scratch/children" "$scratch/named" >"$scratch/log" 2>&1
	check "$name: verify refuses the plan of children" \
		grep -q '^children: .*: holds$' "$scratch/log"
	check "$name: another plan with children by name" \
		same_tables "$scratch/cells" "$scratch/named"
}

# `lot student` of the first 20 rows, by another program.
lots_by_sha256sum() {
	sed -n '2,21s/,.*//p' "$1" | while read -r student; do
		echo "$student,$(printf '2026:%s' "$student" | sha256sum | cut -d ' ' -f 1)"
	done
}

first_lots() {
	lots_by_sha256sum "$scratch/named/lottery.csv" >"$scratch/lots"
	sed -n 2,21p "$scratch/named/lottery.csv" | cmp -s - "$scratch/lots"
}

lots_in_order() {
	sed 1d "$scratch/named/lottery.csv" | cut -d , -f 2 | LC_ALL=C sort -c
}

# One child more in a cell: no other lot changes.
one_more() {
	cp -R "$scratch/children" "$scratch/more"
	sed -n '2s/^[^,]*/K9/p' "$scratch/children/students.csv" >>"$scratch/more/students.csv"
	assign "$scratch/more" "$scratch/with-one"
	grep -v '^K9,' "$scratch/with-one/lottery.csv" | cmp -s - "$scratch/named/lottery.csv"
}

read_in_time() {
	awk '/"read":/ && !seen {gsub(/[^0-9.]/, ""); seen = 1; exit !($0 < 1)}' \
		"$scratch/named/run.json"
}

# Every tenth child lives at a point of its own, whose digits no zone or school has.
at_points() {
	rm -rf "$scratch/points"
	cp -R "$scratch/children" "$scratch/points"
	awk -F , -v OFS=, '
	NR == 1 {print $0, "lon", "lat"; next}
	NR % 10 {print $0, "", ""; next}
	{print "SECRET" $1, $2, $3, "", "104.54" 61000 + NR % 1000, "30.39" 68000 + NR % 777}
	' "$scratch/children/students.csv" >"$scratch/points/students.csv"
	assign "$scratch/points" "$scratch/secret"
	cp "$scratch/log" "$scratch/secret/log"
	"$seatwise" verify "$scratch/points" "$scratch/secret" >"$scratch/secret/verified" 2>&1
	{
		"$seatwise" matrix "$scratch/points" --out "$scratch/secret/matrix"
		"$seatwise" model "$scratch/points" --out "$scratch/secret/model"
		"$seatwise" explain "$scratch/points" "$scratch/secret" --school S001
	} >>"$scratch/secret/log" 2>&1
}

# in_secret PATTERN: which files of the plan and of what was said have it.
in_secret() {
	(cd "$scratch/secret" && grep -rlE "$1" . | LC_ALL=C sort | tr '\n' ' ')
}

for folder in "$here"/../tests/districts/*/; do
	same_plan "${folder%/}"
done
same_plan "$sample"
assign "$scratch/children" "$scratch/named"
check 'lots are not what sha256sum says' first_lots
check 'lots do not ascend' lots_in_order
check 'a child more changes another lot' one_more
check 'a hundred thousand children are not read in a second' read_in_time
at_points
check 'children at points: verify refuses the plan' \
	grep -q '^children: .*: holds$' "$scratch/secret/verified"
check "children's ids in $(in_secret SECRET)" \
	[ "$(in_secret SECRET)" = './lottery.csv ./notices.csv ./students.csv ./waiting.csv ' ]
check "home points in $(in_secret '104\.5461|30\.3968')" \
	[ -z "$(in_secret '104\.5461|30\.3968')" ]
check 'the model of children at points is not refused' \
	grep -q 'children have points of their own' "$scratch/secret/log"
tally

#!/bin/sh
# glpsol-levels.sh SEATWISE DISTRICT WORKDIR: the optimum of every level, by glpsol.
#
# Writes the model of DISTRICT to WORKDIR/model (WORKDIR is made; the model must not be there yet),
# minimises level after level, and prints for each one its number and its value in decimals, as
# summary.json has it.
set -eu

[ $# -eq 3 ] || { echo "usage: $0 SEATWISE DISTRICT WORKDIR" >&2; exit 2; }
seatwise=$1 district=$2 work=$3
mkdir -p "$work"
"$seatwise" model "$district" --out "$work/model"

# How many rows the table of levels has.
n=$(awk '/^param : LEVELS/ {on = 1; next} on && /^;/ {exit} on {n++} END {print n + 0}' \
	"$work/model/district.dat")

best= level=1
while [ "$level" -le "$n" ]; do
	printf 'param level := %d;\nparam best :=%s;\nend;\n' "$level" "$best" \
		>"$work/level-$level.dat"
	glpsol -m "$work/model/assignment.mod" -d "$work/model/district.dat" \
		-d "$work/level-$level.dat" >"$work/level-$level.log" 2>&1 || {
		cat "$work/level-$level.log" >&2
		exit 1
	}
	grep -q 'OPTIMAL' "$work/level-$level.log" || {
		echo "level $level: no optimum, see $work/level-$level.log" >&2
		exit 1
	}
	value=$(sed -n "s/^level $level value //p" "$work/level-$level.log")
	# 12500 with the unit 10^-3 is 12.5
	sed -n 's/^# unit 10^-\([0-9]*\), of: .*/\1/p' "$work/level-$level.log" |
		awk -v level="$level" -v value="$value" '{
			while (length(value) <= $1) value = "0" value
			whole = substr(value, 1, length(value) - $1)
			part = substr(value, length(value) - $1 + 1)
			sub(/0+$/, "", part)
			print level, whole (part == "" ? "" : "." part)
		}'
	best="$best $level $value" level=$((level + 1))
done

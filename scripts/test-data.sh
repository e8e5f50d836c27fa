#!/bin/sh
# test-data.sh PROGRAM: on real cases every level comes to the value that another solver proved.
#
# The cases are the folders of SEATWISE_DATA (default ../shared/data beside the sources) that have an
# expected.json: runs with a district folder, settings, and the value of each level. Only `assign`;
# districts with a road network are passed over. Values are compared digit by digit.
set -u

[ $# -eq 1 ] || { echo "usage: $0 PROGRAM" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
. "$here/tally.sh"
make_scratch
seatwise=$(absolute "$1")
data=${SEATWISE_DATA:-$here/../../shared/data}

# runs FILE: one line a run of `assign`: name|district|values|arguments for the shell.
runs() {
	awk '
	function text(   i) { # what follows the key, without quotes and comma
		i = index($0, ": ")
		$0 = substr($0, i + 2)
		sub(/,$/, "")
		gsub(/^"|"$/, "")
		return $0
	}
	function key(   parts) { split($0, parts, "\""); return parts[2] }
	/^ *"run":/      {run = text(); set = values = ""; next}
	/^ *"district":/ {district = text(); next}
	/^ *"command":/  {command = text(); next}
	/^ *"set": \{$/  {in_set = 1; next}
	in_set && /^ *\}/ {in_set = 0; next}
	in_set {
		name = key()
		set = set " --set \"" name "=" text() "\""
		next
	}
	/^ *"levels":/   {in_levels = 1; next}
	in_levels && /"value":/ {
		value = text()
		sub(/\.0+$/, "", value)
		values = values value " "
		next
	}
	in_levels && /^ *\]/ {
		in_levels = 0
		if (command == "assign") print run "|" district "|" values "|" set
	}' "$1"
}

compare() {
	rm -rf "$scratch/plan"
	eval "\"\$seatwise\" assign \"\$folder\" --out \"\$scratch/plan\" $4" >"$scratch/log" 2>&1
	found=$([ -f "$scratch/plan/summary.json" ] &&
		level_values "$scratch/plan/summary.json" | tr '\n' ' ')
	if [ "$found" = "$3" ]; then
		pass
	else
		fail "$1: the levels are ${found:-not there}, but should be $3"
		sed 's/^/    /' "$scratch/log"
	fi
}

for expected in "$data"/*/expected.json; do
	[ -f "$expected" ] || break
	runs "$expected" >"$scratch/runs"
	while IFS='|' read -r run district values settings; do
		folder=$(dirname "$expected")/$district
		if [ -n "$(ls "$folder" | grep '\.pbf$')" ]; then
			skip "$run: roads are not read"
		else
			compare "$(basename "$(dirname "$expected")") $run" "$folder" "$values" "$settings"
		fi
	done <"$scratch/runs"
done
[ $((passed + failed)) -gt 0 ] || skip "real cases: no folder $data"
tally

#!/bin/sh
# test-glpsol.sh PROGRAM: on every district of tests/districts the program and glpsol, given the
# model that the program writes, come to the same value at every level.
set -u

[ $# -eq 1 ] || { echo "usage: $0 PROGRAM" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
. "$here/tally.sh"
make_scratch
seatwise=$(absolute "$1")

compare() {
	"$seatwise" assign "$1" --out "$scratch/$name" >"$scratch/log" 2>&1
	[ $? -le 1 ] && level_values "$scratch/$name/summary.json" | cat -n |
		awk '{print $1, $2}' >"$scratch/ours"
	sh "$here/glpsol-levels.sh" "$seatwise" "$1" "$scratch/$name.work" \
		>"$scratch/theirs" 2>>"$scratch/log"
	if [ -s "$scratch/ours" ] && diff "$scratch/ours" "$scratch/theirs" >>"$scratch/log"; then
		pass
	else
		fail "$name: glpsol disagrees"
		sed 's/^/    /' "$scratch/log"
	fi
}

for folder in "$here"/../tests/districts/*/; do
	name=$(basename "$folder")
	if command -v glpsol >/dev/null; then
		: >"$scratch/ours"
		compare "$folder"
	else
		skip "$name: there is no glpsol"
	fi
done
tally

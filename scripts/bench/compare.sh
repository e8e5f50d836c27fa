#!/bin/sh
# bench/compare.sh BIN FILE.min: every method on one min-cost flow, one row each, as a table.
#
# BIN holds what build.sh built; a program BIN/ours FILE.min is a method like the others. CPU
# seconds are the least of RUNS (default 3) runs, or of one that took more than a second. A method
# is given LIMIT seconds (default 100) and MEMORY MB (default 4000). Exit status 1 when two
# objectives differ, a method fails or nothing was solved; running out of either is none.
set -eu

[ $# -eq 2 ] || { echo "usage: $0 BIN FILE.min" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../tally.sh"
make_scratch
bin=$1 file=$2
limit=${LIMIT:-100} memory=${MEMORY:-4000}
python=/usr/bin/python3

# once COMMAND...: its line, or why there is none.
once() {
	code=0
	{ # the shell's own word of a kill goes nowhere
		(
			ulimit -v $((memory * 1024))
			exec timeout "$limit" "$@" "$file" >"$scratch/line" 2>"$scratch/errors"
		) || code=$?
	} 2>/dev/null
	case $code in
	0) cat "$scratch/line" ;;
	124 | 137) echo "- - - - over $limit s" ;;
	*)
		if grep -qiE 'memory|alloc' "$scratch/errors"; then
			echo "- - - - over $memory MB"
		else
			echo "- - - - failed: $(head -n 1 "$scratch/errors")"
		fi ;;
	esac
}

# method NAME PACKAGE COMMAND...: one line `name objective seconds MB [note]`.
method() {
	method_name=$1 package=$2
	shift 2
	if ! is_built "$1" "$package"; then
		echo "$method_name - - - not built: package $package"
		return
	fi
	run=0
	while [ "$run" -lt "${RUNS:-3}" ]; do
		once "$@" >"$scratch/one"
		cat "$scratch/one"
		awk '$2 == "-" || $3 > 1 {exit 1}' "$scratch/one" || break
		run=$((run + 1))
	done >"$scratch/runs"
	sort -k 3,3g "$scratch/runs" | head -n 1 | sed "s/^[^ ]*/$method_name/"
}

is_built() {
	case $1 in
	"$python") "$python" -c 'import scipy.optimize' 2>/dev/null ;;
	*) [ -x "$1" ] ;;
	esac
}

methods() {
	[ ! -x "$bin/ours" ] || method ours - "$bin/ours"
	method lemon-simplex liblemon-dev "$bin/peer_lemon" simplex
	method lemon-scaling liblemon-dev "$bin/peer_lemon" scaling
	method clp-dual coinor-libclp-dev "$bin/peer_clp" dual
	method clp-primal coinor-libclp-dev "$bin/peer_clp" primal
	method glpk-okalg libglpk-dev "$bin/peer_glpk" okalg
	method glpk-simplex libglpk-dev "$bin/peer_glpk" simplex
	method highs-dual python3-scipy "$python" "$here/peer_highs.py" dual
}

methods >"$scratch/methods"
sed -n 's/^c //p' "$file" | head -n 1
sed -n '/^p min/{s/p min \([0-9]*\) \([0-9]*\)/\1 nodes, \2 arcs/p;q}' "$file"
awk '
	# Ratios are to the fastest of the others, so that of ours is what it is worth.
	{line[NR] = $0}
	$2 != "-" && $1 != "ours" && (!fastest || $3 < fastest) {fastest = $3}
	$2 != "-" {
		solved++
		if (solved == 1) objective = $2
		if ($2 "" != objective "") differ = 1
	}
	/ failed: / {broken = 1}
	END {
		row = "%-14s %14s %10s %8s %8s\n"
		printf row, "method", "objective", "CPU s", "ratio", "MB"
		for (i = 1; i <= NR; i++) {
			n = split(line[i], word, " ")
			if (word[2] == "-") {
				note = line[i]
				sub(/^[^ ]+ - - - /, "", note)
				printf "%-14s %14s\n", word[1], note
				continue
			}
			ratio = fastest ? sprintf("%.2f", word[3] / fastest) : "-"
			printf row, word[1], word[2], sprintf("%.4f", word[3]), ratio, word[4]
		}
		if (differ) print "THE OBJECTIVES DIFFER"
		else if (solved) printf "all %d objectives are equal\n", solved
		else print "nothing was solved"
		exit differ || broken || !solved
	}' "$scratch/methods"

#!/bin/sh
# bench/whole.sh PROGRAM: zones that stay whole, by the program and by HiGHS on the whole statement.
#
# Ten seeds of each kind (1,300 zones x 20 schools and 300 x 13; 1 % and, T, 0.1 % more seats than
# pupils), one process at a time. `above` is what a plan has above the linear bound, that of zones
# that may be split; `gap` what its own bound leaves open, both in percent. KINDS, SEEDS and LIMIT
# (seconds, 20) say what the program runs; HIGHS_SEEDS (default "1 2", "" for none) and HIGHS_LIMIT
# (60) what HiGHS does, which needs SciPy and takes up to a minute a row.
set -eu

[ $# -eq 1 ] || { echo "usage: $0 PROGRAM" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../tally.sh"
. "$here/../figures.sh"
make_scratch
program=$(absolute "$1")
cc="${CC:-gcc} -std=gnu11 -D_GNU_SOURCE -O2"
$cc -o "$scratch/generate" "$here/generate.c" "$here/towns.c" -lm

python=
for one in python3 /usr/bin/python3; do
	[ -n "$python" ] || ! "$one" -c 'import numpy, scipy' 2>/dev/null || python=$one
done

# assigned [SETTING...]: travel and its bound in km, as the program says them.
assigned() {
	rm -rf "$scratch/plan"
	"$program" assign "$scratch/district" --out "$scratch/plan" --set trials=0 "$@" \
		>"$scratch/said" || [ $? -eq 1 ]
	sed -n 's/^  2\. travel_km = \([0-9.]*\) (\(.*\))$/\1 \2/p' "$scratch/said" |
		sed 's/^\(.*\) optimal$/\1 \1/; s/proven bound //'
	grep -q '^  1\. unplaced = 0 ' "$scratch/said"
}

# line KIND SEED WHO VALUE BOUND SECONDS LINEAR
line() {
	echo "$@" | awk '
		function percent(value, least) {
			if (value == "-" || least == "-")
				return "-"
			return sprintf("%.4f", 100 * (value - least) / least)
		}
		{
			printf "%-7s %4s %-9s %11s %9s %9s %8.1f\n", $1, $2, $3, $4,
				percent($4, $7), percent($4, $5), $6
		}'
}

# highs KIND SEED LINEAR
highs() {
	rm -rf "$scratch/matrix"
	"$program" matrix "$scratch/district" --out "$scratch/matrix" >/dev/null
	set -- "$@" $("$python" "$here/whole_highs.py" "$scratch/district" "$scratch/matrix" \
		"${HIGHS_LIMIT:-60}")
	line "$1" "$2" HiGHS "$4" "$5" "$6" "$3"
}

printf '%-7s %4s %-9s %11s %9s %9s %8s\n' kind seed by km 'above %' 'gap %' seconds
for kind in ${KINDS:-W1300 W1300T W300 W300T}; do
	for seed in ${SEEDS:-1 2 3 4 5 6 7 8 9 10}; do
		rm -rf "$scratch/district"
		"$scratch/generate" "$kind" "$scratch/district" --seed "$seed"
		linear=$(assigned --set whole_zones=no)
		found=$(assigned --set "time_limit=${LIMIT:-20}")
		line "$kind" "$seed" seatwise $found "$(seconds "$scratch/plan" total)" ${linear#* }
		case " ${HIGHS_SEEDS-1 2} " in
		*" $seed "*) [ -z "$python" ] || highs "$kind" "$seed" ${linear#* } ;;
		esac
	done
done

#!/bin/sh
# test-shuffle.sh PROGRAM: the order of rows and columns, and the locale, change no byte of a plan.
#
# The rows of every table are shuffled, and its columns turned round; run.json, which has clocks in
# it, is the only file that may differ. No field of these districts has a comma in it.
set -u

[ $# -eq 1 ] || { echo "usage: $0 PROGRAM" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
. "$here/tally.sh"
make_scratch
seatwise=$(absolute "$1")

# shuffle FROM TO SEED: the header stays first.
shuffle() {
	rm -rf "$2"
	mkdir "$2"
	cp "$1/district.json" "$2/"
	for table in "$1"/*.csv; do
		awk -F , -v OFS=, -v seed="$3" '
		function turned(   i, text) {
			text = $NF
			for (i = NF - 1; i >= 1; i--) text = text OFS $i
			return text
		}
		BEGIN {state = seed}
		NR == 1 {print turned(); next}
		{rows[++n] = turned()}
		END {
			for (; n > 0; n--) {
				state = (state * 16807) % 2147483647
				i = 1 + int(state / 2147483647 * n)
				print rows[i]
				rows[i] = rows[n]
			}
		}' "$table" >"$2/$(basename "$table")"
	done
}

# same_plan WORDS DISTRICT PLAN: whether DISTRICT gives PLAN.
same_plan() {
	rm -rf "$scratch/plan"
	"$seatwise" assign "$2" --out "$scratch/plan" >"$scratch/log" 2>&1
	if same_files "$3" "$scratch/plan" run.json; then
		pass
	else
		fail "$1"
		sed 's/^/    /' "$scratch/log"
		diff -rq "$3" "$scratch/plan" | sed 's/^/    /'
	fi
}

# Those of the locales below that are there.
there=
for locale in C.UTF-8 de_DE.UTF-8; do
	if locale -a 2>/dev/null | tr -d - | grep -iqx "$(echo $locale | tr -d -)"; then
		there="$there $locale"
	else
		skip "the locale $locale, which is not installed"
	fi
done

district() {
	name=$(basename "$1")
	rm -rf "$scratch/first"
	if ! "$seatwise" assign "$1" --out "$scratch/first" >"$scratch/log" 2>&1 &&
		[ ! -d "$scratch/first" ]; then
		fail "$name: no plan"
		return
	fi
	same_plan "$name: a second run" "$1" "$scratch/first"
	for seed in 1 22 333; do
		shuffle "$1" "$scratch/shuffled" $seed
		same_plan "$name: rows shuffled, seed $seed" "$scratch/shuffled" "$scratch/first"
	done
	for locale in $there; do
		LC_ALL=$locale
		export LC_ALL
		same_plan "$name: under $locale" "$1" "$scratch/first"
		unset LC_ALL
	done
}

district "$here/../inputs/samples/jianyang"
for folder in "$here"/../tests/districts/*/; do
	district "${folder%/}"
done
district "$here/../tests/cases/students/district"
district "$here/../tests/cases/contradictory/district"
tally

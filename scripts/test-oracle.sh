#!/bin/sh
# test-oracle.sh PROGRAM: many generated districts against another reading of the rules, in Python.
#
# SEATWISE_ORACLE (default ../shared/oracle beside the sources) has generate.py, check.py, compare.py
# and badcheck.py; they need numpy, scipy and pyproj. Takes some minutes. SEEDS (default "1 2 3") and
# KINDS say which districts, SECONDS_EACH how long a run may take.
set -u

[ $# -eq 1 ] || { echo "usage: $0 PROGRAM" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
. "$here/tally.sh"
make_scratch
seatwise=$(absolute "$1")
oracle=${SEATWISE_ORACLE:-$here/../../shared/oracle}
tinies=$(awk 'BEGIN {for (i = 1; i <= 40; i++) print "tiny-" i}')
kinds=${KINDS:-$tinies tight short gbk rules whole county}

# The Python that has the packages.
python=
for one in python3 /usr/bin/python3; do
	[ -n "$python" ] || ! "$one" -c 'import numpy, scipy, pyproj' 2>/dev/null || python=$one
done

# try WHAT COMMAND...: shows what the command says when it fails.
try() {
	what=$1
	shift
	if "$@" >"$scratch/log" 2>&1; then
		return 0
	fi
	fail "$what"
	sed 's/^/    /' "$scratch/log"
	return 1
}

assign() {
	timeout "${SECONDS_EACH:-120}" "$seatwise" assign "$scratch/district" --out "$scratch/plan"
	[ $? -le 1 ]
}

district() {
	rm -rf "$scratch/district" "$scratch/plan"
	try "$1 $2: generate" "$python" "$oracle/generate.py" "$1" "$scratch/district" --seed "$2" &&
		try "$1 $2: assign" assign &&
		try "$1 $2: check" "$python" "$oracle/check.py" "$scratch/district" "$scratch/plan" &&
		try "$1 $2: compare" "$python" "$oracle/compare.py" "$scratch/district" "$scratch/plan" &&
		pass
}

if [ ! -f "$oracle/compare.py" ]; then
	skip "the oracle: no folder $oracle"
elif [ -z "$python" ]; then
	skip "the oracle: no Python with numpy, scipy and pyproj"
else
	try "bad districts: generate" "$python" "$oracle/generate.py" bad "$scratch/bad" &&
		try "bad districts" "$python" "$oracle/badcheck.py" "$seatwise" "$scratch/bad" && pass
	for kind in $kinds; do
		for seed in ${SEEDS:-1 2 3}; do
			district "$kind" "$seed"
		done
	done
fi
tally

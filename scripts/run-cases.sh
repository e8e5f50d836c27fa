#!/bin/sh
# run-cases.sh PROGRAM [CASE...]: runs the program on every folder of tests/cases.
#
# A case is run in a scratch copy of its folder, which holds
#   command           the arguments of the program
#   before            optional: sh commands run first, with $seatwise and $cases (tests/cases)
#   district/         optional: input
#   expected.status   the exit status
#   expected.stdout   optional: what is printed, exactly
#   expected.stderr   what is said, exactly; nothing may be said where it is absent
#   expected/         optional: files that must be there afterwards, with these bytes
#   absent            optional: paths that must not exist afterwards, one a line
set -u

[ $# -ge 1 ] || { echo "usage: $0 PROGRAM [CASE...]" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
. "$here/tally.sh"
make_scratch
seatwise=$(absolute "$1")
cases=$here/../tests/cases
export seatwise cases
shift
[ $# -gt 0 ] || set -- $(ls "$cases")

# Says what differs; $trouble counts.
compare() {
	diff -u "$1" "$2" >"$scratch/difference" 2>&1 && return
	sed 's/^/    /' "$scratch/difference"
	trouble=$((trouble + 1))
}

check_files() {
	[ -d expected ] || return 0
	(cd expected && find . -type f | LC_ALL=C sort) >"$scratch/files"
	while read -r file; do
		compare "expected/$file" "$file"
	done <"$scratch/files"
}

check_absent() {
	[ -f absent ] || return 0
	while read -r path; do
		[ -e "$path" ] || [ -L "$path" ] || continue
		echo "    $path should not be there"
		trouble=$((trouble + 1))
	done <absent
}

run_case() {
	trouble=0
	rm -rf "$scratch/case"
	cp -R "$cases/$1" "$scratch/case"
	cd "$scratch/case" || exit 1
	if [ -f before ] && ! sh -eu before >"$scratch/before.log" 2>&1; then
		sed 's/^/    /' "$scratch/before.log"
		trouble=1
	fi
	eval "set -- $(cat command)"
	"$seatwise" "$@" >"$scratch/stdout" 2>"$scratch/stderr" </dev/null
	echo $? >"$scratch/status"
	compare expected.status "$scratch/status"
	[ ! -f expected.stdout ] || compare expected.stdout "$scratch/stdout"
	[ -f expected.stderr ] || : >expected.stderr
	compare expected.stderr "$scratch/stderr"
	check_files
	check_absent
	cd "$here" || exit 1
	[ $trouble -eq 0 ]
}

for name in "$@"; do
	if run_case "$name"; then
		pass
	else
		fail "case $name"
	fi
done
tally

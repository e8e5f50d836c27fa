#!/bin/sh
# run-bad.sh PROGRAM: every bad input of tests/bad/table is refused in the right words.
#
# Each is a scratch copy of tests/bad/district with one change. Checked: the exit status, one whole
# line of what is said, that nothing is printed as a result, and that no plan, whole or in parts, is
# left behind. Two more are made here: a disk that is full, and files that may not grow.
set -u

[ $# -eq 1 ] || { echo "usage: $0 PROGRAM" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
. "$here/tally.sh"
make_scratch
base=$here/../tests/bad
sample=$here/../inputs/samples/jianyang
mkdir "$scratch/bin" # under its own name, which argp puts before its errors
ln -s "$(absolute "$1")" "$scratch/bin/seatwise"
PATH=$scratch/bin:$PATH
LC_ALL=C
export PATH LC_ALL

# line FILE N FORMAT: replaces line N of a table, or of another file; FORMAT is printf's.
line() {
	[ -f "district/$1" ] && file=district/$1 || file=district/$1.csv
	head -n $(($2 - 1)) "$file" >changed
	printf "$3\n" >>changed
	tail -n +$(($2 + 1)) "$file" >>changed
	mv changed "$file"
}

fresh() {
	cd "$scratch" || exit 1
	rm -rf work
	mkdir work
	cp -R "$base/district" work/
	cd work || exit 1
	args='assign district --out plan'
}

# judge NAME STATUS LINE, after a run in ./ that wrote ../status, ../stdout and ../stderr
judge() {
	if [ "$(cat ../status)" != "$2" ]; then
		fail "$1: exit status $(cat ../status), not $2"
	elif ! grep -Fxq -e "$3" ../stderr; then
		fail "$1: is not said: $3"
		sed 's/^/    /' ../stderr
	elif [ -s ../stdout ]; then
		fail "$1: prints a result"
	elif [ -n "$(find . -name '.seatwise*' -o -path ./plan -o -path './full/?*')" ]; then
		fail "$1: leaves a plan behind"
	else
		pass
	fi
}

run() {
	eval "seatwise $args" >../stdout 2>../stderr </dev/null
	echo $? >../status
}

# The field of a row of the table, without the spaces around it.
trim() {
	trimmed=${1#"${1%%[! ]*}"}
	trimmed=${trimmed%"${trimmed##*[! ]}"}
}

table() {
	while IFS='|' read -r name change status text; do
		case $name in
		'#'* | '') continue ;;
		esac
		fresh
		eval "$change"
		run
		trim "$name" && name=$trimmed
		trim "$status" && status=$trimmed
		trim "$text" && judge "$name" "$status" "$trimmed"
	done <"$base/table"
}

# The sample's assignment.csv has 200 KB.
small_files() {
	fresh
	(
		ulimit -f 64 # of 512 bytes each
		seatwise assign "$sample" --out plan >../stdout 2>../stderr
		echo $? >../status
	)
	judge file-too-large 5 \
		"plan: error: cannot write 'assignment.csv': File too large [output-write]"
}

full_disk() {
	fresh
	mkdir disk
	if mount -t tmpfs -o size=128k none disk 2>/dev/null; then
		seatwise assign "$sample" --out disk/plan >../stdout 2>../stderr
		echo $? >../status
		ls -A disk >left
		umount disk
		if [ -s left ]; then
			fail "full-disk: leaves $(cat left)"
		else
			judge full-disk 5 \
				"disk/plan: error: cannot write 'assignment.csv': No space left on device [output-write]"
		fi
	else
		skip "full-disk: only root can mount a small disk"
	fi
}

# The base itself must be fine, or nothing below would mean anything.
fresh
run
if [ "$(cat ../status)" = 0 ] && [ ! -s ../stderr ]; then
	pass
else
	fail "the base district is not accepted: $(cat ../stderr)"
fi
table
small_files
full_disk
tally

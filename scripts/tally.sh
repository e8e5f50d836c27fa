# tally.sh - counts what passes, fails and is skipped; the test scripts read it with `.`.
passed=0 failed=0 skipped=0

pass() {
	passed=$((passed + 1))
}

# fail WORDS...: says what is wrong.
fail() {
	failed=$((failed + 1))
	printf 'FAILED %s\n' "$*"
}

skip() {
	skipped=$((skipped + 1))
	printf 'skipped %s\n' "$*"
}

# The last line of a script; false when anything failed or nothing was tried.
tally() {
	if [ "$skipped" -gt 0 ]; then
		echo "$passed passed, $failed failed, $skipped skipped"
	else
		echo "$passed passed, $failed failed"
	fi
	[ "$failed" -eq 0 ] && [ $((passed + skipped)) -gt 0 ]
}

# A scratch folder in $scratch that goes away with the script.
make_scratch() {
	scratch=$(mktemp -d "${TMPDIR:-/tmp}/seatwise.XXXXXX") || exit 1
	trap 'rm -rf "$scratch"' EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM
}

# The path of a file from anywhere.
absolute() {
	case $1 in
	/*) echo "$1" ;;
	*) echo "$PWD/$1" ;;
	esac
}

# same_files FOLDER FOLDER [BUT]: whether both hold the same files with the same bytes, the one
# name left out.
same_files() {
	[ "$(ls -A "$1" | grep -vx "${3:-/}")" = "$(ls -A "$2" | grep -vx "${3:-/}")" ] || return 1
	for same_one in $(ls -A "$1" | grep -vx "${3:-/}"); do
		cmp -s "$1/$same_one" "$2/$same_one" || return 1
	done
}

# level_values SUMMARY: the value of every level, one a line, as written.
level_values() {
	sed -n '/"levels"/,/"certificate"/s/.*"value":[[:space:]]*\([^,]*\),*$/\1/p' "$1"
}

#!/bin/sh
# install-deps.sh [build] [test] [lint] [bench]: installs the Debian packages that are missing.
#
# Without an argument: build. Needs root or sudo only when something is missing; what apt-get says
# is shown only when it fails.
set -eu

packages_of() {
	case $1 in
	build)
		echo gcc libc6-dev make libglpk-dev libcsv-dev libcjson-dev libproj-dev \
			libutf8proc-dev nettle-dev ;;
	test) echo libcriterion-dev glpk-utils ;;
	lint) echo cppcheck ;;
	bench) echo g++ liblemon-dev coinor-libclp-dev python3-scipy ;;
	*)
		echo "usage: $0 [build] [test] [lint] [bench]" >&2
		return 2 ;;
	esac
}

is_there() {
	[ "$(dpkg-query -W -f='${Status}' "$1" 2>/dev/null)" = 'install ok installed' ]
}

give_up() {
	echo "$0: $1; these packages (Debian's names) are needed:$missing" >&2
	exit 1
}

# run WHAT...: as root, quiet unless it fails.
run() {
	if ! $as_root env DEBIAN_FRONTEND=noninteractive apt-get "$@" >"$log" 2>&1 </dev/null; then
		cat "$log" >&2
		give_up "'apt-get $1' failed"
	fi
}

[ $# -gt 0 ] || set -- build
missing=
for list in "$@"; do
	packages=$(packages_of "$list") || exit 2
	if ! command -v dpkg-query >/dev/null; then
		missing="$missing $packages" # another system: the compiler will say what it lacks
		continue
	fi
	for package in $packages; do
		is_there "$package" || missing="$missing $package"
	done
done
[ -n "$missing" ] || exit 0

if ! command -v dpkg-query >/dev/null; then
	echo "$0: this is no Debian; going on as if these were there:$missing" >&2
	exit 0
fi
as_root=
[ "$(id -u)" -eq 0 ] || as_root=sudo
command -v apt-get >/dev/null || give_up 'there is no apt-get'
[ -z "$as_root" ] || command -v sudo >/dev/null || give_up 'this is neither root nor is there sudo'

log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "installing:$missing"
run update
run install -y -q --no-install-recommends $missing

#!/bin/sh
# bench/build.sh BUILD: the makers of instances, and the peers whose libraries are there, into
# BUILD/bench. What a peer's compiler says is in BUILD/bench/PEER.log.
set -eu

[ $# -eq 1 ] || { echo "usage: $0 BUILD" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
bin=$1/bench
mkdir -p "$bin"
cc="${CC:-gcc} -std=gnu11 -D_GNU_SOURCE -O2 -g -ffp-contract=off -Wall -Wextra -Wpedantic -Wshadow
	-Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 -Wundef"
# LEMON's headers set off that warning.
cxx="${CXX:-g++} -std=c++14 -O2 -g -Wall -Wextra -Wno-maybe-uninitialized"

# peer NAME COMMAND...: a peer that may fail to build.
peer() {
	peer_name=$1
	shift
	rm -f "$bin/$peer_name"
	"$@" -o "$bin/$peer_name" >"$bin/$peer_name.log" 2>&1 || rm -f "$bin/$peer_name"
}

for tool in generate arcs; do
	$cc -o "$bin/$tool" "$here/$tool.c" "$here/towns.c" -lm
done
$cc -c -o "$bin/mincost.o" "$here/mincost.c"
flow=$bin/mincost.o
# A source goes before its libraries; -o may come last.
peer peer_lemon $cxx "$here/peer_lemon.cc" "$flow" -lm
peer peer_clp $cxx "$here/peer_clp.cc" "$flow" -lClp -lCoinUtils -lm
peer peer_glpk $cc "$here/peer_glpk.c" "$flow" -lglpk -lm

# Our own engine on the same files, and on whole districts: all of the program but its main.
for ours in ours engine; do
	$cc -I"$root" -o "$bin/$ours" "$here/$ours.c" "$flow" \
		$(find "$1/inputs" "$1/models" "$1/outputs" "$1/solver" -name '*.o' \
			! -path "$1/solver/main.o") \
		-lglpk -lcsv -lcjson -lproj -lutf8proc -lnettle -lm
done

#!/bin/sh
# test-long.sh BUILD: 2,000 more districts by chance (DISTRICTS says how many), with other seeds than
# those of `make test`. A district that fails is left behind, and named. A minute or two.
set -eu

[ $# -eq 1 ] || { echo "usage: $0 BUILD" >&2; exit 2; }
DISTRICTS=${DISTRICTS:-2000} "$1/tests/test_mixed" --verbose=1 --filter 'mixed/all_*'

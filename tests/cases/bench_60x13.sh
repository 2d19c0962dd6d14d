#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The seeded instances of 60 vessels at 13 berths: that their generator still makes the same bytes,
# and that they are what REPRODUCE.md says.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

bench=$QWR_SRCDIR/tests/bench
sums=$bench/expected/60x13.sha256
bases=${QWR_BENCHMARKS-}/cordeau_I2_reconstructed

# make_60x13 ARGS...: as try, of the generator.
make_60x13()
{
    "$PYTHON" "$bench/make_60x13.py" "$@" >out.txt 2>err.txt </dev/null
    code=$?
}

if [ -z "${PYTHON-}" ]; then
    skip "the 60x13 instances are made" "there is no python3"
    finish
fi

make_60x13 "$bench/instances" --sums
exits 1 "too few rows to draw from are refused"
prints err.txt '12 distinct rows in 1 instances, 60 are needed' "and counted"
make_60x13 "$work/missing" --sums
exits 1 "a folder that is not there is refused"
prints err.txt 'make_60x13: .*missing' "and named"
make_60x13 "$bench/instances"
exits 2 "an output must be chosen"
make_60x13 "$bench/instances" --sums --seeds 9..1
exits 2 "an empty range of seeds is refused"

if [ ! -d "$bases" ]; then
    skip "the 60x13 instances are the same" "QWR_BENCHMARKS names no folder cordeau_I2_reconstructed"
    finish
fi
make_60x13 "$bases" --sums
same out.txt "$sums" "the instances of all hundred seeds are the same bytes"
make_60x13 "$bases" --out made --seeds 7..8
check "files are named after their seeds" test "$(cd made && echo *)" = 's60x13-007.txt s60x13-008.txt'
check "a file holds what its sum was made of" \
    test "$(sha256sum <made/s60x13-007.txt | cut -c1-64)" = "$(sed -n 's/ *s60x13-007.txt$//p' "$sums")"
check "fifteen in a hundred pairs are forbidden" \
    test "$(sed -n '5,64p' made/s60x13-007.txt | tr ' ' '\n' | grep -c '^99999$')" -eq 117
check "every vessel has a berth" \
    test "$(sed -n '5,64p' made/s60x13-007.txt | grep -c -E '(^| )[0-9]{1,3}( |$)')" -eq 60
try validate made/s60x13-008.txt
exits 0 "the tool reads them"
finish

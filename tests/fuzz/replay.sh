#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Each fuzz target survives every input of its corpus, and an empty one. An input that once broke a
# reader stays in the corpus for good.

. "${QWR_SRCDIR:-.}/tests/support/tap.sh"

src=${QWR_SRCDIR:-.}
build=${QWR_BUILDDIR:-build}
found=

for target in "$src"/tests/fuzz/fuzz_*.c; do
    [ -e "$target" ] || continue
    name=$(basename "$target" .c)
    program=$build/tests/fuzz/$name
    corpus=$src/tests/fuzz/corpus/${name#fuzz_}
    found=yes
    if [ ! -x "$program" ]; then
        not_ok "$name was built" "$program is missing"
        continue
    fi
    : >"$build/tests/fuzz/$name.empty"
    check "$name survives an empty input" "$program" "$build/tests/fuzz/$name.empty"
    rm -f "$build/tests/fuzz/$name.empty"
    if [ ! -d "$corpus" ]; then
        not_ok "$name has a corpus" "$corpus is missing"
    elif [ "${QWR_FUZZ-no}" = yes ]; then
        check "$name survives its corpus" "$program" -runs=0 "$corpus"
    else
        check "$name survives its corpus" "$program" "$corpus"
    fi
done
[ -n "$found" ] || skip_all "there is no fuzz target"
finish

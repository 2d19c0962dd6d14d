#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Each public header stands alone, as C11 and as C++17, under strict flags.

. "${QWR_SRCDIR:-.}/tests/lint/lib.sh"

work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
flags="-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wundef -Werror -Wno-unused-variable"
where="-I$build/lib/include -Ilib/include"

for cxx in "${CXX-}" g++ clang++ c++ ''; do
    [ -n "$cxx" ] && command -v "$cxx" >/dev/null 2>&1 && break
done

for header in lib/include/quaywright/*.h "$build/lib/include/quaywright/version.h"; do
    name=$(basename "$header")
    printf '#include <quaywright/%s>\n#include <quaywright/%s>\nint main(void) { return 0; }\n' \
        "$name" "$name" >"$work/one.c"
    cp "$work/one.c" "$work/one.cc"
    # shellcheck disable=SC2086 # flags are words
    check "<quaywright/$name> stands alone as C11" ${CC:-cc} -std=c11 $flags -Wstrict-prototypes \
        $where -fsyntax-only "$work/one.c"
    if [ -n "$cxx" ]; then
        # shellcheck disable=SC2086
        check "<quaywright/$name> stands alone as C++17" "$cxx" -std=c++17 $flags $where \
            -fsyntax-only "$work/one.cc"
    else
        skip "<quaywright/$name> stands alone as C++17" "no C++ compiler"
    fi
done
finish

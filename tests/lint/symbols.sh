#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The version script, the public headers and the built shared library name the same functions, and
# shared internal names carry the prefix qwr__.

. "${QWR_SRCDIR:-.}/tests/lint/lib.sh"

work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT

awk -f tests/lint/public_names.awk lib/include/quaywright/*.h | LC_ALL=C sort >"$work/headers"
awk '/global:/ { on = 1; node++; next } /local:|}/ { on = 0 } on { gsub(/[ \t;]/, ""); print node, $0 }' \
    lib/libquaywright.map >"$work/nodes"
cut -d ' ' -f 2 "$work/nodes" | LC_ALL=C sort >"$work/map"

# differences A B: lines that only one of two sorted files has, said with their names.
differences()
{
    LC_ALL=C comm -23 "$work/$1" "$work/$2" | sed "s/\$/ is in $1, not in $2/"
    LC_ALL=C comm -13 "$work/$1" "$work/$2" | sed "s/\$/ is in $2, not in $1/"
}

check "the headers declare something" test -s "$work/headers"
check "each version of the map is sorted" env LC_ALL=C sort -c "$work/nodes"
check "the map names nothing twice" env LC_ALL=C sort -cu "$work/map"
none "the map names what the headers declare" "$(differences headers map)"
none "every public name begins with qwr_ and a letter" "$(grep -Ev '^qwr_[a-z]' "$work/headers")"

library=$build/.libs/libquaywright.so
if [ -e "$library" ]; then
    ${NM:-nm} -D --defined-only "$library" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' |
        grep -Ev '^(__gcov_|__asan|__odr_asan|__ubsan|__tsan|__sancov|__start_|__stop_|_init$|_fini$)' |
        LC_ALL=C sort -u >"$work/library"
    none "the shared library exports what the map names" "$(differences map library)"
else
    skip "the shared library exports what the map names" "no shared library in this build"
fi

archive=$build/.libs/libqwr_core.a
if [ "${QWR_SHARED:-yes}" = no ]; then
    skip "names shared between files begin with qwr__" "modules are part of a static library"
elif [ -e "$archive" ]; then
    ${NM:-nm} --defined-only "$archive" 2>/dev/null |
        awk '$2 ~ /^[TDBRVW]$/ { print $3 }' |
        grep -Ev '^(qwr_[a-z]|__(gcov|asan|odr_asan|ubsan|tsan|sancov|llvm|sanitizer|profc|profd|start|stop))' |
        grep -Ev '^qwr__[a-z]' |
        grep -Ev '^(DW\.ref\.|asan\.|tsan\.|\.omp|\.gomp)' | LC_ALL=C sort -u >"$work/shared"
    none "names shared between files begin with qwr__" "$(cat "$work/shared")"
else
    skip "names shared between files begin with qwr__" "no built library"
fi
finish

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A program compiled against version 0.1 runs with the library of today.

. "${QWR_SRCDIR:-.}/tests/support/tap.sh"

libs=${QWR_BUILDDIR:?}/.libs
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT

[ -e "$libs/libquaywright.so" ] || skip_all "no shared library in this build"
if [ -n "${QWR_SANITIZE-}" ] && [ "$QWR_SANITIZE" != no ]; then
    skip_all "a program without the sanitizer's runtime cannot load this library"
fi

# shellcheck disable=SC2086 # the compiler may come with flags
check "a program of version 0.1 links" ${CC:-cc} -std=c11 -o "$work/old_caller" \
    "${QWR_SRCDIR:?}/tests/abi/old_caller.c" -L"$libs" -lquaywright
check "and runs with the library of today" env \
    LD_LIBRARY_PATH="$libs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" "$work/old_caller"
finish

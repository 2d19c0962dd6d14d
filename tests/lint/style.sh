#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What other tools say of the tree: clang-format 14, cppcheck, shellcheck, codespell. Needs tools
# that building does not, so it is run by `make lint`, not by `make check`. Each skips by name.

. "${QWR_SRCDIR:-.}/tests/lint/lib.sh"

sources=$(sources lib plugins solvers examples tests | grep -v '/include/quaywright/version\.h$')

format=$(command -v clang-format-14 || command -v clang-format)
if [ -n "$format" ] && "$format" --version | grep -q 'version 14\.'; then
    # shellcheck disable=SC2086 # file names of the tree hold no spaces
    check "sources are formatted by clang-format 14" "$format" --dry-run -Werror $sources
else
    skip "sources are formatted by clang-format 14" "clang-format 14 is not installed"
fi

if command -v cppcheck >/dev/null 2>&1; then
    # The build's own headers, no system headers: cppcheck knows the C library by itself.
    # shellcheck disable=SC2046
    check "cppcheck finds nothing" cppcheck --quiet --error-exitcode=1 --std=c11 --language=c \
        --enable=warning,portability,performance --inline-suppr --suppressions-list=tests/lint/cppcheck.txt \
        -j 2 -Ilib -Ilib/include -I"$build/lib/include" -Itests/support -D_GNU_SOURCE -D__linux__ \
        -D__x86_64__ -D__GNUC__ -DQWR_KERNEL_SUFFIX=generic \
        $(sources lib plugins solvers examples tests/support | grep '\.c$')
else
    skip "cppcheck finds nothing" "cppcheck is not installed"
fi

if command -v shellcheck >/dev/null 2>&1; then
    # shellcheck disable=SC2046
    check "shellcheck finds nothing" shellcheck -x quickstart .ci/run \
        $(find tests examples -name '*.sh' | LC_ALL=C sort)
else
    skip "shellcheck finds nothing" "shellcheck is not installed"
fi

if command -v codespell >/dev/null 2>&1; then
    check "codespell finds nothing" codespell --ignore-words=tests/lint/words.txt \
        --skip '*.xml,*.csv,*.json,./data/scenarios,tests/fuzz/corpus,tests/golden,tests/cases' \
        README.md CONTRIBUTING.md NEWS.md lib plugins solvers examples tests quickstart .ci
else
    skip "codespell finds nothing" "codespell is not installed"
fi
finish

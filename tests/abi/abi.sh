#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The built library against the recorded ABIs: equal to that of this version, and nothing missing or
# changed since the first one. What is added is named in NEWS.md and recorded with
# `make abi-baseline`; what is changed needs a line that begins with "ABI:", and a struct that
# grew at its end stands in grown.suppr. Run by `make abi`.

. "${QWR_SRCDIR:-.}/tests/support/tap.sh"

src=${QWR_SRCDIR:?}
library=${QWR_BUILDDIR:?}/.libs/libquaywright.so
now=$src/tests/abi/libquaywright.abi
first=$src/tests/abi/libquaywright-0.1.abi

command -v abidiff >/dev/null 2>&1 || skip_all "abidiff is not installed"
[ -e "$library" ] || skip_all "no shared library in this build"

# Without --headers-dir: abidiff would take every type for a private one, since the record names no
# places in files. The opaque types are not in the record, so their insides may change.
check "there is a recorded ABI" test -s "$now"
check "the ABI is the recorded one" abidiff --no-show-locs "$now" "$library"
check "programs of version 0.1 find all they knew" \
    abidiff --no-show-locs --no-added-syms --suppressions "$src/tests/abi/grown.suppr" \
    "$first" "$library"
finish

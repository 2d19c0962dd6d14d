#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The built library against the recorded ABI. What changed on purpose is named in NEWS.md by a line
# that begins with "ABI:", and recorded with `make abi-baseline`. Run by `make abi`.

. "${QWR_SRCDIR:-.}/tests/support/tap.sh"

src=${QWR_SRCDIR:?}
library=${QWR_BUILDDIR:?}/.libs/libquaywright.so
baseline=$src/tests/abi/libquaywright.abi

command -v abidiff >/dev/null 2>&1 || skip_all "abidiff is not installed"
[ -e "$library" ] || skip_all "no shared library in this build"

# Without --headers-dir: abidiff would take every type for a private one, since the record names no
# places in files. The opaque types are not in the record, so their insides may change.
check "there is a recorded ABI" test -s "$baseline"
check "the ABI is the recorded one" abidiff --no-show-locs "$baseline" "$library"
finish

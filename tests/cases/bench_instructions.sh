#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# That kernels take as many instructions as is recorded, within 2 %, for the compiler that built
# them, and that a regression would be seen.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

[ -z "${QWR_SANITIZE-}" ] || [ "$QWR_SANITIZE" = no ] || skip_all "sanitizers count, too"
export QWR_BUILDDIR

# A copy, whose record may be changed.
mkdir -p bench/expected
cp "$QWR_SRCDIR/tests/bench/instructions.sh" bench
cp "$QWR_SRCDIR/tests/bench/expected/instructions.csv" bench/expected
chmod -R u+w bench
none "every row of the record has five cells" "$(grep -v -E '^([^,]+,){4}[^,]+$' bench/expected/instructions.csv)"

bench/instructions.sh >out.txt 2>err.txt
code=$?
if [ $code -eq 77 ]; then
    skip "kernels take as many instructions as is recorded" "$(sed 's/^instructions: //' out.txt)"
    finish
fi
exits 0 "kernels take as many instructions as is recorded"

sed -i '2,$s/,\([0-9]*\)$/,9\1/' bench/expected/instructions.csv
bench/instructions.sh >out.txt 2>err.txt
code=$?
exits 1 "another count is noticed"
prints out.txt 'recorded .* DIFFERS$' "and shown"
bench/instructions.sh --update >out.txt 2>err.txt
code=$?
exits 0 "--update keeps the counts"
bench/instructions.sh >out.txt 2>err.txt
code=$?
exits 0 "which hold from then on"
finish

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The Python module: every test below tests/python, one TAP line each.

. "${QWR_SRCDIR:?}/tests/support/tap.sh"

python=${PYTHON:-python3}
module=${QWR_BUILDDIR:?}/lib/python/tree
[ "${QWR_SHARED:-yes}" = yes ] || skip_all "a static build has no library to load"
[ "${QWR_SANITIZE:-no}" = no ] || skip_all "the interpreter is built without sanitizers"
[ -e "$module/quaywright/__init__.py" ] || skip_all "the Python module is not built"
for needed in cffi pytest; do
    "$python" -c "import $needed" 2>/dev/null || skip_all "$python lacks the module $needed"
done

work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
PYTHONPATH=$module:$QWR_SRCDIR/tests/python
QWR_TAP=$work/tap
QWR_WORK=$work
PYTHONDONTWRITEBYTECODE=1
export PYTHONPATH QWR_TAP QWR_WORK PYTHONDONTWRITEBYTECODE
cd "$work" || exit 99
"$python" -m pytest -q -p no:cacheprovider -p tap_report --rootdir "$QWR_SRCDIR/tests/python" \
    --basetemp "$work/tmp" "$QWR_SRCDIR/tests/python" "$@" >out.txt 2>&1
code=$?
[ -e "$QWR_TAP" ] && cat "$QWR_TAP"
if [ "$code" -ne 0 ]; then
    sed 's/^/# /' out.txt
    [ -n "${HARNESS_ACTIVE-}" ] && [ "$code" -eq 1 ] || exit 1
fi
exit 0

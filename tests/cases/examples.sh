#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The examples run and do what they say.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

examples=${QWR_BUILDDIR:?}/examples
small=$QWR_SRCDIR/data/scenarios/small-day.xml
week=$QWR_SRCDIR/data/scenarios/harbour-week.xml

# example NAME ARGS...: runs an example as try() runs the tool.
example()
{
    program=$1
    shift
    "$examples/$program" "$@" >out.txt 2>err.txt </dev/null
    code=$?
}

example minimal "$small" 2
exits 0 "minimal plans the small day"
prints out.txt '^cost [0-9]' "minimal prints the cost"
prints out.txt '^0 rules broken$' "minimal's plan breaks no rule"
example minimal missing.xml
exits 1 "minimal fails on a file that is not there"
prints err.txt 'missing.xml' "minimal names the file"

example cancel "$week" 300
exits 0 "cancel comes back with a plan"
prints out.txt '^stopped by: (cancel|done);' "cancel says what stopped it"

cp -R "$QWR_SRCDIR/examples/plugin" plugin
chmod -R u+w plugin
if make -C plugin check QUAYWRIGHT="$tool" PLUGINDIR=none \
    QUAYWRIGHT_CFLAGS="-I$QWR_BUILDDIR/lib/include -I$QWR_SRCDIR/lib/include" \
    >out.txt 2>err.txt; then
    ok "the plugin made outside the tree passes the conformance suite"
else
    not_ok "the plugin made outside the tree passes the conformance suite" "$(cat out.txt err.txt)"
fi

WORK=5000 QUAYWRIGHT=$tool sh "$QWR_SRCDIR/examples/what_if.sh" "$small" >out.txt 2>err.txt
code=$?
exits 0 "what_if compares four plans"
check "what_if prints a line for each" test "$(wc -l <out.txt)" -eq 5
prints out.txt '^as-it-is +[0-9]' "what_if shows a cost"
finish

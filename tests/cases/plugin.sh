#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Plugins from outside: lists, options, and the conformance suite in a child that may crash.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

try plugin list
exits 0 "plugins are listed"
prints out.txt '^null +solver' "the null solver is listed"
try plugin list --json
json out.txt "the list is JSON"
try plugin options --json
json out.txt "the options are JSON"
runs 1 'did you mean "null"' "options of an unknown plugin name the nearest" plugin options nul
try solver list --json
json out.txt "the list of solvers is JSON"
try solver test
exits 0 "every solver answers the knapsack"
prints out.txt '^enum +optimal +21 +ok' "exhaustive search finds 21"
try version --json
json out.txt "the version is JSON"
try version
prints out.txt 'core is Apache-2\.0' "the version states the licence of the core"
if "$tool" plugin list | grep -q '^glpk '; then
    prints out.txt 'Loaded now: .*glpk.*GPL-3\.0-or-later' "with glpk loaded the process is GPL"
else
    prints out.txt 'None is loaded' "without GPL modules the process is not GPL"
fi

runs 2 'missing\.so' "a module that is not there is refused" plugin check missing.so
echo 'no module' >text.so
try plugin check text.so
check "a file that is no module is refused" test "$code" -eq 2 -o "$code" -eq 5
if [ "${QWR_SHARED:-yes}" != yes ]; then
    skip "modules are checked" "a static build has no module files"
    finish
fi
module=$(find "$QWR_BUILDDIR/solvers" -name '*enum*.so' | head -n 1)
try plugin check "$module"
exits 0 "a good module passes"
prints out.txt 'all [0-9]+ checks passed' "the number of checks is told"
try plugin check --in-process "$module"
exits 0 "a good module passes in this process"

# module NAME: compiles NAME.c against the public headers.
module()
{
    # shellcheck disable=SC2086,SC2317 # the compiler may come with flags; called by check
    ${CC:-cc} -shared -fPIC -I"$QWR_SRCDIR/lib/include" -o "$1.so" "$1.c"
}

if [ "${QWR_SANITIZE:-no}" != no ]; then
    skip "a module that crashes is contained" "the sanitizer catches the signal first"
    finish
fi
cat >crash.c <<'C'
#include <quaywright/plugin.h>
#include <signal.h>
QWR_PLUGIN_EXPORT const qwr_plugin *qwr_plugin_entry_v1(uint32_t host_abi_minor);
const qwr_plugin *qwr_plugin_entry_v1(uint32_t host_abi_minor)
{
    raise(SIGSEGV);
    return host_abi_minor ? NULL : NULL;
}
C
cat >sleeper.c <<'C'
#include <quaywright/plugin.h>
#include <unistd.h>
QWR_PLUGIN_EXPORT const qwr_plugin *qwr_plugin_entry_v1(uint32_t host_abi_minor);
const qwr_plugin *qwr_plugin_entry_v1(uint32_t host_abi_minor)
{
    for (;;)
        pause();
    return host_abi_minor ? NULL : NULL;
}
C
check "the crashing module compiles" module crash
check "the sleeping module compiles" module sleeper
try plugin check crash.so
exits 5 "a module that crashes ends with 5"
prints out.txt 'crashed, signal 11' "the crash is reported"
try plugin check sleeper.so --timeout 1
exits 5 "a module that never returns ends with 5"
prints out.txt 'did not end in time' "the hang is reported"
finish

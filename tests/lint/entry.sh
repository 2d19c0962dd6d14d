#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Each built module exports exactly one symbol, its entry function, and needs no library of ours.

. "${QWR_SRCDIR:-.}/tests/lint/lib.sh"

[ "${QWR_SHARED:-yes}" = yes ] || skip_all "modules are part of the library in a static build"

modules=$(find "$build/solvers" "$build/plugins" -name '*.so' 2>/dev/null | LC_ALL=C sort)
[ -n "$modules" ] || skip_all "no module was built"

for module in $modules; do
    name=${module#"$build"/}
    exported=$(${NM:-nm} -D --defined-only "$module" | awk '{ print $3 }' |
        grep -Ev '^(__gcov_|__asan|__odr_asan|__ubsan|__tsan|__sancov|__start_|__stop_|_init$|_fini$)')
    if [ "$exported" = qwr_plugin_entry_v1 ]; then
        ok "$name exports qwr_plugin_entry_v1 alone"
    else
        not_ok "$name exports qwr_plugin_entry_v1 alone" "it exports: $exported"
    fi
    none "$name borrows no symbol of the library" \
        "$(${NM:-nm} -D --undefined-only "$module" | awk '$2 ~ /^qwr_/ { print $2 }')"
done
finish

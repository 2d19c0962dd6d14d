#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Counts the instructions that kernels take for work that is always the same, by callgrind, and
# compares with expected/instructions.csv: a time depends on the machine and on who else uses it, a
# count on neither. A kernel is a row there: what built it, its name, program and arguments, and the
# function that is counted with all it calls. The rows of another compiler are left alone.
#
#   instructions.sh             prints what differs by more than 2 % as DIFFERS, and ends with 1
#   instructions.sh --update    keeps what was counted; a compiler without rows gets those of the first
#
# QWR_BUILDDIR names the build. Ends with 77 if nothing can be counted here: no valgrind, or no rows
# for what built this.

set -u
LC_ALL=C
export LC_ALL
here=$(cd "$(dirname "$0")" && pwd) || exit 2
builddir=${QWR_BUILDDIR:-$(cd "$here/../.." && pwd)/build}
recorded=$here/expected/instructions.csv
update=
case ${1-} in
'') ;;
--update) update=1 ;;
*)
    sed -n 's/^# \{0,1\}//; 3,14p' "$0" >&2
    exit 2
    ;;
esac

left_out()
{
    echo "instructions: $*"
    exit 77
}

command -v valgrind >/dev/null 2>&1 || left_out "valgrind is not installed"
build=$("$builddir/tests/bench/bench_discrete" --build) ||
    left_out "tests/bench/bench_discrete is not built"
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# The rows to count: those of this build, else, to begin a record, those of the first one.
head -n 1 "$recorded" >"$work/head"
awk -F, -v build="$build" 'NR > 1 && $1 == build' "$recorded" >"$work/rows"
if [ ! -s "$work/rows" ]; then
    [ -n "$update" ] || left_out "there are no counts for $build"
    awk -F, -v OFS=, -v build="$build" '
        NR == 2 { first = $1 }
        NR > 1 && $1 == first { $1 = build; print }' "$recorded" >"$work/rows"
fi

# count FUNCTION PROGRAM ARGS...: instructions inside the function, with all it calls.
count()
{
    function=$1
    program=$builddir/tests/bench/$2
    shift 2
    valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect="$function" \
        "$program" "$@" >"$work/out" 2>&1
    sed -n 's/^==[0-9]*== Collected : \([0-9]*\).*/\1/p' "$work/out"
}

worst=0
: >"$work/new"
while IFS=, read -r _ name command function expected; do
    case $name in
    *avx2*) grep -qw avx2 /proc/cpuinfo || { echo "$name: this processor has no AVX2, left out" && continue; } ;;
    esac
    # shellcheck disable=SC2086 # the command is words
    counted=$(count "$function" $command)
    if [ -z "$counted" ] || [ "$counted" = 0 ]; then
        echo "$name: nothing was counted in $function"
        sed 's/^/    /' "$work/out"
        worst=1
        continue
    fi
    verdict=$(awk -v a="$expected" -v b="$counted" \
        'BEGIN { print((b > 1.02 * a || b < 0.98 * a) ? "DIFFERS" : "same") }')
    [ "$verdict" = DIFFERS ] && [ -z "$update" ] && worst=1
    awk -v name="$name" -v a="$expected" -v b="$counted" -v verdict="$verdict" \
        'BEGIN { printf "%-20s %12d recorded %12d counted  x %.4f  %s\n", name, a, b, a ? b / a : 0, verdict }'
    echo "$build,$name,$command,$function,$counted" >>"$work/new"
done <"$work/rows"

if [ -n "$update" ]; then
    {
        cat "$work/head"
        awk -F, -v build="$build" 'NR > 1 && $1 != build' "$recorded"
        cat "$work/new"
    } | awk 'NR == 1 { print; next } { print | "sort" }' >"$work/all" && cp "$work/all" "$recorded"
    echo "instructions: expected/instructions.csv is kept for $build"
elif [ "$worst" -ne 0 ]; then
    echo "instructions: counts differ; if the kernel was meant to change, keep them with --update"
fi
exit "$worst"

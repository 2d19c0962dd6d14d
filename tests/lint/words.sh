#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The text of the tree: no unfinished marks, no paths of a machine, a licence line in every source,
# no code switched off, files of a readable size, and every file named to make.

. "${QWR_SRCDIR:-.}/tests/lint/lib.sh"

texts=$(find configure.ac Makefile.am README.md CONTRIBUTING.md NEWS.md quickstart .ci lib plugins \
    solvers examples data/local.mk data/schema tests build-aux/m4/quaywright.m4 -type f \
    \( -name '*.[chm]' -o -name '*.am' -o -name '*.ac' -o -name '*.mk' -o -name '*.m4' \
    -o -name '*.md' -o -name '*.sh' -o -name '*.py' -o -name '*.awk' -o -name '*.in' -o -name '*.txt' \
    -o -name '*.xsd' -o -name '*.1' -o -name quickstart -o -name run \) 2>/dev/null |
    grep -v '^lib/include/quaywright/version\.h$' | LC_ALL=C sort)
sources=$(sources lib plugins solvers examples tests)

# lines PATTERN FILES: matching lines. The patterns below have a [] in them so as not to find
# themselves.
lines()
{
    # shellcheck disable=SC2086 # file names of the tree hold no spaces
    grep -nE "$1" $2 2>/dev/null
}

none "no unfinished marks" \
    "$(lines '(^|[^A-Za-z0-9_])([T]ODO|[F]IXME|[X]XX|[H]ACK|not[ ]implemented|[u]nimplemented)([^A-Za-z0-9_]|$)' "$texts")"
none "no paths of a machine" "$(lines '(^|[^A-Za-z0-9_.])/(wor[k]|hom[e]|roo[t])/' "$texts")"
none "no code switched off" "$(lines '^[ \t]*#[ \t]*if[ \t]+0([^0-9x]|$)|if \(0\)' "$sources")"
none "no blanks at the end of a line" "$(lines '[ 	]+$' "$texts")"
# shellcheck disable=SC2086
none "every source names its licence in the first three lines" "$(for file in $sources; do
    head -n 3 "$file" | grep -q 'SPDX-License-Identifier: ' || echo "$file"
done)"
# shellcheck disable=SC2086
none "no source but a public header is longer than 700 lines" \
    "$(wc -l $sources | awk '$2 != "total" && $1 > 700 && $2 !~ /^lib.include/ { print $2 ": " $1 " lines" }')"

# A file that no fragment names is missing from the tarball.
# shellcheck disable=SC2046 # file names of the tree hold no spaces
named=$(cat Makefile.am $(find lib plugins solvers examples data tests -name local.mk))
none "every source, scenario and script is named in a local.mk" \
    "$(find lib plugins solvers examples data tests -type f \( -name '*.[ch]' -o -name '*.sh' \
        -o -name '*.py' -o -name '*.xml' -o -name '*.xsd' -o -name '*.csv' \) |
        grep -Ev '^tests/(fuzz/corpus|golden|cases)/|/include/quaywright/version\.h$' |
        LC_ALL=C sort | while read -r file; do
        printf '%s\n' "$named" | grep -qF -e "$file" -e "$(dirname "$file")/*" || echo "$file"
    done)"
finish

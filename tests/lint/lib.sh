# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
# What the lint scripts share: where the tree is, and code without comments and strings.
# Runs inside `make check` and by hand from the top of the tree.

# shellcheck source=/dev/null
src=${QWR_SRCDIR:-$(pwd)}
# shellcheck disable=SC2034 # for the scripts that look at built files
build=${QWR_BUILDDIR:-$(pwd)/build}
cd "$src" || exit 99
# shellcheck source=tests/support/tap.sh
. tests/support/tap.sh

# sources FOLDER...: C sources and headers below the folders, sorted.
sources()
{
    find "$@" -name '*.[ch]' -type f 2>/dev/null | LC_ALL=C sort
}

# code_matches PATTERN FILE...: file:line: text where PATTERN (awk regular expression) matches code,
# that is, outside comments and string literals.
code_matches()
{
    code_pattern=$1
    shift
    [ $# -gt 0 ] || return 0
    CODE_PATTERN=$code_pattern awk '
        FNR == 1 { inside = 0 }
        {
            text = $0
            gsub(/\\\\|\\"/, "", text)
            gsub(/"[^"]*"/, "\"\"", text)
            if (inside) {
                if ((to = index(text, "*/")) == 0) next
                text = substr(text, to + 2)
                inside = 0
            }
            while ((from = index(text, "/*")) > 0) {
                rest = substr(text, from + 2)
                if ((to = index(rest, "*/")) == 0) {
                    text = substr(text, 1, from - 1)
                    inside = 1
                    break
                }
                text = substr(text, 1, from - 1) " " substr(rest, to + 2)
            }
            sub(/\/\/.*/, "", text)
            if (text ~ ENVIRON["CODE_PATTERN"]) print FILENAME ":" FNR ": " $0
        }' "$@"
}

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Floors of lib/layers.txt: a folder includes only folders on lower floors, and itself; folders
# marked "only:" include those named alone; modules, examples and the tool see public headers only.

. "${QWR_SRCDIR:-.}/tests/lint/lib.sh"

# includes FILE...: "file:line: header" of each of our headers, quoted or public.
includes()
{
    [ $# -gt 0 ] || return 0
    awk '/^[ \t]*#[ \t]*include[ \t]*["<]/ {
        header = $0
        sub(/^[^"<]*["<]/, "", header)
        sub(/[">].*/, "", header)
        quoted = ($0 ~ /include[ \t]*"/)
        print FILENAME ":" FNR " " (quoted ? "quoted" : "angled") " " header
    }' "$@"
}

# floor FOLDER: its floor, empty if lib/layers.txt does not know it.
floor()
{
    awk -v folder="$1" '$1 == folder { print $2 }' lib/layers.txt
}

# only FOLDER: the folders it may include alone, empty if it has no such mark.
only()
{
    awk -v folder="$1" '$1 == folder && $3 == "only:" { $1 = $2 = $3 = ""; sub(/^ */, ""); print }' lib/layers.txt
}

# arrows FOLDER: its includes that layers.txt forbids.
arrows()
{
    here=$(floor "$1")
    mark=$(only "$1")
    # shellcheck disable=SC2046 # file names of the tree hold no spaces
    includes $(sources "lib/$1") | while read -r at kind header; do
        case $kind:$header in
        quoted:*/*) other=${header%%/*} ;;
        *) continue ;;
        esac
        [ "$other" != "$1" ] || continue
        there=$(floor "$other")
        if [ -z "$there" ]; then
            echo "$at includes \"$header\", a folder that lib/layers.txt does not name"
        elif [ -n "$mark" ]; then
            case " $mark " in
            *" $other "*) ;;
            *) echo "$at includes \"$header\", $1 may include only: $mark" ;;
            esac
        elif [ "$there" -ge "$here" ]; then
            echo "$at includes \"$header\", floor $there, from floor $here"
        fi
    done
}

# outsiders FOLDER PATTERN: includes of headers of a foreign library outside the folder it lives in.
outsiders()
{
    where=$1
    pattern=$2
    # shellcheck disable=SC2046
    includes $(sources lib plugins solvers examples | grep -v "^$where") |
        awk -v p="$pattern" '$3 ~ p { print $1 " includes <" $3 ">" }'
}

# strangers FOLDER ALLOWED: our headers included there besides the public ones that ALLOWED (a
# regular expression) names, and their own files.
strangers()
{
    # shellcheck disable=SC2046
    includes $(sources "$1") | while read -r at kind header; do
        case $kind:$header in
        angled:quaywright/*)
            echo "$header" | grep -Eq "$2" || echo "$at includes <$header>"
            ;;
        quoted:*)
            file=${at%%:*}
            [ -e "$(dirname "$file")/$header" ] || [ -e "$3/$header" ] ||
                echo "$at includes \"$header\""
            ;;
        esac
    done
}

# shellcheck disable=SC2013 # names without spaces
for folder in $(awk '!/^#/ && NF { print $1 }' lib/layers.txt); do
    none "lib/$folder includes downwards only" "$(arrows "$folder")"
done
for folder in lib/*/; do
    name=$(basename "$folder")
    case $name in include | python) continue ;; esac
    check "lib/$name has a floor in lib/layers.txt" test -n "$(floor "$name")"
done
none "modules include <quaywright/plugin.h> and <quaywright/solver.h> alone" \
    "$(strangers 'plugins' '^quaywright/(plugin|solver)\.h$' plugins
    strangers 'solvers' '^quaywright/(plugin|solver)\.h$' solvers)"
none "examples include public headers alone" "$(strangers examples '^quaywright/' examples)"
none "the tool includes public headers alone" \
    "$(strangers lib/cli '^quaywright/' lib | grep -v '"cli/')"
none "only lib/io sees libxml2" "$(outsiders lib/io '^libxml/')"
none "only solvers/glpk sees GLPK" "$(outsiders solvers/glpk '^glpk')"
none "only solvers/cbc sees CBC" "$(outsiders solvers/cbc 'Cbc_')"
none "only plugins see GSL" "$(outsiders plugins/ '^gsl/')"
none "only the store of sweeps sees SQLite" "$(outsiders lib/cli/sweep_store '^sqlite3')"
none "only lib/registry loads modules" "$(outsiders lib/registry '^dlfcn[.]h')"
finish

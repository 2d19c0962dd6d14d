#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The lint scripts find what they are there for: each is run over a small tree with one fault, which
# it must name, and over the tree without a fault, which it must pass.

. "${QWR_SRCDIR:-.}/tests/support/tap.sh"

src=${QWR_SRCDIR:-$(pwd)}
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT

# fresh: a small clean tree in $work/tree.
fresh()
{
    rm -rf "$work/tree"
    mkdir -p "$work/tree/lib/base" "$work/tree/lib/io" "$work/tree/lib/check" "$work/tree/lib/cli" \
        "$work/tree/lib/include/quaywright" "$work/tree/solvers/one" "$work/tree/plugins" "$work/tree/examples" "$work/tree/data" \
        "$work/tree/tests/lint" \
        "$work/tree/tests/support"
    cp "$src"/tests/lint/*.sh "$src"/tests/lint/*.awk "$work/tree/tests/lint/"
    cp "$src/tests/support/tap.sh" "$work/tree/tests/support/"
    chmod -R u+w "$work/tree"
    cd "$work/tree" || exit 99
    printf 'base 0\nmodel 1\ncheck 2 only: base\nio 3\ncli 7 only: public\n' >lib/layers.txt
    spdx='/* SPDX-License-Identifier: Apache-2.0 */'
    printf '%s\nint qwr__two(void);\n' "$spdx" >lib/base/base.h
    printf '%s\n#include "base/base.h"\n' "$spdx" >lib/io/io.h
    printf '%s\n#include "base/base.h"\n' "$spdx" >lib/check/check.h
    printf '%s\n#include <quaywright/all.h>\n' "$spdx" >lib/cli/main.c
    printf '%s\n#include <quaywright/plugin.h>\n' "$spdx" >solvers/one/one.c
    printf '%s\nQWR_API int qwr_one(void);\n' "$spdx" >lib/include/quaywright/all.h
    printf 'QUAYWRIGHT_0 {\nglobal:\n    qwr_one;\nlocal:\n    *;\n};\n' >lib/libquaywright.map
    : >configure.ac
    printf '%s\n' lib/base/base.h lib/io/io.h lib/check/check.h lib/cli/main.c solvers/one/one.c \
        lib/include/quaywright/all.h 'tests/lint/*' tests/support/tap.sh >Makefile.am
    touch lib/local.mk
}

# lint SCRIPT: the failures it reports over the small tree.
lint()
{
    QWR_SRCDIR=$work/tree QWR_BUILDDIR=$work/tree/build QWR_SHARED=yes HARNESS_ACTIVE=1 \
        sh "tests/lint/$1" 2>&1 | grep -v '^ok\|^1\.\.'
}

# finds SCRIPT WORDS FILE TEXT: with TEXT appended to FILE the script reports a line with WORDS.
finds()
{
    fresh
    printf '%s\n' "$4" >>"$3"
    report=$(lint "$1")
    case $report in
    *"$2"*) ok "$1 finds: $2" ;;
    *) not_ok "$1 finds: $2" "it reports: $report" ;;
    esac
}

for script in layers.sh forbidden.sh words.sh symbols.sh; do
    fresh
    none "$script passes a clean tree" "$(lint "$script")"
done
finds layers.sh 'lib/base/base.h:3 includes "io/io.h", floor 3, from floor 0' lib/base/base.h '#include "io/io.h"'
finds layers.sh 'check may include only: base' lib/check/check.h '#include "model/model.h"'
finds layers.sh 'lib/cli/main.c:3 includes "base/base.h"' lib/cli/main.c '#include "base/base.h"'
finds layers.sh 'solvers/one/one.c:3 includes <quaywright/scenario.h>' solvers/one/one.c \
    '#include <quaywright/scenario.h>'
finds layers.sh 'solvers/one/one.c:3 includes <glpk.h>' solvers/one/one.c '#include <glpk.h>'
finds layers.sh 'lib/base/base.h:3 includes <libxml/tree.h>' lib/base/base.h '#include <libxml/tree.h>'
finds forbidden.sh 'prints nothing' lib/base/base.h 'void f(void) { printf("x"); }'
finds forbidden.sh 'stdout and stderr' lib/base/base.h 'void f(FILE *x) { x = stderr; }'
finds forbidden.sh 'end the process' lib/io/io.h 'void f(void) { abort (); }'
finds forbidden.sh 'signals and the locale' lib/io/io.h 'void f(void) { setlocale(0, 0); }'
finds forbidden.sh 'reads the environment' lib/io/io.h 'void f(void) { getenv("X"); }'
finds forbidden.sh 'only lib/io opens' lib/base/base.h 'void f(void) { fopen("x", "r"); }'
finds forbidden.sh 'OpenMP threads for the process' solvers/one/one.c 'void f(void) { omp_set_num_threads(2); }'
finds forbidden.sh 'stack without a bound' lib/base/base.h 'void f(void) { alloca(9); }'
finds forbidden.sh 'text without a bound' lib/cli/main.c 'void f(char *s) { strcpy(s, "x"); }'
finds forbidden.sh 'allocation goes through' lib/io/io.h 'void f(void) { malloc(9); }'
finds forbidden.sh 'breaks determinism' lib/local.mk 'X = -ffast-math'
finds words.sh 'no unfinished marks' lib/base/base.h "/* TO""DO */"
finds words.sh 'no code switched off' lib/base/base.h '#if 0'
finds words.sh 'blanks at the end' lib/base/base.h 'int x; '
finds words.sh 'names its licence' lib/base/new.h 'int x;'
finds words.sh 'is named in a local.mk' lib/base/new.c '/* SPDX-License-Identifier: Apache-2.0 */'
finds symbols.sh 'qwr_two is in headers, not in map' lib/include/quaywright/all.h 'QWR_API int qwr_two(int a);'
finds symbols.sh 'begins with qwr_' lib/include/quaywright/all.h 'QWR_API int other(int a);'

# What only looks like a fault.
fresh
printf '%s\n' 'const char *s = "printf(abort())"; /* exit() */' '// setlocale(LC_ALL)' \
    'int my_printf(int); int y = x->open(1);' >>lib/base/base.h
none "forbidden.sh passes comments, strings and longer names" "$(lint forbidden.sh)"
finish

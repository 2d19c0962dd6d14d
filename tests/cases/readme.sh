#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# README.md: every block of shell commands in it runs, in order, and every C program in it builds.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

readme=$QWR_SRCDIR/README.md

# blocks LANGUAGE: the code blocks of that language into LANGUAGE.1, LANGUAGE.2 ...; the number of
# them to standard output. A file named in the line before, as `name`:, is kept in LANGUAGE.N.name.
blocks()
{
    awk -v language="$1" '
        $0 == "```" language { n++; inside = 1; file = language "." n; printf "" >file
            if (before ~ /^`[^`]+`:$/) { sub(/^`/, "", before); sub(/`:$/, "", before)
                print before >(file ".name"); close(file ".name") }
            next }
        inside && $0 == "```" { inside = 0; close(file); next }
        inside { print >file; next }
        NF { before = $0 }
        END { print n + 0 }' "$readme"
}

c_blocks=$(blocks c)
sh_blocks=$(blocks sh)
check "README.md shows shell commands" test "$sh_blocks" -ge 4
check "README.md shows a program" test "$c_blocks" -ge 1

# The commands are typed at the top of a copy of the tree, with the tool of this build.
mkdir tree bin
cp -r "$QWR_SRCDIR/data" "$QWR_SRCDIR/examples" tree/
chmod -R u+w tree
ln -s "$tool" bin/quaywright
PATH=$work/bin:$PATH
export PATH
i=1
while [ "$i" -le "$c_blocks" ]; do
    if [ -e "c.$i.name" ]; then cp "c.$i" "tree/$(cat "c.$i.name")"; fi
    i=$((i + 1))
done

# An installation to compile against, made of the build tree.
mkdir -p pkgconfig
cat >pkgconfig/quaywright.pc <<PC
Name: quaywright
Description: the build tree
Version: 0
Cflags: -I$QWR_BUILDDIR/lib/include -I$QWR_SRCDIR/lib/include
Libs: -L$QWR_BUILDDIR/.libs -lquaywright
PC
PKG_CONFIG_PATH=$work/pkgconfig
LD_LIBRARY_PATH=$QWR_BUILDDIR/.libs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export PKG_CONFIG_PATH LD_LIBRARY_PATH

i=1
while [ "$i" -le "$sh_blocks" ]; do
    # ./quickstart installs packages and builds; sudo installs: both are tested elsewhere.
    grep -Ev '^(\./quickstart|sudo |git |cd )' "sh.$i" >commands
    title="shell block $i of README.md runs: $(head -n 1 commands)"
    if [ ! -s commands ]; then
        ok "shell block $i of README.md is tested elsewhere"
    elif grep -q pkg-config commands && { [ "${QWR_SHARED:-yes}" != yes ] ||
        [ "${QWR_SANITIZE:-no}" != no ]; }; then
        skip "$title" "needs the shared library of a plain build"
    else
        check "$title" sh -e -c 'cd tree && . ../commands'
    fi
    i=$((i + 1))
done
finish

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs into an empty folder and uses nothing else: the tool, a program and modules built over
# pkg-config, the examples. Run by `make install-test`.

. "${QWR_SRCDIR:-.}/tests/support/tap.sh"

src=${QWR_SRCDIR:?}
build=${QWR_BUILDDIR:?}
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
dest=$work/dest
scenario=$src/data/scenarios/small-day.xml
unset QUAYWRIGHT_PLUGIN_PATH

check "make install works" env -u MAKEFLAGS -u MAKELEVEL make -C "$build" install DESTDIR="$dest"
pc=$(find "$dest" -name quaywright.pc)
[ -n "$pc" ] || { not_ok "quaywright.pc is installed"; finish; }

PKG_CONFIG_PATH=$(dirname "$pc")
PKG_CONFIG_SYSROOT_DIR=$dest
export PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR
# pkgconf puts the sysroot before variables too, older pkg-config does not.
libdir=$(dirname "$PKG_CONFIG_PATH")
plugindir=$(pkg-config --variable=plugindir quaywright)
plugindir=$dest${plugindir#"$dest"}
LD_LIBRARY_PATH=$libdir${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export LD_LIBRARY_PATH
tool=$(find "$dest" -path '*/bin/quaywright')
prefix=${tool%/bin/quaywright}
static=
makes_modules=
if [ "${QWR_SHARED:-yes}" = yes ]; then
    check "pkg-config names the folder of the modules" test -e "$plugindir/qwr_enum.so"
else
    static=--static
    makes_modules=/no
    mkdir -p "$plugindir"
fi

check "the tool runs" "$tool" version
check "the man page is installed" test -s "$prefix/share/man/man1/quaywright.1"
# Every page the tool lists, in the folder of its section.
none "every other man page is installed" "$("$tool" help --words pages | while read -r page; do
    [ -s "$prefix/share/man/man${page##*.}/$page" ] || echo "$page"
done)"
for file in bash-completion/completions/quaywright zsh/site-functions/_quaywright \
    fish/vendor_completions.d/quaywright.fish; do
    check "share/$file is installed" test -s "$prefix/share/$file"
done
none "every schema is installed" "$(for file in "$src"/data/schema/*.*; do
    [ -s "$prefix/share/quaywright/schema/${file##*/}" ] || echo "${file##*/}"
done)"
if [ -e "$scenario" ]; then
    # The path that was compiled in lies outside DESTDIR, so the modules are named.
    check "the installed tool plans" env QUAYWRIGHT_PLUGIN_PATH="$plugindir" \
        "$tool" plan "$scenario" --out "$work/plan" --deadline 1
    check "the installed tool checks its plan" \
        "$tool" check "$scenario" "$work/plan/plan.xml"
fi

# consumer COMPILER FLAGS...: builds the program outside the tree.
consumer()
{
    # shellcheck disable=SC2046,SC2086,SC2317 # flags are words; called by check
    "$@" -o "$work/consumer" "$src/tests/install/consumer.c" \
        $(pkg-config --cflags --libs $static quaywright)
}

# shellcheck disable=SC2086 # the compiler may come with flags
check "a program builds over pkg-config" consumer ${CC:-cc} -std=c11 -Wall -Wextra -Werror \
    ${QWR_SANITIZE_FLAGS-}
[ -e "$scenario" ] && check "the program plans and checks" "$work/consumer" "$scenario" "$plugindir"

# The library lies in DESTDIR, not where it was configured to be: the loader's path finds it.
module=$(find "$dest" -path '*/quaywright/__init__.py')
if [ -n "$module" ] && "${PYTHON:-python3}" -c 'import cffi' 2>/dev/null; then
    check "the installed Python module plans" env PYTHONDONTWRITEBYTECODE=1 \
        PYTHONPATH="${module%/quaywright/__init__.py}" QUAYWRIGHT_PLUGIN_PATH="$plugindir" \
        "${PYTHON:-python3}" -c 'import sys, quaywright as qw
plan = qw.Scenario.load(sys.argv[1]).plan(work_limit=500)
assert plan.check().ok and plan.unplaced == 0' "$scenario"
else
    skip "the installed Python module plans" "it is not installed, or cffi is missing"
fi

# The templates compile with the installed headers alone, and conform.
for template in "$src"/plugins/template/*.c; do
    [ -e "$template$makes_modules" ] || continue
    name=$(basename "$template" .c)
    # shellcheck disable=SC2046,SC2086
    check "plugins/template/$name.c builds outside the tree" ${CC:-cc} -std=c11 -Wall -Wextra -Werror \
        -fPIC -shared $(pkg-config --cflags quaywright) -o "$work/$name.so" "$template"
    [ -e "$work/$name.so" ] && check "plugins/template/$name.c conforms" \
        "$tool" plugin check "$work/$name.so"
done

# Each example with a Makefile of its own builds in a copy outside the tree and passes its test.
for makefile in "$src"/examples/Makefile "$src"/examples/*/Makefile; do
    [ -e "$makefile$makes_modules" ] || continue
    folder=$(dirname "$makefile")
    name=${folder#"$src"/}
    mkdir -p "$work/$name"
    cp -R "$folder/." "$work/$name/"
    chmod -R u+w "$work/$name"
    check "$name builds over pkg-config" env -u MAKEFLAGS -u MAKELEVEL make -C "$work/$name"
    grep -q '^check:' "$makefile" && check "$name passes its own check" \
        env -u MAKEFLAGS -u MAKELEVEL PATH="$prefix/bin:$PATH" QUAYWRIGHT_PLUGIN_PATH="$plugindir" \
        make -C "$work/$name" check SCENARIOS="$src/data/scenarios"
done

check "make uninstall works" env -u MAKEFLAGS -u MAKELEVEL make -C "$build" uninstall DESTDIR="$dest"
none "make uninstall leaves no file behind" "$(find "$dest" ! -type d)"
finish

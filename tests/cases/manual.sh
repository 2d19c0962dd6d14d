#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The manual pages: there is one for the tool, each command and each format; they say what help
# says, and formatters have nothing to complain about.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

pages=$QWR_BUILDDIR/lib/cli/man
"$tool" help --words pages | sort >listed.txt
if [ -d "$pages" ]; then
    find "$pages" -type f -name 'quaywright*' ! -name '*-tmp' -exec basename {} \; | sort >made.txt
    check "make makes the pages that the tool lists, no more, no less" diff listed.txt made.txt
else
    skip "make makes the pages that the tool lists, no more, no less" "nothing was built for this machine"
fi
check "there is a page of the tool" grep -qx 'quaywright\.1' listed.txt
for name in $("$tool" help --words commands); do
    check "there is a page of $name" grep -qx "quaywright-$name\.1" listed.txt
    try help --man "$name"
    cp out.txt page.txt
    missing=$("$tool" help "$name" | sed -n 's/^  --\([a-z-]*\).*/\1/p' | while read -r option; do
        sed 's/\\-/-/g' page.txt | grep -q -e "^\.B --$option\( \|\$\)" || echo "--$option"
    done)
    none "the page of $name names every option" "$missing"
    prints page.txt '^\.SH EXIT STATUS' "the page of $name says what the exit codes mean"
    prints page.txt '^\.SH EXAMPLES' "the page of $name has an example"
done
try help --man scenario-xml
prints out.txt '^ +charge\\-critical|^ +charge_critical_pct' "the page of scenarios explains attributes"
runs 1 'has no manual page' "a topic that depends on what is loaded has no page" help options --man
"$tool" help --man plan >one.txt
"$tool" help --man quaywright-plan.1 >two.txt
same one.txt two.txt "a page is found by its file name"
none "no page holds a path or a date" "$(while read -r page; do
    "$tool" help --man "$page" | grep -nE '(^|[^A-Za-z0-9_.<])/(tmp|usr|build|home)' |
        sed "s/^/$page: /"
done <listed.txt)"

# lint PROGRAM ARGS...: every page goes through it without a word.
lint()
{
    none "$1 has no complaint" "$(for page in pages/*; do "$@" "$page" 2>&1 >/dev/null; done)"
}

mkdir pages
while read -r page; do
    "$tool" help --man "$page" >"pages/$page"
done <listed.txt

if command -v groff >/dev/null 2>&1; then
    lint groff -man -ww -Tutf8 -z
else
    skip "groff has no complaint" "groff is not installed"
fi
if command -v mandoc >/dev/null 2>&1; then
    # Pages have no date, so that they are the same whenever they are made.
    none "mandoc has no complaint" "$(mandoc -T lint -W warning pages/* | grep -v 'missing date')"
else
    skip "mandoc has no complaint" "mandoc is not installed"
fi
finish

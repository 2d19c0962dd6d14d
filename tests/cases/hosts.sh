#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Three host programs, in C, Java and Python, run the same loop over the same news: the same bytes.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

hosts=$QWR_SRCDIR/examples/hosts
small=$QWR_SRCDIR/data/scenarios/small-day.xml
news=$hosts/news.txt
library=${QWR_BUILDDIR:?}/.libs/libquaywright.so
mkdir c java python

"$QWR_BUILDDIR/examples/hosts/host" "$small" "$news" c 0 20000 >c.txt 2>err.txt
code=$?
exits 0 "the host in C runs its loop"
prints c.txt '^cycle 7: ' "it plans once for each cycle of news"
prints c.txt 'later' "it says what moved"
check "every plan is kept" test -s c/plan-1.xml -a -s c/plan-7.xml
check "no news is refused" test "$(grep -c refused c.txt)" -eq 0
check "no fact breaks a rule" test "$(grep -c conflict c.txt)" -eq 0

printf '1 eta C0011 0\n1 now 5\n' >wrong.txt
"$QWR_BUILDDIR/examples/hosts/host" "$small" wrong.txt c 0 1000 >out.txt 2>err.txt
code=$?
exits 0 "news that cannot be true do not end the loop"
check "a vessel pinned alongside since before now stays" test "$(grep -c 'no place' out.txt)" -eq 0
prints out.txt 'refused: there is no call "C0011"; did you mean' "they are refused with a sentence"

# equals NAME: the plans of a host are those of the host in C, byte for byte.
equals()
{
    if [ "$code" -ne 0 ]; then
        not_ok "the host in $1 writes the same bytes as the one in C" "$(said)"
    else
        check "the host in $1 writes the same bytes as the one in C" diff -r c "$2"
    fi
}

rm -f c/*
"$QWR_BUILDDIR/examples/hosts/host" "$small" "$news" c 0 20000 >c.txt 2>err.txt

jna=/usr/share/java/jna.jar
if ! command -v javac >/dev/null 2>&1 || ! command -v java >/dev/null 2>&1 || [ ! -e "$jna" ]; then
    skip "the host in Java writes the same bytes as the one in C" "no javac, java or $jna"
elif [ ! -e "$library" ]; then
    skip "the host in Java writes the same bytes as the one in C" "no shared library in this build"
elif [ -n "${QWR_SANITIZE-}" ] && [ "$QWR_SANITIZE" != no ]; then
    skip "the host in Java writes the same bytes as the one in C" "the JVM is not instrumented"
else
    javac -d . -cp "$jna" "$hosts/Host.java" >out.txt 2>err.txt &&
        java -Djna.library.path="${library%/*}" -cp "$jna:." Host "$small" "$news" java 0 20000 \
            >out.txt 2>err.txt
    code=$?
    equals Java java
    same c.txt out.txt "and says the same"
fi
finish

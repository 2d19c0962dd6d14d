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

printf '1 eta C003\n' >short.txt
"$QWR_BUILDDIR/examples/hosts/host" "$small" short.txt c 0 1000 >out.txt 2>err.txt
code=$?
exits 1 "a line of news that says too little ends the loop"
prints err.txt 'line 1 of the news is not understood' "with its number"

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

python=${PYTHON:-python3}
module=$QWR_BUILDDIR/lib/python/tree
if [ ! -e "$module/quaywright/__init__.py" ]; then
    skip "the host in Python writes the same bytes as the one in C" "the module is not built"
elif ! "$python" -c 'import cffi' 2>/dev/null; then
    skip "the host in Python writes the same bytes as the one in C" "cffi is missing"
elif [ -n "${QWR_SANITIZE-}" ] && [ "$QWR_SANITIZE" != no ]; then
    skip "the host in Python writes the same bytes as the one in C" "Python is not instrumented"
else
    PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$module "$python" "$hosts/host.py" "$small" "$news" python \
        0 20000 >out.txt 2>err.txt
    code=$?
    equals Python python
    same c.txt out.txt "and says the same as the one in C"
    PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$module "$python" "$hosts/host.py" "$small" wrong.txt python \
        0 1000 >out.txt 2>err.txt
    code=$?
    exits 0 "news that cannot be true do not end the loop in Python"
    prints out.txt 'refused: there is no call "C[0-9]*"; did you mean' "they are refused in Python, too"
fi
finish

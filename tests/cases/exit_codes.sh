#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Each exit code that help explains, produced by what it says; and no other one is explained.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

try help exit-codes
none "the codes explained are those tested here" "$(
    sed -n 's/^  \([0-9][0-9]*\) .*/\1/p' out.txt | tr '\n' ' ' | grep -vx '0 1 2 3 4 5 130 ')"

mini_xml mini.xml
sed '8s/loa_m="300"/loa_m="3000"/' mini.xml >long.xml
cat >broken.csv <<'CSV'
call,quay,position_m,start,end,cranes
V1,Q1,0,2026-03-02T02:00:00Z,2026-03-02T03:00:00Z,2
CSV

try plan mini.xml --work-limit 500 --out plan --quiet
exits 0 "0: every call has a place"
try check mini.xml plan/plan.csv
exits 0 "0: the plan is legal"
try validate mini.xml
exits 0 "0: the scenario is good"

try plan mini.xml --sed 2 --out made
exits 1 "1: the command line is wrong"
check "1: nothing was read or written" test ! -e made
try plan mini.xml --solver zzzzzzzz --out made
exits 1 "1: a backend that is not there"
check "1: and nothing was written" test ! -e made

try plan missing.xml --out made
exits 2 "2: an input that is not there"
try check mini.xml mini.xml
exits 2 "2: an input that is something else"
sed '9s/id="V2"/id="V1"/' mini.xml >twice.xml
try plan twice.xml --out made
exits 2 "2: an input that contradicts itself"
prints err.txt 'twice\.xml:9' "2: the message names file and line"
check "2: nothing was written" test ! -e made

try check mini.xml broken.csv
exits 3 "3: 'check': the plan breaks a rule"
"$tool" help dbap-text --sample >four.txt
"$tool" help certificate-xml --sample | sed 's/target="[0-9.]*"/target="99"/' >wrong.xml
try verify four.txt wrong.xml
exits 3 "3: 'verify': a proof does not hold"
try report mini.xml broken.csv --out broken.html
exits 3 "3: 'report': the plan breaks a rule"
check "3: the report is written all the same" test -s broken.html
try plan long.xml --work-limit 500 --out some --quiet
exits 3 "3: 'plan': a call has no place"
check "3: the rest is planned and written" test -s some/plan.csv
mkdir set
cp long.xml set/a.xml
try bench set --work-limit 500 --csv rows.csv --quiet
exits 3 "3: 'bench': an instance has no checked plan"
mkdir good found
mini_dbap good/four.txt
printf 'vessel,place,start,end\n1,1,0,5\n2,1,0,4\n3,1,5,8\n4,2,6,8\n' >found/four.csv
try bench good --verify found
exits 3 "3: 'bench --verify': a solution breaks a rule"
try sweep mini.xml --vary cranes.count=2 --work-limit 50 --store study
if [ "$code" -eq 5 ] && grep -q 'this build has no' err.txt; then
    ok "5: this build lacks what was asked for"
    skip "3: 'sweep': a merge misses tasks" "this build is without SQLite"
else
    try sweep mini.xml --vary cranes.count=2,3 --work-limit 50 --shard 1/2 --store half
    exits 0 "0: a part of a sweep is done"
    try sweep merge whole half
    exits 3 "3: 'sweep': a merge misses tasks"
fi

: >file
try plan mini.xml --work-limit 500 --out file/deep
exits 4 "4: a folder that cannot be made"
try convert mini.xml file/out.xml
exits 4 "4: a file that cannot be written"
if [ -w /dev/full ]; then
    "$tool" version >/dev/full 2>err.txt
    code=$?
    exits 4 "4: standard output that takes nothing"
else
    skip "4: standard output that takes nothing" "there is no /dev/full"
fi

mock=$QWR_BUILDDIR/tests/mock/.libs/mock_illegal_plan.so
if [ "${QWR_SHARED:-yes}" = yes ] && [ -e "$mock" ]; then
    try plugin check "$mock"
    exits 5 "5: a plugin breaks its contract"
else
    skip "5: a plugin breaks its contract" "there is no module that does"
fi

if env --default-signal=INT true 2>/dev/null; then
    "$tool" generate --profile medium --calls 60 --days 7 --seed 2 --out week.xml >out.txt
    env --default-signal=INT "$tool" plan week.xml --deadline 60 --out best >out.txt 2>err.txt &
    pid=$!
    while [ ! -e best ]; do sleep 0.2; done
    sleep 1
    kill -INT "$pid"
    wait "$pid"
    code=$?
    exits 130 "130: Ctrl-C"
    check "130: the best plan so far was written" test -s best/plan.csv
else
    skip "130: Ctrl-C" "env knows no --default-signal"
fi
finish

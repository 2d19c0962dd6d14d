#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Ctrl-C: the best plan so far is written and the exit code says so.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

env --default-signal=INT true 2>/dev/null || skip_all "env knows no --default-signal"
try generate --profile medium --calls 60 --days 7 --seed 2 --out week.xml
exits 0 "there is a scenario that takes long"

# A shell starts background jobs with SIGINT ignored; env undoes that.
env --default-signal=INT "$tool" plan week.xml --deadline 60 --out plan >out.txt 2>err.txt &
pid=$!
sleep 2
start=$(date +%s)
kill -INT "$pid"
wait "$pid"
code=$?
end=$(date +%s)
exits 130 "an interrupted plan ends with 130"
check "it ends soon" test $((end - start)) -le 10
for file in plan.xml plan.json plan.csv report.html; do
    check "$file is written all the same" test -s "plan/$file"
done
try check week.xml plan/plan.xml
check "the plan written breaks no rule but 'placed'" test \
    -z "$(grep -Ev '^(rule|placed|$|[0-9]+ violation|The plan is legal)' out.txt)"

mkdir set
cp week.xml set/a.xml
cp week.xml set/b.xml
env --default-signal=INT "$tool" bench set --deadline 60 --csv result.csv >out.txt 2>err.txt &
pid=$!
sleep 2
kill -INT "$pid"
wait "$pid"
code=$?
exits 130 "an interrupted benchmark ends with 130"
check "the row of the interrupted run is kept" test "$(wc -l <result.csv)" -eq 2
finish

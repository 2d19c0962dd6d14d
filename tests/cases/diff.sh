#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Differences of plans and scenarios from outside: sentences, sums, JSON, and the likely slips.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

mini_xml mini.xml
try plan mini.xml --work-limit 5000 --out plan --quiet
exits 0 "there is a plan to move in"
runs 0 '^0 of 3 stays moved' "a plan equals itself" diff mini.xml plan/plan.csv plan/plan.xml
prints out.txt 'cost 0$' "and costs as much, whatever the files say of costs"
prints out.txt 'stability 100.0 %' "its stability is 100 %"

# One field of one call, by the name of its column.
awk -F, -v OFS=, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
    NR > 1 && $1 == "V1" { $at["start"] = "2026-03-02T20:00:00Z" } { print }' plan/plan.csv >mine.csv
runs 0 '^Alpha \(V1\): starts 2026-03-02 20:00, .* later' "a moved stay is told" \
    diff mini.xml plan/plan.csv mine.csv
prints out.txt '^1 of 3 stays moved' "and counted"
try diff mini.xml plan/plan.csv mine.csv --json
json out.txt "the difference of plans is JSON"
prints out.txt '"same": false' "JSON says that they differ"
prints out.txt '"kind": "moved"' "JSON names the kind of change"

sed -e 's/T03:00:00Z/T05:30:00Z/' -e '/<crane id="C4"/d' mini.xml >late.xml
runs 0 '^call V2 \(Beta\): eta is 2026-03-02T05:30:00Z, was 2026-03-02T03:00:00Z' \
    "an edited attribute is told" diff mini.xml late.xml
prints out.txt '^crane C4 is gone' "a crane that is gone is told"
prints out.txt '^1 attributes differ, 0 entities or rows are new, 1 gone' "and they are counted"
try diff mini.xml late.xml --json
json out.txt "the difference of scenarios is JSON"
runs 0 'scenarios say the same' "a scenario equals itself" diff mini.xml mini.xml

try plan late.xml --work-limit 5000 --out late --quiet
runs 0 'of 3 stays moved' "plans of two scenarios are compared" \
    diff mini.xml plan/plan.xml late.xml late/plan.xml

runs 2 'plans are compared with their scenario named first' \
    "a plan where a scenario is meant is explained" diff plan/plan.xml mine.csv
runs 2 'nothing.csv' "a missing plan is named" diff mini.xml plan/plan.csv nothing.csv
runs 1 'an argument is missing' "one operand is too few" diff mini.xml

# A plan changed by hand: what it claims is not believed, and what follows is said.
awk -F, -v OFS=, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
    NR > 1 { $at["position_m"] = 0; $at["start"] = "2026-03-02T06:00:00Z" } { print }' \
    plan/plan.csv >heap.csv
runs 0 'warning: heap.csv breaks [0-9]+ rules: the search begins with its legal stays only' \
    "an illegal plan to start from is named" plan mini.xml --start heap.csv --work-limit 500 --quiet
runs 0 'warning: heap.csv breaks [0-9]+ rules: costs of illegal plans' \
    "an illegal first plan is named beside the report" report mini.xml heap.csv plan/plan.csv --out x.html
runs 0 'of 3 stays moved' "a plan of the same data gives no warning" diff mini.xml plan/plan.xml mine.csv
check "indeed none" test "$(grep -c warning err.txt)" -eq 0
runs 0 'warning: plan/plan.xml was made for another scenario' "a plan of other data is named" \
    diff late.xml plan/plan.xml plan/plan.csv
"$tool" check - - <mini.xml >out.txt 2>err.txt
code=$?
exits 1 "standard input is one file"
prints err.txt 'only one name may be -' "and that is said"
finish

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The checker from outside: plans broken by hand are named, plans of other formats are read.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

mini_xml mini.xml
try plan mini.xml --work-limit 5000 --out plan --quiet
exits 0 "there is a plan to break"
runs 0 'legal: 3 calls' "the plan as found is legal" check mini.xml plan/plan.csv

# column NAME: its number in plan.csv.
column()
{
    head -n 1 plan/plan.csv | tr ',' '\n' | grep -nx "$1" | cut -d: -f1
}

# edit CALL COLUMN VALUE: plan.csv with one field changed, as broken.csv.
edit()
{
    awk -F, -v OFS=, -v call="$1" -v at="$(column "$2")" -v value="$3" \
        'NR > 1 && $1 == call { $at = value } { print }' plan/plan.csv >broken.csv
    ! cmp -s plan/plan.csv broken.csv
}

# broken RULE NAME: broken.csv is refused by this rule.
broken()
{
    try check mini.xml broken.csv
    exits 3 "$2"
    prints out.txt "^$1 " "rule $1 is named"
    try check mini.xml broken.csv --json
    json out.txt "violations of $1 are JSON"
    prints out.txt "\"rule\": \"$1\"" "rule $1 is in the JSON"
}

check "plan.csv has the columns that are edited" \
    test -n "$(column call)" -a -n "$(column position_m)" -a -n "$(column start)"
edit V1 position_m 590 && broken length "a hull beyond the quay's end is found"
edit V1 start 2026-03-01T00:00:00Z && broken arrival "a stay before the arrival is found"
edit V1 cranes 9 && broken crane-count "more cranes than the call allows are found"

{
    head -n 1 plan/plan.csv
    sed -n 's/^V1,/V1,/p' plan/plan.csv
} >few.csv
runs 3 '^placed ' "a plan that leaves calls out is not legal" check mini.xml few.csv
edit V1 call V9
runs 2 'broken\.csv:[0-9]+: .*V9' "an unknown call in a plan is named with its line" \
    check mini.xml broken.csv
runs 2 'missing\.csv' "a plan that is not there is refused" check mini.xml missing.csv
runs 2 'mini\.xml' "a scenario in place of a plan is refused" check mini.xml mini.xml
runs 2 'plan\.xml' "a plan in place of a scenario is refused" check plan/plan.xml plan/plan.xml
mini_dbap other.txt
runs 2 '.' "a plan of another scenario is refused" check other.txt plan/plan.csv

try report mini.xml plan/plan.csv --out plan.html
exits 0 "a report is made of any plan"
check "the report needs nothing from elsewhere" \
    test -z "$(grep -Eo '(src|href)="[^#"][^"]*"' plan.html)"
try report mini.xml plan/plan.csv --out plan.svg
exits 0 "a picture is made of any plan"
prints plan.svg '<svg' "the picture is SVG"
edit V1 position_m 590
try report mini.xml broken.csv --out broken.html
exits 3 "the report of a broken plan ends with 3"
prints broken.html 'Alpha' "the report of a broken plan is written"
finish

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Conversions lose nothing.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

# hash FILE: of a scenario.
hash()
{
    "$tool" validate "$1" --json | sed -n 's/^ *"hash": "\(.*\)",$/\1/p'
}

mini_xml mini.xml
mini_dbap mini.txt
mini_hybrid mini.json
for file in mini.xml mini.txt mini.json; do
    try convert "$file" "$file.copy.xml"
    exits 0 "$file becomes XML"
    check "the XML of $file has the same hash" test "$(hash "$file")" = "$(hash "$file.copy.xml")"
    try convert "$file.copy.xml" again.xml
    same again.xml "$file.copy.xml" "the XML of $file written again is the same bytes"
done

try plan mini.xml --work-limit 5000 --out plan --quiet
exits 0 "there is a plan to convert"
try convert plan/plan.xml a.json --scenario mini.xml
exits 0 "a plan in XML becomes JSON"
try convert a.json b.csv --scenario mini.xml
exits 0 "a plan in JSON becomes CSV"
same b.csv plan/plan.csv "CSV over JSON is the CSV that was written"
try convert b.csv c.xml --scenario mini.xml
exits 0 "a plan in CSV becomes XML"
try convert c.xml d.csv --scenario mini.xml
same d.csv plan/plan.csv "CSV over XML is the same bytes"
same a.json plan/plan.json "JSON over XML is the JSON that was written"

try plan mini.txt --work-limit 5000 --out published --quiet
exits 0 "a published instance is planned"
try convert published/plan.xml solution.csv --scenario mini.txt --to solution-csv
exits 0 "its plan is written in published units"
same solution.csv - "the published solution is as expected" <<'CSV'
vessel,place,start,end
1,1,0,5
2,2,0,4
3,1,5,8
4,2,6,8
CSV

runs 1 'end it in' "a plan format that the name does not say is refused" \
    convert plan/plan.xml plan.pdf --scenario mini.xml
runs 1 'scenario' "a plan without its scenario is refused" convert plan/plan.xml plan.csv
runs 2 'plan\.xml' "a plan is no scenario" convert plan/plan.xml other.xml
check "what is refused is not written" test ! -e other.xml -a ! -e plan.pdf
try convert mini.txt missing/mini.xml
exits 4 "a folder that is not there ends with 4"
finish

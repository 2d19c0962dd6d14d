#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# 'report': one page of a plan or of two, diagrams as files, and what it says to those who ask for
# something else.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

mini_xml mini.xml
sed -e 's/epoch="2026-03-02T/epoch="2026-03-01T/' -e 's/horizon_h="96"/horizon_h="120"/' mini.xml >early.xml
try plan mini.xml --work-limit 200 --quiet --out plan
exits 0 "there is a plan to report"
awk -F, 'BEGIN { OFS = "," } $1 == "V2" { $3 = "no"; for (i = 4; i <= NF; i++) $i = "" }
    $1 == "V1" { $9 = 1 } { print }' plan/plan.csv >other.csv

# --- one plan ---

try report mini.xml plan/plan.xml --out one.html
exits 0 "a plan is reported"
try report mini.xml plan/plan.xml --out again.html
same one.html again.html "the same plan gives the same bytes"
same one.html plan/report.html "'plan' and 'report' write the same page"
prints one.html 'data-c="C[1-4]"' "cranes have lanes by name"
prints one.html 'A suggestion: the plan says how many' "the page says that names are a suggestion"
none "the page needs nothing from elsewhere" "$(grep -nE 'https?://|src=|@import|url\((.?http)' one.html)"
none "the page holds no path of this machine" "$(grep -nF "$work" one.html)"
try report mini.xml plan/plan.csv --out hand.html
prints hand.html "$(sed -n 's/.*<b>\([0-9,.]*\)<\/b>.*/\1/p' one.html | head -n 1)" \
    "a plan made by hand is priced by the checker"

# --- diagrams as files ---

try report mini.xml plan/plan.xml --svg pictures/of/mini
exits 0 "diagrams are written as files"
for name in time-quay cranes use depth; do
    check "$name.svg is there" test -s "pictures/of/mini/$name.svg"
done
check "without a tide there is no file of it" test ! -e pictures/of/mini/tide.svg
none "nothing else is left in the folder" \
    "$(find pictures/of/mini -type f ! -name time-quay.svg ! -name cranes.svg ! -name use.svg ! -name depth.svg)"
if [ -n "${PYTHON-}" ] && "$PYTHON" -c 'import xml.dom.minidom' 2>/dev/null; then
    for name in time-quay cranes use depth; do
        check "$name.svg is well-formed" "$PYTHON" -c 'import sys, xml.dom.minidom
xml.dom.minidom.parse(sys.argv[1])' "pictures/of/mini/$name.svg"
    done
else
    skip "diagrams are well-formed" "no python3 to read XML"
fi
try report mini.xml plan/plan.xml --svg both --out both.html
exits 0 "page and diagrams are written at once"
check "both are there" test -s both/time-quay.svg -a -s both.html

# --- two plans ---

try report mini.xml plan/plan.csv other.csv --out two.html
exits 3 "two plans are reported, the second leaves a call out"
prints two.html 'class="v moved"' "what moved is marked"
prints two.html 'class="gl"' "what lost its place is outlined"
prints two.html '<li><span class="kind lost">lost</span>.*Beta' "changes are told in sentences"
try report mini.xml plan/plan.csv plan/plan.csv --out none.html
exits 0 "a plan is compared with itself"
prints none.html 'Both plans place every call alike' "it has no changes"
try report early.xml plan/plan.csv mini.xml plan/plan.csv --out epoch.html
exits 0 "two plans of two scenarios are reported"
prints epoch.html 'Both plans place every call alike' "times match by the clock"

# A level that changes at once is drawn as a step, however near its two points are.
"$tool" help tidal-csv --sample >tidal.csv
try plan tidal.csv --work-limit 20000 --out tidal
try report tidal.csv tidal/plan.xml --svg pictures
exits 0 "a quay that is left at high water is drawn"
prints pictures/tide.svg 'class="tc".*L([0-9.]+) [0-9.]+L\1 ' "a change of level is a step"

# --- what it refuses ---

runs 1 "--out FILE.html, --out FILE.svg or --svg DIR" "no output is asked for" \
    report mini.xml plan/plan.csv
runs 1 "must end in .html or .svg" "a picture of unknown kind is refused" \
    report mini.xml plan/plan.csv --out x.png
runs 1 "two plans are drawn as HTML" "two plans are no SVG" \
    report mini.xml plan/plan.csv other.csv --out x.svg
runs 1 "two plans are drawn as HTML" "nor a folder of them" \
    report mini.xml plan/plan.csv other.csv --svg x
runs 2 "missing.csv" "a plan that is missing is named" \
    report mini.xml plan/plan.csv missing.csv --out x.html
printf 'a file\n' >file
runs 4 "file/x" "a folder that cannot be made is named" report mini.xml plan/plan.csv --svg file/x
runs 4 "nowhere/x.html" "a page that cannot be written is named" \
    report mini.xml plan/plan.csv --out nowhere/x.html
none "nothing torn is left behind" "$(find . -name 'x.*')"
finish

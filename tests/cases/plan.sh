#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Planning: what is written, that it is legal, and that nothing but the input decides it.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

mini_xml mini.xml

# plan DIR ARGS...: plans the small scenario with a work limit.
plan()
{
    dir=$1
    shift
    try plan mini.xml --out "$dir" --work-limit 20000 --seed 3 "$@"
}

# equal A B NAME: two folders hold the same plan, byte for byte.
equal()
{
    check "$3" diff -r "$1" "$2"
}

plan first/plan
exits 0 "a small scenario is planned"
for file in plan.xml plan.json plan.csv report.html; do
    check "$file is written" test -s "first/plan/$file"
done
check "no temporary is left" test "$(find first/plan -type f | wc -l)" -eq 4
prints out.txt 'first/plan/report.html' "the summary names the report"
check "no bar is drawn into a pipe" test ! -s err.txt
json first/plan/plan.json "plan.json is JSON"
for format in xml json csv; do
    runs 0 'legal' "plan.$format passes the checker" check mini.xml "first/plan/plan.$format"
done
cp -r first/plan one
plan two
equal one two "the same input gives the same bytes"
for threads in 1 2 4; do
    plan "threads$threads" --threads "$threads"
    equal one "threads$threads" "$threads threads give the same bytes"
done
for simd in generic auto; do
    plan "simd$simd" --simd "$simd"
    equal one "simd$simd" "vector level $simd gives the same bytes"
done
none "no file holds a path of this machine" "$(grep -l "$work" one/*)"

try plan mini.xml --work-limit 20000 --seed 3 --json
exits 0 "the plan is printed as JSON"
json out.txt "what --json prints is JSON"
check "the JSON holds no time of the run" test -z "$(grep elapsed out.txt)"
check "without --out nothing is written" test ! -e plan.xml
try plan mini.xml --work-limit 2000 --json --stats
json out.txt "what --json --stats prints is JSON"
prints out.txt '"elapsed_s"' "--stats tells how long it took"
try plan mini.xml --work-limit 2000 --stats
prints out.txt 'First plan after' "--stats prints the stages"
try plan mini.xml --work-limit 2000 --quiet --out quiet
exits 0 "--quiet plans"
check "--quiet prints nothing" test ! -s out.txt -a ! -s err.txt
check "--quiet writes" test -s quiet/plan.xml

try plan mini.xml --work-limit 2000 --start one/plan.xml --json
exits 0 "a plan can be started from"
check "the result is not worse than the start" \
    awk "BEGIN { exit !($(field out.txt value) <= $(field one/plan.json value)) }"
try plan mini.xml --deadline 0.5 --out timed
exits 0 "a deadline alone is enough"

runs 1 'glpkk' "an unknown solver is refused" plan mini.xml --solver glpkk --out nowhere
check "an unknown solver writes nothing" test ! -e nowhere
try plan mini.xml --work-limit 2000 --solver none
exits 0 "it plans without a MILP"

runs 1 'must end in' "a MILP file of unknown format is refused" plan mini.xml --milp-file m.txt
try plan mini.xml --work-limit 2000 --solver none --milp-file m.lp
prints err.txt 'm\.lp is not written' "a MILP file that is not written is told"

printf 'vessel,class,start,moves,cranes,work_h\nA,feeder,2026-02-01T00:00:00Z,300,2,10\n' >past.csv
sed 's/vessel="Alpha"/vessel="Alpha" class="feeder"/' mini.xml >class.xml
if "$tool" plugin list | grep -q '^class-mean '; then
    try plan class.xml --history past.csv --forecast class-mean --work-limit 2000 --json
    exits 0 "a history and a forecast are used"
    prints out.txt '"forecast": "class-mean"' "the plan names its forecast"
else
    skip "a history and a forecast are used" "the class-mean plugin is not built"
fi
runs 1 'nearest is "class-mean"|no forecast' "an unknown forecast is refused" \
    plan class.xml --forecast class-meen

: >file
try plan mini.xml --work-limit 2000 --out file/plan
exits 4 "a folder that cannot be made ends with 4"
try plan mini.xml --work-limit 2000 --out file
exits 4 "a file in place of the folder ends with 4"

sed '8s/loa_m="300"/loa_m="700"/' mini.xml >long.xml
try plan long.xml --work-limit 2000 --out long
exits 3 "a vessel longer than every quay ends with 3"
prints out.txt 'V1|Alpha' "the vessel without a place is named"
check "the rest is planned and written" test -s long/plan.xml
try check long.xml long/plan.xml --json
exits 3 "the plan that leaves it out is not legal"
check "the only broken rule is 'placed'" \
    test "$(sed -n 's/^ *"rule": "\(.*\)",/\1/p' out.txt | sort -u)" = placed

sed '8s|eta="[^"]*"|eta="2026-03-02T02:00:00Z"|; 9,14d' mini.xml |
    sed '8s|/>|><pin start="2026-03-02T02:45:00Z"/></call>|' >short.xml
try plan short.xml --work-limit 2000
prints out.txt '^Alpha .* 45 min$' "a wait below an hour is shown whole"
finish

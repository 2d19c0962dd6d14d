#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Performance profiles and gap over time: the numbers behind them by hand, the same bytes for the
# same input, files of others, and bad input.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

# well_formed FILE NAME
well_formed()
{
    if command -v xmllint >/dev/null; then
        check "$2" xmllint --noout --nonet "$1"
    else
        skip "$2" "xmllint is not installed"
    fi
}

# point FILE SERIES AT: the last share of a series at or before AT, of a CSV of points.
point()
{
    awk -F, -v name="$2" -v at="$3" '$1 == name && $2 <= at { y = $3 } END { print y }' "$1"
}

# --- profiles. Fast proves a and b; slow proves a, b and c, ten times and twice slower. -------------
cat >fast.csv <<'CSV'
instance,seed,value,status,wall_s,value_s,work
a,1,10,optimal,1,0.5,100
b,1,20,optimal,4,1,400
c,1,33,feasible,60,2,9000
CSV
cat >slow.csv <<'CSV'
status,instance,wall_s,value,seed,best_known,comment
OPTIMAL,a,10,10,1,,"one, quoted"
Optimal,b,8,20,1,20,
optimal,c,16,30,1,,
none,d,60,,1,5,
CSV
try bench --profile p.svg fast.csv slow.csv --csv points.csv
exits 0 "two result files make a profile"
well_formed p.svg "the profile is well-formed XML"
check "the points have a header" test "$(head -n 1 points.csv)" = result,ratio,share_pct
check "fast solves two of four fastest" test "$(point points.csv fast 1)" = 50.0000
check "slow is the fastest on one" test "$(point points.csv slow 1)" = 25.0000
check "slow solves one more within a factor of 2" test "$(point points.csv slow 2)" = 50.0000
check "slow solves its third within a factor of 10" test "$(point points.csv slow 10)" = 75.0000
check "what is never solved never counts" test "$(point points.csv slow 999999)" = 75.0000
prints out.txt '^fast +4 +2 +2 ' "the table counts solved and fastest"
prints out.txt 'fast lacks 1 of the problems' "a problem that a file lacks is named"
for word in 'Performance profile' 'share of problems' 'multiple of the fastest' '>fast<' '>slow<' \
    prefers-color-scheme '3 of 4'; do
    prints p.svg "$word" "the picture holds $word"
done
try bench --profile again.svg fast.csv slow.csv --quiet
same p.svg again.svg "the same files make the same bytes"
check "--quiet prints nothing" test ! -s out.txt -a ! -s err.txt
try bench --profile p.svg fast.csv slow.csv --json
json out.txt "what --json prints is JSON"

try bench --profile best.svg fast.csv slow.csv --measure best --csv points.csv
exits 0 "time to the best value is drawn"
check "the time is that of the value where the file has it" \
    test "$(point points.csv fast 1)" = 50.0000
check "another is eight times slower" test "$(point points.csv slow 8)" = 50.0000
check "or twenty times" test "$(point points.csv slow 20)" = 75.0000
try bench --profile gap.svg fast.csv slow.csv --measure gap --csv points.csv
exits 0 "gaps to the best value are drawn"
check "two values are the best" test "$(point points.csv fast 0.01)" = 50.0000
check "the third is 10 % above" test "$(point points.csv fast 10)" = 75.0000
prints gap.svg 'Quality profile' "the picture says what it shows"
try bench --profile time.svg fast.csv --csv points.csv
exits 0 "one file is drawn over time"
check "the points are times" test "$(head -n 1 points.csv)" = result,time_s,share_pct
check "a third is solved within a second" test "$(point points.csv fast 1)" = 33.3333
try bench --profile work.svg fast.csv --clock work --csv points.csv
exits 0 "work is a clock too"
check "two thirds are solved within 400 units" test "$(point points.csv fast 400)" = 66.6667
try bench --profile time.svg fast.csv slow.csv --absolute --csv points.csv
check "--absolute draws times of several" test "$(point points.csv slow 16)" = 75.0000

# A solver without seeds stands for every seed; names that are the same get their folders.
printf 'instance,seed,status,wall_s\na,1,optimal,2\na,2,optimal,2\n' >seeds.csv
printf 'instance,status,wall_s\na,optimal,1\n' >plain.csv
try bench --profile p.svg seeds.csv plain.csv --csv points.csv
prints out.txt '^plain +2 +2 +2 +100\.0 %' "a row without a seed counts for every seed"
mkdir -p one 'two & more'
cp fast.csv one/result.csv
cp slow.csv 'two & more/result.csv'
try bench --profile p.svg one/result.csv 'two & more/result.csv'
prints p.svg '>two &amp; more/result<' "files of one name are told apart by their folders"
well_formed p.svg "special characters are escaped"

runs 2 'slower\.csv' "a result that is not there is named" bench --profile x.svg fast.csv slower.csv
printf 'instance,stauts,wall_s\na,optimal,1\n' >bad.csv
runs 2 'no column status; is stauts meant' "a column that is missing is named with the nearest" \
    bench --profile x.svg bad.csv
printf 'instance,status,wall_s\na,optimal,1\nb,optimal\n' >bad.csv
runs 2 'bad\.csv:3: this row has 2 cells; the header names 3' "a torn row is named with its line" \
    bench --profile x.svg bad.csv
printf 'instance,status,wall_s\na,optimal,soon\n' >bad.csv
runs 2 'bad\.csv:2: wall_s "soon" is no number' "what is no number is named" \
    bench --profile x.svg bad.csv
printf 'instance,status,wall_s\na,optimal,1\na,optimal,2\n' >bad.csv
runs 2 'stands in line 2 already' "an instance twice is named" bench --profile x.svg bad.csv
printf 'instance,status,wall_s,instance_hash\na,optimal,1,00000000000000aa\n' >h1.csv
printf 'instance,status,wall_s,instance_hash\na,optimal,1,00000000000000bb\n' >h2.csv
runs 2 'instance a is not the one of h1\.csv:2' "two instances of one name are not compared" \
    bench --profile x.svg h1.csv h2.csv
: >empty.csv
runs 2 'empty\.csv: it is empty' "an empty file is named" bench --profile x.svg empty.csv
printf 'instance,status,wall_s\n' >empty.csv
runs 2 'hold no row' "a file without rows is refused" bench --profile x.svg empty.csv
runs 2 'Is a directory' "a folder is no result" bench --profile x.svg one
runs 1 'a result file is missing' "a profile of nothing is refused" bench --profile x.svg
runs 1 'needs --clock wall' "work to the best value is not known" \
    bench --profile x.svg fast.csv --measure best --clock work
runs 1 'at most 16' "too many curves are refused" bench --profile x.svg fast.csv fast.csv fast.csv \
    fast.csv fast.csv fast.csv fast.csv fast.csv fast.csv fast.csv fast.csv fast.csv fast.csv \
    fast.csv fast.csv fast.csv fast.csv
check "what is refused is not written" test ! -e x.svg
runs 4 'missing/p\.svg' "a picture that cannot be written ends with 4" \
    bench --profile missing/p.svg fast.csv

# --- gap over time. The gap of a falls from 100 to 50 % at 1 s and to 0 at 10 s. -------------------
mkdir log other
cat >log/a.csv <<'CSV'
time_s,work,stage,value,bound
0.1,10,construct,100,
1,100,bound,100,50
10,1000,search,50,50
10,1000,end,50,50
CSV
cat >log/b-seed7.csv <<'CSV'
time_s,work,stage,value,bound
0.1,10,construct,100,
1,100,bound,100,80
10,1000,end,100,80
CSV
printf 'time_s,work,stage,value,bound\n0.1,10,construct,40,\n100,90,end,40,40\n' >other/b-seed1.csv
try bench --gap-over-time g.svg log --csv points.csv
exits 0 "a folder of logs makes a picture"
well_formed g.svg "the picture is well-formed XML"
check "both runs are in it" test "$(point points.csv log 0.9)" = 2
awk -F, '$1 == "log" && $2 < 0.99 { v = $4 } END { print v }' points.csv >got
check "the median is 100 % before there is a bound" test "$(cat got)" = 100.0000
awk -F, '$1 == "log" && $2 < 9 { v = $4 "," $5 "," $6 "," $7 } END { print v }' points.csv >got
check "median, quartiles and mean lie between 20 and 50 %" \
    test "$(cat got)" = 35.0000,27.5000,42.5000,35.0000
tail -n 1 points.csv | cut -d, -f4- >got
check "at the end between 0 and 20 %" test "$(cat got)" = 10.0000,5.0000,15.0000,10.0000
for word in 'Gap over time' 'gap to the bound' 'time \(seconds, log\)' '>log<' '2 runs' \
    prefers-color-scheme; do
    prints g.svg "$word" "the picture holds $word"
done
try bench --gap-over-time again.svg log --quiet
same g.svg again.svg "the same logs make the same bytes"
try bench --gap-over-time g.svg log other --measure best --csv points.csv
exits 0 "two folders are compared by the best value"
awk -F, '$1 == "log" && $2 < 9 { v = $5 "," $6 } END { print v }' points.csv >got
check "the target of an instance is the best of any seed and folder" test "$(cat got)" = 52.5000,57.5000
try bench --gap-over-time w.svg log --clock work
exits 0 "the gap over work is drawn"
prints w.svg 'work \(units, log\)' "its axis says so"
try bench --gap-over-time g.svg log --json
json out.txt "what --json prints is JSON"
echo 'a,b' >log/notes.csv
try bench --gap-over-time g.svg log
exits 0 "a CSV that is no log is passed over"
prints err.txt 'notes\.csv.*it is no log, skipped' "and named"
printf 'time_s,work,stage,value,bound\nsoon,1,end,1,1\n' >log/notes.csv
runs 2 'notes\.csv:2: time_s, value and bound must be numbers' "a log of words is refused" \
    bench --gap-over-time x.svg log
rm log/notes.csv
mkdir none
runs 2 'none: there is no log in it' "a folder without logs is refused" \
    bench --gap-over-time x.svg none
runs 2 'missing: No such file' "a folder that is not there is refused" \
    bench --gap-over-time x.svg missing
runs 1 'a folder of logs is missing' "a picture of nothing is refused" bench --gap-over-time x.svg
runs 1 'proof has no meaning' "a gap is no proof" \
    bench --gap-over-time x.svg log --measure proof
runs 1 'cpu has no meaning' "logs have no processor time" bench --gap-over-time x.svg log --clock cpu
check "what is refused is not written" test ! -e x.svg

# --- what a run writes is what the pictures read ---------------------------------------------------
mkdir set
mini_dbap set/d-1.txt
mini_hybrid set/h-1.json
try bench set --work-limit 20000 --seeds 1..3 --csv run.csv --log runlog --quiet
exits 0 "a benchmark is run"
try bench --profile p.svg run.csv --clock work
exits 0 "its rows make a profile"
prints out.txt '^run +6 +6 ' "each run is a problem"
try bench --gap-over-time g.svg runlog --clock work
exits 0 "its logs make a picture"
cp g.svg first.svg
try bench set --work-limit 20000 --seeds 1..3 --csv run.csv --log runlog --threads 1 --quiet
try bench --gap-over-time g.svg runlog --clock work
same g.svg first.svg "over work the picture depends on neither time nor threads"
finish

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Benchmarks: which files are run, what the rows say, and that the columns stay as promised.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

columns=instance,problem,value,bound,gap_pct,status,best_known,best_known_proven,cpu_s,wall_s,threads,seed,work,checked,version,machine,instance_hash,value_s

mkdir set
mini_dbap set/d-1.txt
mini_hybrid set/h-1.json
mini_xml set/x-1.xml
echo 'Where the instances come from.' >set/SOURCE.md
echo 'not an instance' >set/notes.txt
cat >set/best_known.csv <<'CSV'
instance,source,best_known,proven_optimal
h-1,"by hand, ""easy""",8,1
d-1,"by hand, easy",14,1
CSV

# cell ROW COLUMN: of result.csv; ROW is the instance.
cell()
{
    awk -F, -v row="$1" -v name="$2" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i }
        $1 == row { print $at }' result.csv
}

# holds ROW COLUMN VALUE NAME
holds()
{
    check "$4" test "$(cell "$1" "$2")" = "$3"
}

# steady LOG: whether values fall, bounds rise, clock and work never turn back, and the last row is
# the end, with a value no bound exceeds.
# shellcheck disable=SC2317 # called by check
steady()
{
    awk -F, '
        NR == 1 { next }
        $1 < time || $2 < work { bad = 1 }
        $4 != "" && value != "" && $4 > value { bad = 1 }
        $5 != "" && bound != "" && $5 < bound { bad = 1 }
        $4 == "" && value != "" || $5 == "" && bound != "" { bad = 1 }
        $3 != "end" && $4 == value && $5 == bound { bad = 1 }
        { time = $1; work = $2; stage = $3; value = $4; bound = $5 }
        END { exit bad || stage != "end" || value < bound || NR < 3 }' "$1"
}

# is_hash TEXT
# shellcheck disable=SC2317 # called by check
is_hash()
{
    printf '%s\n' "$1" | grep -Eq '^[0-9a-f]{16}$'
}

try bench set --csv result.csv --work-limit 20000 --seed 5 --threads 2 --solutions sol --log log
exits 0 "a folder of instances is run"
check "the header is as promised" test "$(head -n 1 result.csv)" = "$columns"
check "there is a row for each instance" test "$(wc -l <result.csv)" -eq 4
check "the rows are in the order of names" \
    test "$(cut -d, -f1 result.csv | tr '\n' ' ')" = 'instance d-1 h-1 x-1 '
holds d-1 problem dbap "a discrete instance is called dbap"
holds h-1 problem bap-hybrid "a hybrid instance is called bap-hybrid"
holds x-1 problem berth "a scenario is called berth"
holds d-1 value 14 "the value is in the published unit"
holds d-1 bound 14 "the bound is in the published unit"
holds d-1 gap_pct 0.0000 "the gap has four decimals"
holds d-1 status optimal "a closed gap is optimal"
holds h-1 value 8 "a hybrid instance counts inclusive periods"
for name in d-1 h-1 x-1; do
    holds "$name" checked 1 "the plan of $name passes the checker"
    holds "$name" seed 5 "the row of $name has its seed"
    holds "$name" threads 2 "the row of $name has its threads"
    check "incumbents of $name are logged" test "$(wc -l <"log/$name.csv")" -gt 1
    check "the log of $name has its header" \
        test "$(head -n 1 "log/$name.csv")" = time_s,work,stage,value,bound
    check "the log of $name only gets better, and ends" steady "log/$name.csv"
    check "the row of $name has the hash of its content" is_hash "$(cell "$name" instance_hash)"
done
prints err.txt 'set/notes\.txt: no known format, skipped' "a file of no known format is named"
check "files that describe the set are not" test "$(wc -l <err.txt)" -eq 1
holds d-1 best_known 14 "best known is found beside the instances"
holds h-1 best_known 8 "best known is found behind quoted commas"
holds h-1 best_known_proven 1 "its proof is found by its column"
holds x-1 best_known '' "an instance nobody knows has no best known"
prints out.txt '3 runs: 3 solved' "the summary counts"
prints out.txt '2 of 2 matched' "the summary compares with the best known"
check "the solution is in published units" \
    test "$(head -n 2 sol/d-1.csv | tr '\n' ' ')" = 'vessel,place,start,end 1,1,0,5 '

# What does not depend on the clock: all but cpu_s, wall_s and value_s (columns 9, 10 and 18).
cut -d, -f1-8,12-14,17 result.csv >first.csv
try bench set --csv result.csv --work-limit 20000 --seed 5 --threads 1 --quiet
cut -d, -f1-8,12-14,17 result.csv >second.csv
check "there are rows to compare" test "$(wc -l <first.csv)" -eq 4
same first.csv second.csv "with a work limit rows do not depend on threads or time"
check "--quiet prints nothing" test ! -s out.txt -a ! -s err.txt

try bench set --csv result.csv --work-limit 2000 --seeds 1..3 --match 'd-*'
exits 0 "a range of seeds is run"
check "each seed has its row" test "$(cut -d, -f12 result.csv | tr '\n' ' ')" = 'seed 1 2 3 '
mkdir copy
sed 's/$/ /' set/d-1.txt >copy/d-1.txt
sed 's/^8 4/8 5/' set/d-1.txt >renamed.txt
try bench set/d-1.txt copy/d-1.txt renamed.txt --csv result.csv --work-limit 2000
check "the same content has the same hash, whatever the layout of the file" \
    test "$(cell d-1 instance_hash | sort -u | wc -l)" -eq 1
check "another content has another" \
    test "$(cell d-1 instance_hash | sort -u)" != "$(cell renamed instance_hash | sort -u)"
try bench set/d-1.txt renamed.txt --work-limit 2000 --seeds 1..2 --log seeds --quiet
check "each run has its log" test "$(ls seeds)" = "d-1-seed1.csv
d-1-seed2.csv
renamed-seed1.csv
renamed-seed2.csv"
mkdir groups
for name in a-1 a-2 b_01 c; do cp set/d-1.txt groups/$name.txt; done
printf 'instance,best_known,proven_optimal\na-1,16,0\na-2,14,1\nb_01,15,1\nc,10,0\n' >groups/best_known.csv
try bench groups --work-limit 20000 --seeds 1..2
exits 0 "groups are run"
prints out.txt '^group +runs +solved +proven +mean gap % +max gap % +mean over % +max over %' "groups have a table"
prints out.txt '^a +4 +4 +4 +0.0000 +0.0000 +-6.2500 +0.0000 +2 +[0-9.]+ +[0-9.]+$' \
    "its row counts the group, and compares it with the best known"
prints out.txt '^b +2 +2 +2 ' "a number behind a '_' is one, too"
prints out.txt '^c +2 +2 +2 .* 40.0000 +40.0000 +0 ' "a name without one is a group of its own"
prints out.txt '^all +8 +8 +8 ' "the last row is of all"
check "a value below the best known is named once" test "$(grep -c '^a-1: 14 is below the best known 16$' out.txt)" -eq 1
prints out.txt '^b_01: 14 is below the best known 15, WHICH IS SAID TO BE PROVEN OPTIMAL$' \
    "what was said to be proven is contradicted"
prints out.txt '^c: THE BOUND 14 IS ABOVE THE BEST KNOWN 10$' "a bound above the best known is named"
try bench set --csv result.csv --work-limit 2000 --limit-instances 2
check "each instance alone makes no groups" test -z "$(grep '^group' out.txt)"
check "the number of instances can be limited" test "$(wc -l <result.csv)" -eq 3
try bench set/d-1.txt --work-limit 2000 --json
exits 0 "a single file is run"
json out.txt "what --json prints is JSON"
try bench set --deadline 0.2 --match 'd-*' --csv result.csv
exits 0 "a deadline is enough"

runs 2 'notes\.txt: no known format' "a file of no known format is refused when named" \
    bench set/notes.txt
runs 2 'no instance' "a folder without instances is refused" bench set --match 'nothing*'
runs 2 'missing' "a folder that is not there is refused" bench missing
runs 1 'missing' "a benchmark of nothing is refused" bench
runs 1 'either' "one seed and a range of seeds are refused together" \
    bench set --seed 1 --seeds 1..2
mkdir broken
mini_dbap broken/good.txt
mini_dbap broken/bad.txt
sed -i '6,$d' broken/bad.txt
try bench broken --csv result.csv --work-limit 20000
exits 2 "an instance that cannot be read ends with 2"
holds bad status error "an instance that cannot be read is a row"
holds good status optimal "the others are run all the same"

sed '8s/loa_m="300"/loa_m="700"/' set/x-1.xml >long.xml
try bench long.xml --csv result.csv --work-limit 2000
exits 3 "an instance without a full plan ends with 3"
holds long status infeasible "an instance nobody can serve is infeasible"
holds long value '' "it has no value"

# Several folders, and folders inside them.
mkdir -p deep/a/b deep/.hidden
mini_dbap deep/a/d-1.txt
mini_dbap deep/a/b/d-1.txt
mini_dbap deep/.hidden/d-2.txt
printf 'instance,best_known,proven_optimal\nd-1,14,1\n' >deep/a/b/best_known.csv
ln -s .. deep/a/up
runs 2 'searched with --recursive' "folders inside a folder are entered when asked for only" \
    bench deep --work-limit 2000
try bench deep set --recursive --csv result.csv --work-limit 2000 --solutions deepsol --log deeplog
exits 0 "folders inside a folder are entered with --recursive"
check "instances are called by their folder" \
    test "$(cut -d, -f1 result.csv | tr '\n' ' ')" = 'instance a/b/d-1 a/d-1 d-1 h-1 x-1 '
holds a/b/d-1 best_known 14 "best known is looked up in the folder of the instance"
holds a/d-1 best_known '' "and not in another"
check "solutions and logs lie in such folders" test -s deepsol/a/b/d-1.csv -a -s deeplog/a/d-1.csv
try bench set deep --recursive --match 'a/d-*' --csv result.csv --work-limit 2000
check "--match looks at the folder too" \
    test "$(cut -d, -f1 result.csv | tr '\n' ' ')" = 'instance a/d-1 '
runs 1 'are both called d-1' "instances of one name do not share a solution file" \
    bench set deep/a --work-limit 2000 --solutions clash
check "nothing was made for them" test ! -e clash

# Outputs that cannot be written are refused before the work.
runs 4 'missing/result\.csv cannot be written' "a folder that is not there is refused at once" \
    bench set --csv missing/result.csv --work-limit 2000
runs 4 'set is a folder' "a folder is no CSV file" bench set --csv set --work-limit 2000
runs 4 'x-1\.xml/log' "a log below a file is refused" bench set --log set/x-1.xml/log
if [ -c /dev/full ]; then
    runs 4 'No space left' "a full disk is named" bench set/d-1.txt --csv /dev/full --work-limit 200
else
    skip "a full disk is named" "there is no /dev/full"
fi
mkdir readonly
echo before >readonly/result.csv
chmod 555 readonly
if [ "$(id -u)" -ne 0 ]; then
    runs 4 'readonly/result\.csv cannot be written' "a read-only folder is refused at once" \
        bench set --csv readonly/result.csv --work-limit 2000
    check "what was there stays" test "$(cat readonly/result.csv)" = before
    chmod 000 broken/good.txt
    try bench broken --csv result.csv --work-limit 2000
    exits 2 "an instance that may not be read ends with 2"
    holds good status error "an instance that may not be read is a row"
else
    skip "a read-only folder is refused at once" "root may write everywhere"
    skip "an instance that may not be read is a row" "root may read everything"
fi
chmod 755 readonly
cp set/best_known.csv kept.csv
printf 'instance,best_knwon\nd-1,14\n' >set/best_known.csv
try bench set --match 'd-*' --work-limit 2000
exits 0 "a bad list of best known values stops nothing"
prints err.txt 'no column best_known; is best_knwon meant' "it is named, with the nearest column"
mv kept.csv set/best_known.csv

# Killed in the middle: what was finished is there, whole, and nothing beside it.
mkdir killed
for i in 1 2 3 4; do cp set/d-1.txt killed/e-$i.txt; done
try generate --profile medium --calls 60 --days 7 --seed 2 --out killed/f.xml
"$tool" bench killed --deadline 30 --csv killed/result.csv >out.txt 2>err.txt &
pid=$!
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
    [ "$(grep -c ^e- killed/result.csv 2>/dev/null)" = 4 ] && break
    sleep 1
done
kill -KILL "$pid"
wait "$pid" 2>err.txt
check "a killed benchmark keeps its rows" test "$(grep -c '^e-' killed/result.csv)" -eq 4
check "and each of them is whole" \
    test "$(awk -F, '{ print NF }' killed/result.csv | sort -u)" = 18

runs 1 '--deadline has no meaning with --verify' "options of another mode are refused" \
    bench set --verify sol --deadline 3
runs 1 '--measure has no meaning in a run' "options of pictures are refused in a run" \
    bench set --measure gap

try bench --kernel --threads 1 --json
exits 0 "the kernel is measured"
json out.txt "the measures are JSON"
prints out.txt '"simd": "generic"' "the plain kernel is among them"
finish

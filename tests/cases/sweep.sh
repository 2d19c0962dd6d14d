#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Sweeps: the same store however many workers, kill -9 and going on, failures as rows, merging,
# repeating one run, and the sentence for each thing that can be wrong.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

mini_xml base.xml
try sweep base.xml --vary cranes.count=2 --store probe --work-limit 50
if [ "$code" -eq 5 ] && grep -q 'this build has no .sweep.' err.txt; then
    ok "a build without SQLite says so in a sentence"
    skip "sweeps" "this build is without SQLite"
    finish
fi

# sql STORE QUERY: the answer, a line a row, columns with '|' between them.
sql()
{
    "${PYTHON:-python3}" - "$1" "$2" <<'PY'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1] + '/sweep.sqlite')
for row in db.execute(sys.argv[2]):
    print('|'.join('' if v is None else str(v) for v in row))
db.commit()
PY
}
have_sql=no
if "${PYTHON:-python3}" -c 'import sqlite3' 2>/dev/null; then have_sql=yes; fi

# asks STORE QUERY ANSWER NAME
asks()
{
    if [ "$have_sql" = no ]; then
        skip "$4" "no Python with sqlite3"
        return
    fi
    asks_got=$(sql "$1" "$2" 2>&1)
    if [ "$asks_got" = "$3" ]; then ok "$4"; else not_ok "$4" "expected $3, got $asks_got"; fi
}

seed=7

# study STORE ARGS...: the sweep that most tests look at: 3 x 2 points, 4 replications.
study()
{
    study_store=$1
    shift
    try sweep base.xml --vary cranes.count=2..4 --vary 'calls.eta_shift=normal(0,1h),normal(0,3h)' \
        --replications 4 --work-limit 300 --seed "$seed" --store "$study_store" "$@"
}

# --- one process, several, shards ------------------------------------------------------------------

study one
exits 0 "a sweep runs"
prints out.txt '24 of 24 runs are in one' "it says how many runs there are"
asks one 'SELECT count(*), count(DISTINCT point), count(DISTINCT replication) FROM runs' '24|6|4' \
    "the store has a row for each point and replication"
asks one "SELECT DISTINCT status FROM runs" QWR_OK "every run worked"
asks one "SELECT levels FROM results WHERE task = 0" \
    'cranes.count=2 calls.eta_shift=normal(0h,1h)' "the view names the levels of a run"
asks one 'SELECT count(*) FROM timings' 24 "run times stand apart"
asks one 'PRAGMA user_version' 1 "the version of the schema is in the file"

study one
exits 0 "the same command again has nothing to do"
prints out.txt '\(0 now' "it runs nothing twice"

study two --jobs 2
exits 0 "two worker processes run it"
study four --jobs 4 --shard 1/2
exits 0 "one shard of two runs"
prints out.txt '12 of 12 runs' "a shard is its part of the runs"
study four2 --shard 2/2
exits 0 "the other shard runs"

runs 0 '24 of 24 runs from 1 store' "a store is merged alone" sweep merge m1 one
runs 0 '24 of 24' "the store of two workers is merged" sweep merge m2 two
runs 0 '24 of 24 runs from 2 stores' "two shards are merged" sweep merge m4 four2 four
same m1/sweep.sqlite m2/sweep.sqlite "one and two workers make the same bytes"
same m1/sweep.sqlite m4/sweep.sqlite "two shards of four workers make the same bytes"
asks m1 'SELECT count(*) FROM timings' 0 "a merged store has no run times"

runs 3 '12 tasks have no run: 1, 3, 5' "a merge names the tasks that are missing" \
    sweep merge part four
runs 0 'twice, equal to the byte' "a merge says which runs are double" sweep merge m5 one four
same m1/sweep.sqlite m5/sweep.sqlite "double runs change nothing"
runs 0 '24 of 24 runs from 1 store' "a merge into a store keeps what that store had" \
    sweep merge part four2
same m1/sweep.sqlite part/sweep.sqlite "merging step by step makes the same bytes"
if [ "$have_sql" = yes ]; then
    cp -R four bent
    sql bent "UPDATE runs SET plan_hash = '0000000000000001' WHERE task = 2"
    runs 2 'task 2 contradicts itself: .* differ in its plan' "a merge names a contradiction" \
        sweep merge m6 one bent
    check "a merge that fails writes nothing" test ! -e m6/sweep.sqlite
else
    skip "a merge names a contradiction" "no Python with sqlite3"
fi
seed=8
study other
seed=7
runs 2 'other/sweep.sqlite holds another sweep: its seed is "8", here it is "7"' \
    "stores of two sweeps are not merged" sweep merge m7 one other
cp m1/sweep.sqlite before.sqlite
runs 2 'm1/sweep.sqlite holds another sweep' "a merge writes over no other sweep" sweep merge m1 other
same m1/sweep.sqlite before.sqlite "which stays as it was"

# --- kill -9 -------------------------------------------------------------------------------------------

# Slow enough to be hit: each run does ten times the work.
# `exec`, so that the process in the background is the tool itself.
long()
{
    exec "$tool" sweep base.xml --vary cranes.count=2..4 --vary 'calls.moves*=lognormal(0,0.3)' \
        --replications 12 --work-limit 3000 --jobs 2 --store "$work/$1" >out.txt 2>err.txt </dev/null
}
# `killed` counts the sweeps that kill -9 found alive.
killed=0
for delay in 0.1 0.2 0.3 0.1 0.2; do
    (long shot) &
    victim=$!
    sleep "$delay"
    if kill -9 "$victim" 2>/dev/null; then killed=$((killed + 1)); fi
    wait "$victim" 2>/dev/null
done
sleep 0.5
check "kill -9 met a sweep at work" test "$killed" -gt 0
if command -v pgrep >/dev/null 2>&1; then
    none "workers end with their parent" "$(pgrep -f -- "--store $work/shot\$")"
else
    skip "workers end with their parent" "no pgrep"
fi
asks shot 'PRAGMA integrity_check' ok "the store is whole after kill -9"
(long shot)
code=$?
exits 0 "the same command goes on after kill -9"
(long whole)
try sweep merge shot-m shot
try sweep merge whole-m whole
same shot-m/sweep.sqlite whole-m/sweep.sqlite "the store is that of a sweep nobody killed"

# --- failures are rows -----------------------------------------------------------------------------------

try sweep base.xml --vary 'quays.length=0,600' --vary calls.moves=100 --store bad --work-limit 100
exits 3 "a sweep with failed runs ends with 3"
prints out.txt '1 failed, see: quaywright sweep list bad --failed' "it says where to look"
runs 0 'QWR_ESCENARIO.*quay "Q1"' "a failed run keeps its message" sweep list bad --failed
asks bad "SELECT value_mu FROM runs WHERE task = 0" '' "a failed run has no value"
try sweep base.xml --vary 'quays.length=0,600' --vary calls.moves=100 --store bad --work-limit 100 \
    --retry
prints out.txt '\(1 now' "--retry runs what failed again"
runs 0 '1 runs failed' "the report counts failures" sweep report bad
try sweep show bad 0
prints out.txt '^message .*quay' "a failed run is shown with its message"

# --- repeating one run -------------------------------------------------------------------------------------

runs 0 'quaywright sweep scenario one 9 --out run-9.xml' "show prints how to repeat a run" \
    sweep show one 9
command=$(sed -n 's/^  quaywright plan/plan/p' out.txt)
shown=$(sed -n 's/^plan  *//p' out.txt)
try sweep scenario one 9 --out run-9.xml
exits 0 "the scenario of a run is written"
# shellcheck disable=SC2086 # words of a command
try $command --json
check "the plan of the repeated run is the same" test "$(field out.txt plan_hash)" = "$shown"

# --- the report -----------------------------------------------------------------------------------------------

try sweep report one --kpi value,late --html page.html --csv table.csv --baseline 'cranes.count=4'
exits 0 "the report prints"
prints out.txt 'Baseline: cranes.count=4 calls.eta_shift=normal\(0h,1h\)' "the baseline is named"
prints out.txt 'cranes.count=2 .*[+-][0-9.]+ ± [0-9.]+' "differences have an interval"
check "the CSV has a row for each point and figure" test "$(wc -l <table.csv)" -eq 13
prints page.html '<svg ' "the page has charts"
prints page.html "default-src 'none'; style-src 'unsafe-inline'" "the page allows no network"
check "the page names nothing outside itself" sh -c '! grep -Eq "https?://|<script|src=" page.html'
try sweep report two --kpi value,late --html page2.html --baseline 'cranes.count=4'
same page.html page2.html "one and two workers make the same page"
try sweep report one --json
exits 0 "the report prints JSON"
json out.txt "it is JSON"
runs 0 'gap_pct' "every key figure can be had" sweep report one --kpi all

# Paired differences, computed again by other code.
if [ "$have_sql" = yes ] && [ -n "${PYTHON-}" ]; then
    cat >again.py <<'PY'
import csv, math, sqlite3, statistics
rows = sqlite3.connect('one/sweep.sqlite').execute(
    'SELECT point, replication, value_mu FROM runs WHERE unplaced = 0').fetchall()
value = {(p, r): v / 1000 for p, r, v in rows}
for row in csv.DictReader(open('table.csv')):
    if row['kpi'] != 'value':
        continue
    p = int(row['point'])
    here = [value[p, r] for r in range(4) if (p, r) in value]
    d = [value[p, r] - value[4, r] for r in range(4) if (p, r) in value and (4, r) in value]
    assert abs(float(row['mean']) - statistics.mean(here)) < 1e-5, row
    assert abs(float(row['difference']) - statistics.mean(d)) < 1e-5, row
    half = {2: 12.7062, 3: 4.30265, 4: 3.18245}[len(d)] * statistics.stdev(d) / math.sqrt(len(d))
    assert abs(float(row['difference_half_width']) - half) < 1e-4 * (1 + half), (row, half)
PY
    check "means, paired differences and intervals agree with other code" "$PYTHON" again.py
else
    skip "means, paired differences and intervals agree with other code" "no Python with sqlite3"
fi

# --- random designs, history ------------------------------------------------------------------------------------

try sweep base.xml --vary cranes.count=1..4 --vary 'calls.moves*=0.5..1.5/0.1' --design random \
    --points 8 --store rand --work-limit 100
exits 0 "a random design runs"
asks rand 'SELECT count(*), min(n), max(n) FROM (SELECT count(*) n FROM points WHERE variation = 0 GROUP BY level)' \
    '4|2|2' "its points are spread evenly over the levels"
printf 'vessel,start,moves,cranes,work_h,eta_error_h\nAlpha,2026-02-01T00:00:00Z,100,2,2,5\n' >past.csv
try sweep base.xml --vary 'calls.eta_shift=history()' --history past.csv --store hist --work-limit 100
exits 0 "arrivals vary by the ETA errors of the past"
try sweep scenario hist 0
prints out.txt 'id="V1".* eta="2026-03-02T07:00:00Z"' "the error is that of the past call"

# --- what can be wrong -----------------------------------------------------------------------------------------------

runs 1 'there is no variable "crane.count"; did you mean "cranes.count"\?' \
    "a misspelt variable has its neighbour" sweep base.xml --vary crane.count=8 --store x
runs 1 'no distribution "norml"; did you mean "normal"\?' "a misspelt distribution too" \
    sweep base.xml --vary 'calls.eta_shift=norml(0,3h)' --store x
runs 1 '"hours" is no unit here; expected one of: s, min, h, d' "an unknown unit lists the units" \
    sweep base.xml --vary 'calls.eta_shift=3hours' --store x
runs 1 'names nothing in this scenario: .*no call "V9"; did you mean' \
    "a variation that names nothing is refused" sweep base.xml --vary 'calls[V9].moves=5' --store x
runs 1 'no past call with an ETA error' "history() without history is refused" \
    sweep base.xml --vary 'calls.eta_shift=history()' --store x
runs 1 'is varied twice' "a variable is varied once" \
    sweep base.xml --vary cranes.count=2 --vary cranes.count=3 --store x
runs 1 'nothing is varied' "a sweep without variations is refused" sweep base.xml --store x
runs 1 '--store DIR is missing' "a sweep without a store is refused" \
    sweep base.xml --vary cranes.count=2
runs 1 '--shard needs i/n' "a shard out of its range is refused" \
    sweep base.xml --vary cranes.count=2 --store x --shard 3/2
runs 1 '--points goes with --design random' "--points belongs to random designs" \
    sweep base.xml --vary cranes.count=2 --store x --points 3
runs 1 "does not go with 'sweep report'" "an option that would do nothing is refused" \
    sweep report one --jobs 2
runs 1 'no key figure "valu"; did you mean "value"\?' "a misspelt key figure has its neighbour" \
    sweep report one --kpi valu
runs 1 'there is no level "cranes.count=9"' "a baseline must be a level" \
    sweep report one --baseline cranes.count=9
runs 1 'this sweep has tasks 0 to 23' "a task out of range is refused" sweep show one 24
runs 2 'nowhere/sweep.sqlite: there is no store' "a store that is not there is named" \
    sweep report nowhere
check "what is refused leaves no folder" test ! -e x

seed=9
study one
seed=7
exits 2 "another seed on the same store is refused"
prints err.txt 'its seed is "7", here it is "9"' "the sentence says what differs"
sed 's/moves="600"/moves="601"/' base.xml >base2.xml
try sweep base2.xml --vary cranes.count=2..4 --vary 'calls.eta_shift=normal(0,1h),normal(0,3h)' \
    --replications 4 --work-limit 300 --seed 7 --store one
exits 2 "another base on the same store is refused"
prints err.txt 'base scenario \(by its hash\)' "the sentence says that the base differs"
study one --solver none
prints err.txt 'its options is "--work-limit 300", here it is "--work-limit 300 --solver none"' "other options on the same store are refused"

if [ "$have_sql" = yes ]; then
    cp -R one newer
    sql newer 'PRAGMA user_version = 99'
    runs 2 'newer/sweep.sqlite was written by a newer version \(schema 99' \
        "a store of a newer version is refused" sweep report newer
    study newer
    prints err.txt 'written by a newer version' "nothing is added to it either"
    mkdir alien
    sql alien 'CREATE TABLE t(x)'
    runs 2 'is an SQLite file, but no store' "another SQLite file is refused" sweep report alien
fi
mkdir junk
echo 'this is text, not a data base, and long enough to be read as one page of it' >junk/sweep.sqlite
runs 2 'is no store of a sweep, or it is damaged' "a file of another kind is refused" \
    sweep report junk
: >file
runs 4 'the folder file/store cannot be made or written' "a store below a file is refused" \
    sweep base.xml --vary cranes.count=2 --store file/store

# The lock: a child holds the store of a sweep that runs until it is told.
if command -v flock >/dev/null 2>&1; then
    flock one/sweep.sqlite.lock sh -c "'$tool' sweep base.xml --vary cranes.count=2..4 \
        --vary 'calls.eta_shift=normal(0,1h),normal(0,3h)' --replications 4 --work-limit 300 \
        --seed 7 --store one" >out.txt 2>err.txt
    code=$?
    exits 4 "two sweeps on one store: the second is refused"
    prints err.txt 'another sweep works on one/sweep.sqlite; wait for it' "with a sentence"
else
    skip "two sweeps on one store: the second is refused" "no flock"
fi

# A file that may not grow is as good as a full disk. (60 or 120 KiB, by the shell; the store needs
# 250.)
(
    ulimit -f 120 || exit 99
    "$tool" sweep base.xml --vary cranes.count=1..4 --vary 'calls.moves*=normal(1,0.1)' \
        --replications 400 --work-limit 20 --store full >out.txt 2>err.txt </dev/null
)
code=$?
exits 4 "a full disk ends with 4"
prints err.txt 'full/sweep.sqlite cannot be written: .*; what was done before is kept' "with a sentence"
asks full 'PRAGMA integrity_check' ok "the store is whole"
try sweep base.xml --vary cranes.count=1..4 --vary 'calls.moves*=normal(1,0.1)' --replications 400 \
    --work-limit 20 --store full --jobs 2
exits 0 "with room again the same command goes on"
prints out.txt '1600 of 1600' "nothing is lost"

# A read-only folder and a small disk; root may write everywhere, so it mounts them, where it may.
mkdir locked tiny
if [ "$(id -u)" -ne 0 ]; then
    chmod 555 locked
    runs 4 'locked' "a read-only folder ends with 4" \
        sweep base.xml --vary cranes.count=2 --store locked
    cp -R one shut
    chmod 555 shut
    runs 0 'Baseline' "a store in a read-only folder can be read" sweep report shut
    chmod 755 locked shut
elif unshare -m sh -c 'mount -t tmpfs -o ro none locked' 2>/dev/null; then
    unshare -m sh -c "mount -t tmpfs -o ro none locked &&
        '$tool' sweep base.xml --vary cranes.count=2 --store locked" >out.txt 2>err.txt
    code=$?
    exits 4 "a read-only folder ends with 4"
    prints err.txt 'locked' "and is named"
    unshare -m sh -c "mount --bind one one && mount -o remount,bind,ro one &&
        '$tool' sweep report one" >out.txt 2>err.txt
    code=$?
    exits 0 "a store in a read-only folder can be read"
    unshare -m sh -c "mount -t tmpfs -o size=128k none tiny &&
        '$tool' sweep base.xml --vary 'calls.moves*=normal(1,0.1)' --replications 600 \
            --work-limit 20 --store tiny/s; first=\$?
        '$tool' sweep report tiny/s && exit \$first" >out.txt 2>err.txt
    code=$?
    exits 4 "a full disk ends with 4, whatever the file may have"
    prints err.txt 'full; what was done before is kept' "and the sentence says what is kept"
    prints out.txt 'runs are missing; run the sweep to its end' "the store can be read"
else
    skip "a read-only folder ends with 4" "root may write everywhere, and may not mount here"
fi

# --- a worker that dies ----------------------------------------------------------------------------

if command -v pgrep >/dev/null 2>&1; then
    (exec "$tool" sweep base.xml --vary cranes.count=4 --vary 'calls.moves*=normal(1,0.1)' \
        --replications 150 --work-limit 20000 --jobs 2 --store hurt >out.txt 2>err.txt) &
    parent=$!
    tries=0
    child=
    while [ -z "$child" ] && [ "$tries" -lt 100 ]; do
        sleep 0.05
        tries=$((tries + 1))
        child=$(pgrep -P "$parent" -f 'quaywright sweep base.xml' | head -n 1)
    done
    sleep 0.1
    kill -9 "$child"
    wait "$parent"
    code=$?
    exits 3 "a sweep goes on when a worker dies"
    runs 0 'ENDED .*ended with signal 9' "its run says so" sweep list hurt --failed
    asks hurt 'SELECT count(*) FROM runs' 150 "the other runs are there"
    try sweep base.xml --vary cranes.count=4 --vary 'calls.moves*=normal(1,0.1)' \
        --replications 150 --work-limit 20000 --jobs 2 --store hurt --retry
    exits 0 "and it can be run again"
else
    skip "a sweep goes on when a worker dies" "no pgrep"
fi

# --- Ctrl-C --------------------------------------------------------------------------------------------------------------

# sh starts background jobs with SIGINT ignored; Python gives it back.
if [ -n "${PYTHON-}" ]; then
    cat >interrupt.py <<'PY'
import os, signal, subprocess, sys, time
number = getattr(signal, sys.argv[1])
process = subprocess.Popen(sys.argv[2:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                           preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
                           start_new_session=True)
store = sys.argv[-1] + '/sweep.sqlite'
for _ in range(400):  # until it is at work
    if os.path.exists(store) and os.path.getsize(store) > 0:
        break
    time.sleep(0.05)
time.sleep(0.5)
os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
sys.stdout.write(process.communicate(timeout=60)[0].decode())
sys.exit(process.returncode)
PY
    for name in SIGINT SIGTERM; do
        "$PYTHON" interrupt.py "$name" "$tool" sweep base.xml --vary cranes.count=1..4 \
            --vary 'calls.moves*=normal(1,0.1)' --replications 5000 --work-limit 100 --jobs 2 \
            --store "cut-$name" >out.txt 2>err.txt
        code=$?
        exits 130 "$name ends a sweep with 130"
        prints out.txt 'of 20000 runs are in' "what is done is kept after $name"
        prints out.txt 'goes on with the rest' "and the next step is said"
    done
else
    skip "Ctrl-C ends a sweep with 130" "no Python"
fi
finish

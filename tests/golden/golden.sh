#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Output compared with files kept beside this script. A change of them needs its reason in the
# commit. `make golden-update` writes them anew.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

kept=$QWR_SRCDIR/tests/golden
scenario=$QWR_SRCDIR/data/scenarios/small-day.xml

# golden FILE NAME: FILE is as kept, or becomes what is kept.
golden()
{
    if [ -n "${QWR_GOLDEN_UPDATE-}" ]; then
        cp "$1" "$kept/$1"
        ok "$2 (kept anew)"
    elif [ ! -e "$kept/$1" ]; then
        not_ok "$2" "tests/golden/$1 is missing; 'make golden-update' makes it"
    else
        check "$2" diff -u "$kept/$1" "$1"
    fi
}

try help
cp out.txt help.txt
golden help.txt "the overview is as kept"

mini_xml mini.xml
# Two vessels in one place, one too early, one beyond the end of the quay.
cat >broken.csv <<'CSV'
call,placed,quay,berth,position_m,start,end,cranes
V1,yes,Q1,,0,2026-03-02T02:00:00Z,2026-03-02T18:00:00Z,2
V2,yes,Q1,,250,2026-03-02T03:00:00Z,2026-03-02T16:00:00Z,2
V3,yes,Q1,,500,2026-03-02T01:00:00Z,2026-03-02T09:00:00Z,1
CSV
try check mini.xml broken.csv --json
cp out.txt check.json
golden check.json "violations of a broken plan are as kept"

# No backend: the plan must be the same in builds that have none.
try plan "$scenario" --work-limit 2000 --seed 1 --solver none --out plan --quiet
exits 0 "the small day is planned"
cp plan/plan.json small-day.json
golden small-day.json "the plan of the small day is as kept"
finish

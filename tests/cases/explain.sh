#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What else a call could do, from outside: sentences, JSON, and the likely slips.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

mini_xml mini.xml
try plan mini.xml --work-limit 5000 --out plan --quiet
exits 0 "there is a plan to ask about"
runs 0 '^V2 lies at ' "the stay in the plan comes first" explain mini.xml plan/plan.csv V2
prints out.txt '^Free, all other calls as they are:' "then what is free"
prints out.txt '^  Beta \(V2\) could have .* from 2026-03-0' "in sentences"
runs 0 'and [0-9]+ more \(--limit\)' "a list cut short says so" explain mini.xml plan/plan.csv V2 --limit 1
try explain mini.xml plan/plan.csv V2 --json
json out.txt "alternatives are JSON"
prints out.txt '"kind": "free"' "JSON names their kind"

# A call without a place, in a plan of the others.
sed '/^V1,/d' plan/plan.csv >without.csv
runs 0 '^V1 has no place' "a call may have no place" explain mini.xml without.csv V1
prints out.txt '^  Alpha \(V1\) could have ' "what it could have is told"

# A call that no quay could take.
awk '/<call id="V1"/ { sub(/ draught_m="[^"]*"/, ""); sub(/id="V1"/, "id=\"V1\" draught_m=\"40\"") } { print }' \
    mini.xml >deep.xml
try plan deep.xml --work-limit 500 --out deep --quiet
runs 0 '^Even alone on the quay, one of these has to give:' "demands in conflict are told" \
    explain deep.xml deep/plan.csv V1
prints out.txt '^  its draught of 40 m; there is room with [0-9.]+ m less' "and what they have to give"
try explain deep.xml deep/plan.csv V1 --json
json out.txt "conflicts are JSON"
prints out.txt '"rule": "draught"' "JSON names the rule"

# Two pins that contradict each other: one vessel is planned, the other told who is in its way.
awk '/<call id="V[12]"/ { sub("/>", "><pin quay=\"Q1\" position_m=\"100\" start=\"2026-03-02T06:00:00Z\"/></call>") }
    { print }' mini.xml >twice.xml
try plan twice.xml --work-limit 500 --out twice --quiet
exits 3 "pins that contradict each other leave a call out"
out=$(awk -F, 'NR > 1 && $3 == "no" { print $1 }' twice/plan.csv)
check "one of the two" test "$out" = V1 -o "$out" = V2
runs 0 '^Possible, were it not for others:' "what stands in its way is told" \
    explain twice.xml twice/plan.csv "$out"
prints out.txt 'In the way: .*(Alpha \(V1\).*Beta \(V2\)|Beta \(V2\).*Alpha \(V1\))' "by the names of both"

runs 1 "no call has the id 'V22'; did you mean 'V2'" "the nearest call is named" \
    explain mini.xml plan/plan.csv V22
runs 1 'an argument is missing' "the call is asked for" explain mini.xml plan/plan.csv
runs 2 'nothing.csv' "a missing plan is named" explain mini.xml nothing.csv V1
finish

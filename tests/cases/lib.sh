# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
# What the tests of the tool share: a folder to work in, running the tool, looking at what it said,
# and small input files. Knows no single test.

# shellcheck source=tests/support/tap.sh
. "${QWR_SRCDIR:?}/tests/support/tap.sh"
tool=${QWR_TOOL:?}
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work" || exit 99
code=

# try ARGS...: runs the tool; its exit code is in $code, its output in out.txt and err.txt.
try()
{
    "$tool" "$@" >out.txt 2>err.txt </dev/null
    code=$?
}

# said: what the last run printed, for messages.
said()
{
    echo "exit code $code"
    head -c 2000 out.txt
    head -c 2000 err.txt
}

# exits CODE NAME: passes if the last run ended with CODE.
exits()
{
    if [ "$code" -eq "$1" ]; then ok "$2"; else not_ok "$2" "expected exit code $1; $(said)"; fi
}

# prints FILE PATTERN NAME: passes if a line of FILE (out.txt, err.txt ...) matches PATTERN.
prints()
{
    if grep -Eq -e "$2" "$1"; then ok "$3"; else not_ok "$3" "no line matches $2; $(said)"; fi
}

# runs CODE PATTERN NAME ARGS...: the tool with ARGS exits with CODE and prints PATTERN on either
# stream.
runs()
{
    runs_code=$1
    runs_pattern=$2
    runs_name=$3
    shift 3
    try "$@"
    if [ "$code" -eq "$runs_code" ] && cat out.txt err.txt | grep -Eq -e "$runs_pattern"; then
        ok "$runs_name"
    else
        not_ok "$runs_name" "expected exit code $runs_code and $runs_pattern; $(said)"
    fi
}

# same A B NAME: passes if two files hold the same bytes.
same()
{
    check "$3" cmp "$1" "$2"
}

# json FILE NAME: passes if FILE is JSON; skipped where nothing can read JSON.
json()
{
    if [ -n "${PYTHON-}" ] && "$PYTHON" -c 'import json' 2>/dev/null; then
        check "$2" "$PYTHON" -m json.tool "$1"
    else
        skip "$2" "no python3 to read JSON"
    fi
}

# field FILE KEY: value of the first KEY in JSON as this tool prints it.
field()
{
    sed -n "s/^ *\"$2\": \"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}\$/\1/p" "$1" | head -n 1
}

# mini_xml FILE: three vessels at one quay, four cranes. Line 8 is call V1.
mini_xml()
{
    cat >"$1" <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<scenario format="1" id="mini" epoch="2026-03-02T00:00:00Z" step_min="60" horizon_h="96">
  <quay id="Q1" length_m="600" grid_m="10" depth_m="16" clearance_m="20"/>
  <crane id="C1" quay="Q1" rail_order="1"/>
  <crane id="C2" quay="Q1" rail_order="2"/>
  <crane id="C3" quay="Q1" rail_order="3"/>
  <crane id="C4" quay="Q1" rail_order="4"/>
  <call id="V1" vessel="Alpha" loa_m="300" draught_m="12" eta="2026-03-02T02:00:00Z" moves="600" min_cranes="1" max_cranes="3" wait_cost_h="1000" stay_cost_h="100"/>
  <call id="V2" vessel="Beta" loa_m="300" draught_m="13" eta="2026-03-02T03:00:00Z" moves="400" min_cranes="1" max_cranes="3" wait_cost_h="800" stay_cost_h="100"/>
  <call id="V3" vessel="Gamma" loa_m="200" draught_m="9" eta="2026-03-02T04:00:00Z" moves="200" min_cranes="1" max_cranes="2" wait_cost_h="500" stay_cost_h="100">
    <task id="T1" bay="3" kind="discharge" moves_20="50"/>
    <task id="T2" bay="3" kind="load" moves_20="50"/>
    <precedence before="T1" after="T2"/>
  </call>
</scenario>
XML
}

# mini_dbap FILE: four vessels, two berths, as published. Each vessel can have its fastest berth at
# once: the least sum of flow times is 5 + 4 + 3 + 2 = 14.
mini_dbap()
{
    cat >"$1" <<'TXT'
4
2
0 0 5 6
0 0
5 9
8 4
3 6
99999 2
50 50
50 50 50 50
TXT
}

# mini_hybrid FILE: three ships on a quay of three unit berths. Ships 1 and 3 do not fit side by
# side, so the last one ends in period 4 + 5 - 1 = 8.
mini_hybrid()
{
    cat >"$1" <<'JSON'
{"n_berths": 3, "berth_len": [1, 1, 1], "n_ships": 3, "n_periods": 20,
 "arrival_time": [0, 0, 2], "handling_time": [4, 3, 5], "ship_len": [2, 1, 2]}
JSON
}

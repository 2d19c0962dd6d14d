#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Other solvers beside this one: that their models have the optimum of the instance, and that what is
# not installed is named. Whoever has neither glpsol nor cbc sees the rest of it.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

[ -n "${PYTHON-}" ] || skip_all "there is no python3"
bench=$QWR_SRCDIR/tests/bench

# peers ARGS...: as try, of the script.
peers()
{
    "$PYTHON" "$bench/bench_peers.py" "$@" >out.txt 2>err.txt </dev/null
    code=$?
}

# proven VALUE: rows that prove this value, of the peers.
proven()
{
    grep -c -E "^[^ ]+ +(arc-flow|set-partitioning) .* $1 +$1 +yes " out.txt
}

# A vessel that waits, berths that open late, one that closes early, a departure that binds: the least
# sum of stays is 24.
cat >tight.txt <<'TXT'
4
2
0 1 2 9
3 0
6 4
5 6
99999 7
4 5
40 12
40 40 40 14
TXT
mini_dbap mini.txt
installed=0
for solver in glpsol cbc; do
    if ! command -v $solver >/dev/null 2>&1; then
        skip "$solver proves small instances" "it is not installed"
        continue
    fi
    installed=$((installed + 1))
    peers "$bench/instances/quick-dbap.txt" mini.txt tight.txt --limit 60 --solvers $solver --csv rows.csv
    exits 0 "$solver and this tool agree"
    check "$solver proves 160 by both models" test "$(proven 160)" -eq 2
    check "$solver proves 14 by both models" test "$(proven 14)" -eq 2
    check "$solver proves 24 by both models" test "$(proven 24)" -eq 2
    check "every row is in the CSV" test "$(wc -l <rows.csv)" -eq 10
    prints out.txt "^$solver proves 3 by arc-flow" "the proofs of $solver are counted"
done

check "no optimal plan is lost by what the models leave out" "$PYTHON" "$bench/check_peers.py" 500

peers "$bench/claims.csv" --solvers none --limit 20
exits 1 "what is no instance is refused"
prints err.txt 'bench_peers: .*claims.csv' "and named"
peers mini.txt --solvers gurobi
exits 2 "an unknown solver is refused"
peers
exits 2 "instances are needed"
mkdir empty
PATH=$work/empty peers mini.txt --limit 20
exits 0 "without other solvers this one runs alone"
prints err.txt 'glpsol is left out: it is not installed .Debian package glpk-utils' "what is missing is named"
prints out.txt '^mini +- +quaywright .* 14 ' "its row is there"

# Ctrl-C while a solver works.
if [ $installed -gt 0 ] && env --default-signal=INT true 2>/dev/null &&
    [ -d "${QWR_BENCHMARKS-}/cordeau_I2_reconstructed" ]; then
    mkdir tmp
    TMPDIR=$work/tmp env --default-signal=INT "$PYTHON" "$bench/bench_peers.py" --csv cut.csv \
        --bases "$QWR_BENCHMARKS/cordeau_I2_reconstructed" --seeds 1 --models set-partitioning >out.txt 2>err.txt &
    pid=$!
    for _ in $(seq 300); do
        ls tmp/*/*.mps >/dev/null 2>&1 && break
        sleep 0.2
    done
    kill -INT "$pid"
    wait "$pid"
    code=$?
    exits 130 "an interrupted comparison ends with 130"
    check "it leaves no files behind" test -z "$(find tmp -mindepth 1)"
    check "it keeps its rows" test "$(wc -l <cut.csv)" -ge 2
else
    skip "an interrupted comparison leaves nothing behind" "there is no solver or no instances"
fi
finish

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Measures again what RESULTS.md says, and puts both side by side. What a work limit bounds must be
# the same on every machine and is compared exactly; what a clock bounds is shown for the reader.
# What the numbers are and where they come from is in REPRODUCE.md.
#
#   reproduce.sh [--quick] [--only SECTION[,SECTION]] [--out DIR]
#   reproduce.sh --update [--quick]     keeps the exact values of this version as the expected ones
#   reproduce.sh --list                 the sections
#
# QWR_TOOL, QWR_BUILDDIR and QUAYWRIGHT_PLUGIN_PATH name the build, QWR_BENCHMARKS the published
# instances; 'make bench-results' sets them. A section whose input or program is missing is skipped
# by name. Exit code 1: an exact value differs.

set -u
LC_ALL=C
export LC_ALL
here=$(cd "$(dirname "$0")" && pwd) || exit 2
top=$(cd "$here/../.." && pwd) || exit 2
builddir=${QWR_BUILDDIR:-$top/build}
tool=${QWR_TOOL:-$builddir/quaywright}
benchmarks=${QWR_BENCHMARKS-}
sections='exact cordeau s60x13 lallaruiz large csbap tidal barcelona profiles scenarios kernel limits discrete peers checker session python sweep report size past'
only=
out=reproduced
quick=
update=

usage()
{
    sed -n 's/^# \{0,1\}//; 3,14p' "$0" >&2
    exit 2
}

while [ $# -gt 0 ]; do
    case $1 in
    --quick) quick=1 ;;
    --update) update=1 ;;
    --only) only=${2?--only needs a section} && shift ;;
    --out) out=${2?--out needs a folder} && shift ;;
    --list) echo "$sections" | tr ' ' '\n' && exit 0 ;;
    *) usage ;;
    esac
    shift
done
for section in $(echo "$only" | tr ',' ' '); do
    case " $sections " in
    *" $section "*) ;;
    *)
        echo "reproduce: there is no section $section; expected one of $sections" >&2
        exit 2
        ;;
    esac
done
if ! "$tool" version >/dev/null 2>&1; then
    echo "reproduce: $tool does not run; build it first, or set QWR_TOOL" >&2
    exit 2
fi
mkdir -p "$out" || exit 2
out=$(cd "$out" && pwd) || exit 2
measured=$out/measured.csv
echo section,what,value >"$measured" || exit 2
: >"$out/skipped.txt"

# --- what sections use --------------------------------------------------------------------------------

say()
{
    echo "reproduce: $*" >&2
}

# found SECTION WHAT VALUE
found()
{
    printf '%s,%s,%s\n' "$1" "$2" "$3" >>"$measured"
}

# left_out SECTION REASON
left_out()
{
    printf '%s: %s\n' "$1" "$2" >>"$out/skipped.txt"
    say "$1 is skipped: $2"
}

has_solver()
{
    "$tool" solver list | grep -q "^$1 "
}

# bench NAME ARGS...: a benchmark; its rows are in $out/NAME.csv.
bench()
{
    bench_name=$1
    shift
    say "quaywright bench $* --csv $bench_name.csv"
    "$tool" bench "$@" --csv "$out/$bench_name.csv" --quiet 2>>"$out/stderr.txt"
}

# column NAME COLUMN [PATTERN]: the values of a column, of instances that match.
column()
{
    awk -F, -v name="$2" -v pattern="${3-.}" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i }
        NR > 1 && $1 ~ pattern { print $at }' "$out/$1.csv"
}

count()
{
    grep -c "^$1\$"
}

median()
{
    sort -g | awk '{ v[NR] = $1 } END { if (NR) print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

worst()
{
    sort -g | tail -n 1
}

# published SECTION FOLDER: whether these instances are at hand.
published()
{
    [ -n "$benchmarks" ] && [ -d "$benchmarks/$2" ] && return 0
    left_out "$1" "QWR_BENCHMARKS names no folder $2"
    return 1
}

# --- sections -----------------------------------------------------------------------------------------

# Rows of a benchmark without what depends on the clock or the machine.
exact_rows()
{
    awk -F, -v OFS=, '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
        { print $at["instance"], $at["problem"], $at["value"], $at["bound"], $at["gap_pct"],
                $at["status"], $at["seed"], $at["work"], $at["checked"], $at["instance_hash"] }' "$1"
}

# compare_exact NAME: against the expected rows, or keeps them with --update.
compare_exact()
{
    exact_rows "$out/$1.csv" >"$out/$1.exact.csv"
    if [ -n "$update" ]; then
        cp "$out/$1.exact.csv" "$here/expected/$1.csv" && say "expected/$1.csv is kept"
        return
    fi
    if diff -u "$here/expected/$1.csv" "$out/$1.exact.csv" >"$out/$1.diff"; then
        found exact "$1" same
    else
        found exact "$1" differs
        cat "$out/$1.diff" >&2
    fi
}

run_exact()
{
    bench quick "$here/instances" "$top/data/scenarios/small-day.xml" \
        --work-limit 20000 --seeds 1..2 --solver none
    compare_exact quick
    [ -n "$quick" ] && return
    bench week "$top/data/scenarios/harbour-week.xml" --work-limit 200000 --solver none
    compare_exact week
    if ! has_solver glpk; then
        left_out exact "this build has no GLPK, which the published rows need"
    elif published exact cordeau_I2_reconstructed; then
        bench cordeau-work "$benchmarks/cordeau_I2_reconstructed" --work-limit 300000 --solver glpk
        compare_exact cordeau-work
    fi
}

run_cordeau()
{
    published cordeau cordeau_I2_reconstructed || return 0
    if [ -n "$quick" ]; then
        bench cordeau "$benchmarks/cordeau_I2_reconstructed" --match 25x10-01 --threads 1 --deadline 10
        found cordeau "25x10-01 value" "$(column cordeau value)"
        return
    fi
    bench cordeau "$benchmarks/cordeau_I2_reconstructed" --threads 1 --deadline 10
    found cordeau "all proven" "$(column cordeau status | count optimal)"
    for group in 25x10 25x7 25x5 35x7; do
        found cordeau "$group proven" "$(column cordeau status "^$group-" | count optimal)"
        found cordeau "$group cpu_s median" "$(column cordeau cpu_s "^$group-" | median)"
        found cordeau "$group cpu_s worst" "$(column cordeau cpu_s "^$group-" | worst)"
    done
}

run_lallaruiz()
{
    published lallaruiz lallaruiz_2012 || return 0
    [ -n "$quick" ] && left_out lallaruiz "not in the quick mode" && return 0
    bench lallaruiz "$benchmarks/lallaruiz_2012" --threads 1 --deadline 10
    found lallaruiz proven "$(column lallaruiz status | count optimal)"
    found lallaruiz "mean gap_pct" "$(column lallaruiz gap_pct |
        awk '{ sum += $1 } END { if (NR) printf "%.2f", sum / NR }')"
    found lallaruiz "cpu_s worst" "$(column lallaruiz cpu_s | worst)"
    found lallaruiz "f55x10-03 value" "$(column lallaruiz value '^f55x10-03$')"
}

# groups SECTION NAME GROUP...: of the rows in $out/NAME.csv, for each group of instances.
groups()
{
    groups_section=$1
    groups_name=$2
    shift 2
    for group in "$@"; do
        pattern="^$group-"
        found "$groups_section" "$group proven" "$(column "$groups_name" status "$pattern" | count optimal)"
        found "$groups_section" "$group cpu_s median" "$(column "$groups_name" cpu_s "$pattern" | median)"
        found "$groups_section" "$group cpu_s worst" "$(column "$groups_name" cpu_s "$pattern" | worst)"
        found "$groups_section" "$group mean gap_pct" "$(column "$groups_name" gap_pct "$pattern" |
            awk '{ sum += $1 } END { if (NR) printf "%.4f", sum / NR }')"
        found "$groups_section" "$group worst gap_pct" "$(column "$groups_name" gap_pct "$pattern" | worst)"
    done
}

# The seeded instances; make_60x13.py makes them of the published ones.
run_s60x13()
{
    seeds=1..100 deadline=5
    [ -n "$quick" ] && seeds=1..1 deadline=2
    published s60x13 cordeau_I2_reconstructed || return 0
    if [ -z "${PYTHON-}" ] || ! "$PYTHON" "$here/make_60x13.py" "$benchmarks/cordeau_I2_reconstructed" \
        --out "$out/60x13" --seeds $seeds 2>>"$out/stderr.txt"; then
        left_out s60x13 "PYTHON is not set, or make_60x13.py fails"
        return 0
    fi
    bench s60x13 "$out/60x13" --threads 1 --deadline $deadline
    groups s60x13 s60x13 s60x13
}

run_large()
{
    [ -n "$quick" ] && left_out large "not in the quick mode" && return 0
    published large kramer_lallaruiz_2019_large || return 0
    for seconds in 1 10; do
        bench "large-$seconds" "$benchmarks/kramer_lallaruiz_2019_large" --threads 1 --deadline $seconds
        for group in f200x15 f250x20; do
            found large "$group mean gap_pct after $seconds s" "$(column large-$seconds gap_pct "^$group-" |
                awk '{ sum += $1 } END { if (NR) printf "%.4f", sum / NR }')"
            found large "$group worst gap_pct after $seconds s" \
                "$(column large-$seconds gap_pct "^$group-" | worst)"
        done
    done
}

# Varying crane counts: instances after Meisel & Bierwirth, made here.
run_profiles()
{
    sizes='20 30 40 60' seeds='1 2 3 4 5 6 7 8 9 10'
    [ -n "$quick" ] && sizes=20 seeds=1
    for size in $sizes; do
        mkdir -p "$out/mb-$size"
        for seed in $seeds; do
            "$tool" generate --profile meisel-bierwirth --calls "$size" --seed "$seed" \
                --out "$out/mb-$size/mb-$size-$(printf %02d "$seed").xml" \
                >/dev/null 2>>"$out/stderr.txt" || return 0
        done
        deadline=60
        [ "$size" -eq 20 ] && deadline=10
        bench "mb-$size" "$out/mb-$size" --threads 1 --deadline $deadline
        [ -n "$quick" ] || groups profiles "mb-$size" "mb-$size"
    done
    found profiles "mb-20-01 value" "$(column mb-20 value '^mb-20-01$')"
}

run_csbap()
{
    [ -n "$quick" ] && left_out csbap "not in the quick mode" && return 0
    published csbap csbap || return 0
    bench csbap "$benchmarks/csbap" --threads 1 --deadline 60
    found csbap proven "$(column csbap status | count optimal)"
    found csbap "cpu_s median" "$(column csbap cpu_s | median)"
}

# The instances of 16 to 20 vessels.
run_tidal()
{
    [ -n "$quick" ] && left_out tidal "not in the quick mode" && return 0
    published tidal ernst_tidal_bulk || return 0
    mkdir -p "$out/tidal-20"
    cp "$benchmarks"/ernst_tidal_bulk/16_*.csv "$benchmarks"/ernst_tidal_bulk/18_*.csv \
        "$benchmarks"/ernst_tidal_bulk/20_*.csv "$out/tidal-20"
    bench tidal "$out/tidal-20" --threads 1 --deadline 10
    found tidal proven "$(column tidal status | count optimal)"
    found tidal "cpu_s median" "$(column tidal cpu_s | median)"
}

run_barcelona()
{
    published barcelona santini_barcelona_hybrid || return 0
    if [ -n "$quick" ]; then
        bench barcelona "$benchmarks/santini_barcelona_hybrid" --match bcn_24B_2 --threads 1 --deadline 10
        found barcelona "bcn_24B_2 value" "$(column barcelona value)"
        return
    fi
    bench barcelona "$benchmarks/santini_barcelona_hybrid" --threads 1 --deadline 10
    found barcelona proven "$(column barcelona status | count optimal)"
    for name in bcn_24B_22 bcn_36A_22 bcn_36A_6; do
        found barcelona "$name value" "$(column barcelona value "^$name\$")"
    done
}

# stat_of FILE KEY: the first number of this key in JSON of the tool.
stat_of()
{
    sed -n "s/^ *\"$2\": \"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}\$/\1/p" "$1" | head -n 1
}

# One plan of a scenario, three times; the median of each number.
measure_scenario()
{
    scenario=$1
    times=3
    [ -n "$quick" ] && times=1
    for key in value bound cpu wall memory; do : >"$out/$scenario.$key"; done
    for run in $(seq $times); do
        timer=
        [ -x /usr/bin/time ] && timer="/usr/bin/time -f %M -o $out/memory.txt"
        # shellcheck disable=SC2086
        $timer "$tool" plan "$top/data/scenarios/$scenario.xml" --deadline 2 --threads 2 --stats \
            --out "$out/$scenario" >"$out/$scenario.$run.txt" 2>>"$out/stderr.txt"
        stat_of "$out/$scenario/plan.json" value >>"$out/$scenario.value"
        stat_of "$out/$scenario/plan.json" bound_mu | awk '{ print $1 / 1000 }' >>"$out/$scenario.bound"
        sed -n 's/^First plan after \([0-9.]*\) s.*/\1/p' "$out/$scenario.$run.txt" >>"$out/$scenario.cpu"
        sed -n 's/.*, done after \([0-9.]*\) s.*/\1/p' "$out/$scenario.$run.txt" >>"$out/$scenario.wall"
        [ -n "$timer" ] && tail -n 1 "$out/memory.txt" >>"$out/$scenario.memory"
    done
    found scenarios "$scenario calls" "$(grep -c '"call":' "$out/$scenario/plan.json")"
    found scenarios "$scenario candidates" "$(sed -n 's/.*; \([0-9]*\) candidates.*/\1/p' "$out/$scenario.1.txt")"
    found scenarios "$scenario value" "$(median <"$out/$scenario.value")"
    found scenarios "$scenario bound" "$(median <"$out/$scenario.bound")"
    found scenarios "$scenario first plan ms" "$(median <"$out/$scenario.cpu" | awk '{ print 1000 * $1 }')"
    found scenarios "$scenario done s" "$(median <"$out/$scenario.wall")"
    [ -s "$out/$scenario.memory" ] &&
        found scenarios "$scenario memory MB" "$(median <"$out/$scenario.memory" | awk '{ printf "%.0f", $1 / 1024 }')"
}

run_scenarios()
{
    [ -x /usr/bin/time ] || left_out "scenarios memory" "there is no /usr/bin/time"
    for scenario in small-day harbour-week gateway-month; do
        [ -n "$quick" ] && [ $scenario != small-day ] && continue
        say "quaywright plan data/scenarios/$scenario.xml --deadline 2 --threads 2 --stats"
        measure_scenario $scenario
    done
    [ -n "$quick" ] && return
    "$tool" plan "$top/data/scenarios/gateway-month.xml" --deadline 0.1 --threads 2 --stats \
        >"$out/month-100ms.txt" 2>>"$out/stderr.txt"
    found scenarios "gateway-month in 100 ms back after ms" \
        "$(sed -n 's/.*, done after \([0-9.]*\) s.*/\1/p' "$out/month-100ms.txt" | awk '{ print 1000 * $1 }')"
}

run_kernel()
{
    times=5
    [ -n "$quick" ] && times=1
    say "quaywright bench --kernel --threads 2, $times times"
    : >"$out/kernel.txt"
    for run in $(seq $times); do
        "$tool" bench --kernel --threads 2 >>"$out/kernel.txt" 2>>"$out/stderr.txt" || return
    done
    for level in generic avx2 avx512; do
        for threads in 1 2; do
            rate=$(awk -v level=$level -v threads=$threads \
                '$1 == level && $2 == threads && $3 ~ /^[0-9]/ { print $3 / 1e6 }' "$out/kernel.txt" | median)
            [ -n "$rate" ] && found kernel "$level $threads threads M/s" "$(printf '%.0f' "$rate")"
        done
    done
}

# program SECTION NAME: runs a program of the build tree; its output is in $out/NAME.txt.
program()
{
    [ -n "$quick" ] && left_out "$1" "not in the quick mode" && return 1
    if [ ! -x "$builddir/tests/bench/$2" ]; then
        left_out "$1" "tests/bench/$2 is not built"
        return 1
    fi
    say "tests/bench/$2"
    "$builddir/tests/bench/$2" >"$out/$2.txt" 2>>"$out/stderr.txt"
}

run_limits()
{
    program limits bench_limits || return 0
    awk '/GB\/s/ { print (/^first/ ? "L1" : /^second/ ? "L2" : "memory") "," $(NF - 1) }' "$out/bench_limits.txt" >"$out/limits.csv"
    if [ ! -s "$out/limits.csv" ]; then
        left_out limits "$(head -n 1 "$out/bench_limits.txt" | tr ',' ';')"
        return 0
    fi
    while IFS=, read -r level rate; do
        found limits "$level GB/s" "$(printf '%.0f' "$rate")"
    done <"$out/limits.csv"
}

# Rates of the kernels of discrete berths, and what a second thread brings.
run_discrete()
{
    program discrete bench_discrete || return 0
    awk '$2 ~ /^[0-9]+$/ && $3 ~ /^[0-9]+$/ && $4 ~ /^[0-9]+$/ {
            print $1 " " $2 " calls M/s," $6; print $1 " " $2 " calls us," $5 }
        / ratio / { print $1 " " $2 " calls 2 threads ratio," $NF }' \
        "$out/bench_discrete.txt" >"$out/discrete.csv"
    while IFS=, read -r what value; do
        found discrete "$what" "$value"
    done <"$out/discrete.csv"
}

# Other solvers on the same instances; the slowest section by far.
run_peers()
{
    if [ -z "$only" ] || [ -n "$quick" ]; then
        left_out peers "takes an hour or more, run it with --only peers"
        return 0
    fi
    published peers cordeau_I2_reconstructed || return 0
    say "bench_peers.py --seeds 1..5"
    if [ -z "${PYTHON-}" ] || ! QWR_TOOL=$tool "$PYTHON" "$here/bench_peers.py" --csv "$out/peers.csv" \
        --bases "$benchmarks/cordeau_I2_reconstructed" --seeds 1..5 >"$out/peers.txt" 2>>"$out/stderr.txt"; then
        left_out peers "PYTHON is not set, or bench_peers.py fails, see stderr.txt"
        return 0
    fi
    found peers "least ratio" "$(sed -n 's/.*both prove: least \([^,]*\),.*/\1/p' "$out/peers.txt")"
    found peers "median ratio" "$(sed -n 's/.*both prove: least .*median \([^,]*\),.*/\1/p' "$out/peers.txt")"
}

run_checker()
{
    program checker bench_check || return 0
    awk -F, 'NR > 1 { print $1, $2, $3, $4 }' "$out/bench_check.txt" >"$out/checker.txt"
    while read -r calls whole legal broken; do
        found checker "$calls calls whole plan us" "$whole"
        found checker "$calls calls legal move us" "$legal"
        found checker "$calls calls broken move us" "$broken"
    done <"$out/checker.txt"
}

# A cycle of a session: what a change of one arrival costs.
run_session()
{
    program session bench_session || return 0
    awk 'NF >= 4 && $NF ~ /^[0-9.]+$/ {
        what = $1
        for (i = 2; i <= NF - 3; i++) what = what " " $i
        gsub(/,/, "", what)
        part[++parts] = what "," $(NF - 2) "," $(NF - 1)
        if (match(what, / work [0-9]+$/)) { # the parts above belong to this limit, too
            sub(/ work [0-9]+,/, ",", part[parts])
            for (i = 1; i <= parts; i++) print substr(what, RSTART + 1) " " part[i]
            parts = 0
        }
    }' "$out/bench_session.txt" >"$out/session.csv"
    while IFS=, read -r what p50 p99; do
        found session "$what p50 ms" "$p50"
        found session "$what p99 ms" "$p99"
    done <"$out/session.csv"
}

run_python()
{
    module=$builddir/lib/python/tree
    [ -n "$quick" ] && left_out python "not in the quick mode" && return 0
    if [ ! -d "$module" ] || [ -z "${PYTHON-}" ]; then
        left_out python "the module is not built, or PYTHON is not set"
        return 0
    fi
    say "tests/bench/bench_python.py"
    BENCH_C=
    [ -x "$builddir/tests/bench/bench_python_c" ] && BENCH_C=$builddir/tests/bench/bench_python_c
    if ! PYTHONPATH=$module BENCH_C=$BENCH_C "$PYTHON" "$here/bench_python.py" \
        >"$out/python.txt" 2>>"$out/stderr.txt"; then
        left_out python "bench_python.py does not run here, see stderr.txt"
        return 0
    fi
    awk 'NF == 5 && $1 ~ /^[0-9]+$/ { print $1 "," $4 "," $5 }' "$out/python.txt" >"$out/python.csv"
    while IFS=, read -r work overhead told; do
        found python "work $work overhead ms" "$overhead"
        found python "work $work with progress ms" "$told"
    done <"$out/python.csv"
}

seconds_now()
{
    date +%s.%N
}

# Runs of a what-if study: so many a second with one process and with two, and bytes of the store.
run_sweep()
{
    replications=50
    [ -n "$quick" ] && replications=3
    if ! "$tool" help sweep >/dev/null 2>&1; then
        left_out sweep "this tool has no command sweep"
        return 0
    fi
    for jobs in 1 2; do
        store=$out/sweep-$jobs
        rm -rf "$store"
        say "quaywright sweep data/scenarios/small-day.xml --replications $replications --jobs $jobs"
        begin=$(seconds_now)
        if ! "$tool" sweep "$top/data/scenarios/small-day.xml" --vary 'cranes.count=4..7' \
            --vary 'calls.eta_shift=normal(0,1h)' --replications "$replications" --work-limit 2000 \
            --threads 1 --jobs $jobs --store "$store" --quiet >>"$out/sweep.txt" 2>>"$out/stderr.txt"; then
            left_out sweep "it failed, see stderr.txt"
            return 0
        fi
        found sweep "$jobs jobs runs/s" "$(echo "$begin $(seconds_now) $replications" |
            awk '{ printf "%.1f", 4 * $3 / ($2 - $1) }')"
    done
    found sweep "store bytes a run" "$(find "$store" -type f -exec wc -c {} + |
        awk -v runs="$((4 * replications))" 'END { printf "%.0f", $1 / runs }')"
}

# Building the report of a month; loading it is measured by the tests of the report in a browser.
run_report()
{
    scenario=gateway-month
    [ -n "$quick" ] && scenario=small-day
    say "quaywright report data/scenarios/$scenario.xml plan.xml --out report.html"
    "$tool" plan "$top/data/scenarios/$scenario.xml" --work-limit 2000 --solver none --out "$out/report" \
        --quiet 2>>"$out/stderr.txt"
    begin=$(seconds_now)
    "$tool" report "$top/data/scenarios/$scenario.xml" "$out/report/plan.xml" --out "$out/report.html" \
        >>"$out/report.txt" 2>>"$out/stderr.txt"
    [ -s "$out/report.html" ] || return 0
    found report "$scenario build s" "$(echo "$begin $(seconds_now)" | awk '{ printf "%.2f", $2 - $1 }')"
    found report "$scenario kB" "$(wc -c <"$out/report.html" | awk '{ printf "%.0f", $1 / 1000 }')"
}

run_size()
{
    for library in "$builddir"/.libs/libquaywright.so.*.*.*; do
        if [ ! -f "$library" ]; then
            left_out size "there is no shared library in $builddir/.libs"
        elif cp "$library" "$out/libquaywright.so" && strip "$out/libquaywright.so"; then
            found size "library kB" "$(wc -c <"$out/libquaywright.so" | awk '{ printf "%.0f", $1 / 1000 }')"
        fi
        rm -f "$out/libquaywright.so"
    done
}

# Of a change, what came before it is not in this tree any more.
run_past()
{
    left_out past "'Changes that were measured' compares with versions that are gone, see REPRODUCE.md"
}

# --- side by side ---------------------------------------------------------------------------------------

# The claims of the sections that ran, each with what was measured; in the quick mode only what was.
side_by_side()
{
    awk -F, -v quick="$quick" '
        function ratio(claimed, got) {
            if (claimed + 0 == 0 || got + 0 == 0) return ""
            return sprintf("x %.2f", got / claimed)
        }
        FNR == 1 { file++; next }
        file == 1 { value[$1 "," $2] = $3; ran[$1] = 1; order[++rows] = $1 "," $2; next }
        ran[$1] {
            key = $1 "," $2
            if (quick && !(key in value)) next
            got = key in value ? value[key] : "-"
            if ($3 == "exact")
                verdict = got == "-" ? "not measured" : got == $4 ? "same" : "DIFFERS"
            else
                verdict = got == "-" ? "not measured" : ratio($4, got)
            printf "%-10s %-46s %-6s %12s %12s  %s\n", $1, $2, $3, $4, got, verdict
            seen[key] = 1
        }
        END {
            for (i = 1; i <= rows; i++)
                if (!(order[i] in seen)) {
                    split(order[i], part, ",")
                    extra = extra sprintf("%-10s %-46s %-6s %12s %12s\n", part[1], part[2], "", "-",
                                          value[order[i]])
                }
            if (extra != "") print "\nnot claimed\n" extra
        }' "$measured" "$here/claims.csv"
}

for section in $sections; do
    case ",$only," in
    ,, | *",$section,"*) "run_$section" ;;
    esac
done
{
    "$tool" version | head -n 2
    printf '\n%-10s %-46s %-6s %12s %12s  %s\n' section what kind claimed measured verdict
    side_by_side
    if [ -s "$out/skipped.txt" ]; then
        echo
        sed 's/^/skipped  /' "$out/skipped.txt"
    fi
} >"$out/table.txt"
cat "$out/table.txt"
if grep -q '^exact,.*,differs$' "$measured" || grep -q ' exact .*DIFFERS$' "$out/table.txt"; then
    say "exact values differ, see above; if the engine was meant to change, keep them with --update"
    exit 1
fi

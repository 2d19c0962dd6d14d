#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# That the numbers claimed can be measured again: the quick mode of reproduce.sh, that it notices a
# difference, and that claims, results and the page about them say the same. And the citation.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

bench=$QWR_SRCDIR/tests/bench

export QWR_BUILDDIR

# reproduce ARGS...: as try, of the script.
reproduce()
{
    "$bench/reproduce.sh" "$@" >out.txt 2>err.txt </dev/null
    code=$?
}

reproduce --quick --out quick
exits 0 "the quick mode runs"
prints out.txt '^exact +quick +exact +same +same +same' "what a work limit bounds is the same"
prints out.txt '^scenarios +small-day calls +exact +8 +8 +same' "the calls of a scenario are the same"
prints out.txt '^scenarios +small-day value +time ' "what a clock bounds is shown side by side"
same out.txt quick/table.txt "the table is kept"
check "the rows behind it are kept" test -s quick/quick.csv
check "no claim is left open in the quick mode" test -z "$(grep 'not measured' out.txt)"
for threads in 1 2; do
    try bench "$bench/instances" "$QWR_SRCDIR/data/scenarios/small-day.xml" --work-limit 20000 \
        --seeds 1..2 --solver none --threads "$threads" --simd generic --csv rows.csv --quiet
    cut -d, -f1,3,4,6,13 rows.csv >rows
    cut -d, -f1,3,4,6,8 "$bench/expected/quick.csv" >expected
    same rows expected "the expected rows hold with $threads threads and no vector instructions"
done

# A tree whose expected rows are others.
mkdir -p tree/tests tree/data
cp -R "$bench" tree/tests/bench
cp -R "$QWR_SRCDIR/data/scenarios" tree/data/scenarios
chmod -R u+w tree
sed -i 's/^small-day,berth,[0-9]*/small-day,berth,1/' tree/tests/bench/expected/quick.csv
bench=tree/tests/bench
reproduce --quick --only exact --out other
exits 1 "another value ends with 1"
prints err.txt '^-small-day,berth,1,' "the expected row is shown"
prints out.txt 'DIFFERS' "the table says so"
reproduce --quick --update --only exact --out other
exits 0 "--update keeps the rows"
bench=$QWR_SRCDIR/tests/bench
same tree/tests/bench/expected/quick.csv "$bench/expected/quick.csv" "they are those of this version"

reproduce --only nothing
exits 2 "an unknown section is refused"
prints err.txt 'there is no section nothing; expected one of exact' "and the sections are named"
reproduce --list
cp out.txt sections
while read -r section; do
    prints "$bench/REPRODUCE.md" "^\| \`$section\` \|" "the page explains the section $section"
done <sections
QWR_TOOL=$work/missing reproduce --quick
exits 2 "a tool that is not there is named"

# Each claim is a number of RESULTS.md, in one of the ways numbers are written there.
none "every claim stands in RESULTS.md" "$(awk -F, '
    function grouped(n, text) {
        for (text = ""; length(n) > 3; n = substr(n, 1, length(n) - 3))
            text = "," substr(n, length(n) - 2) text
        return n text
    }
    function stands(word, at) {
        for (rest = all; (at = index(rest, word)) > 0; rest = substr(rest, at + 1))
            if (substr(rest, at - 1, 1) !~ /[0-9.,]/ && substr(rest, at + length(word), 1) !~ /[0-9]/)
                return 1
        return 0
    }
    FNR == 1 { file++ }
    file == 1 { all = all " " $0; next }
    FNR > 1 && $1 != "exact" {
        n = $4
        if (!stands(n) && !stands(grouped(n)) && !stands(n / 1000 " thousand") &&
            !stands(n / 1000000 " million"))
            print $0
    }' "$bench/RESULTS.md" "$bench/claims.csv")"

# The citation: what the format requires, and the version of the tool.
cff=$QWR_SRCDIR/CITATION.cff
for key in cff-version message title abstract type version license authors keywords; do
    prints "$cff" "^$key:" "the citation has $key"
done
try version
check "the citation names this version" \
    grep -q "^version: $(sed -n 's/^quaywright \([0-9.]*\).*/\1/p' out.txt | head -n 1)\$" "$cff"
if [ -n "${PYTHON-}" ] && "$PYTHON" -c 'import yaml' 2>/dev/null; then
    check "the citation is YAML" "$PYTHON" -c '
import sys, yaml
c = yaml.safe_load(open(sys.argv[1]))
assert c["cff-version"] == "1.2.0" and c["type"] == "software" and c["authors"] and c["keywords"]
assert all(isinstance(c[k], str) for k in ("title", "abstract", "message", "version", "license"))
assert len(set(c["keywords"])) == len(c["keywords"])
' "$cff"
else
    skip "the citation is YAML" "python3-yaml is not installed"
fi
finish

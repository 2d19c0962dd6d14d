#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What --json prints, of every command and every failure, follows its schema in data/schema. To add
# a command: its schema in data/schema, the name of the schema in its declaration, and a line
# `takes` or `fails` below. A schema that no line uses fails the test.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

schemas=$QWR_SRCDIR/data/schema
if [ -z "${PYTHON-}" ] || ! "$PYTHON" -c 'import jsonschema' 2>/dev/null; then
    skip "what --json prints follows its schema" "python3-jsonschema is not installed"
    finish
fi
mkdir taken
: >list
number=0

# keeps SCHEMA NAME FILE: FILE is to follow SCHEMA.
keeps()
{
    number=$((number + 1))
    cp "$3" "taken/$number.json"
    printf '%s\t%s\t%s\n' "$1" "taken/$number.json" "$2" >>list
}

# takes SCHEMA CODE ARGS...: the tool with ARGS ends with CODE and prints what SCHEMA says.
takes()
{
    takes_schema=$1
    takes_code=$2
    shift 2
    try "$@"
    exits "$takes_code" "$* ends with $takes_code"
    keeps "$takes_schema" "$* prints what $takes_schema says" out.txt
}

# fails CODE STATUS ARGS...: as above for failures, whose status is STATUS.
fails()
{
    fails_code=$1
    fails_status=$2
    shift 2
    takes error "$fails_code" "$@"
    prints out.txt "\"status\": \"$fails_status\"" "$* says $fails_status"
    check "$* says it in a sentence, too" grep -q '^quaywright' err.txt
}

mini_xml mini.xml
mini_dbap mini.txt
cat >broken.csv <<'CSV'
call,placed,quay,berth,position_m,start,end,cranes
V1,yes,Q1,,0,2026-03-02T02:00:00Z,2026-03-02T18:00:00Z,2
V2,yes,Q1,,250,2026-03-02T03:00:00Z,2026-03-02T16:00:00Z,2
V3,no,,,,,,
CSV
sed '8s/loa_m="300"/loa_m="3000"/' mini.xml >long.xml
sed '8s/lao_m/loa_m/; 8s/loa_m/lao_m/' mini.xml >bad.xml
sed '8s|eta=|latest_departure="2026-03-02T01:00:00Z" eta=|' mini.xml >odd.xml

takes plan 0 plan mini.xml --json --work-limit 500
takes plan 0 plan mini.xml --json --stats --work-limit 500 --out plan
takes plan 3 plan long.xml --json --work-limit 500
takes check 0 check mini.xml plan/plan.xml --json
takes check 3 check mini.xml broken.csv --json
takes diff 0 diff mini.xml plan/plan.xml broken.csv --json
takes diff 0 diff mini.xml odd.xml --json
takes explain 0 explain mini.xml plan/plan.xml V1 --json
takes validate 0 validate mini.xml mini.txt --json
takes validate 2 validate odd.xml missing.xml bad.xml --json
takes convert 0 convert mini.txt from.xml --json
takes convert 0 convert plan/plan.xml mine.csv --scenario mini.xml --json
takes generate 0 generate --profile feeder --days 2 --out days.xml --json
takes generate-list 0 generate --list --json
takes plugin-list 0 plugin list --json
takes plugin-options 0 plugin options --json
takes solver-list 0 solver list --json
takes solver-test 0 solver test --json
takes report 0 report mini.xml plan/plan.xml --out report.html --json
takes report 3 report mini.xml broken.csv --svg pictures --json
"$tool" help certificate-xml --sample >proof.xml
"$tool" help dbap-text --sample >four.txt
"$tool" help solution-csv --sample >four.csv
takes verify 0 verify four.txt proof.xml --json
takes verify 0 verify four.txt proof.xml four.csv --json
sed 's/target="13.999"/target="14"/' proof.xml >raised.xml
takes verify 3 verify four.txt raised.xml four.csv --json
mkdir instances
cp mini.txt instances/four.txt
mini_hybrid instances/three.json
takes bench 0 bench instances --work-limit 500 --csv rows.csv --solutions found --log gaps --json
takes bench-kernel 0 bench --kernel --threads 1 --json
takes bench-verify 0 bench instances --verify found --json
takes bench-profile 0 bench --profile profile.svg rows.csv --json
takes bench-gap 0 bench --gap-over-time gap.svg gaps --json
try sweep mini.xml --vary cranes.rate=25,30 --work-limit 100 --store study --json
if [ "$code" -eq 5 ] && grep -q 'this build has no' err.txt; then
    for name in sweep sweep-merge sweep-report sweep-list sweep-show; do
        skip "$name prints what $name says" "this build is without SQLite"
        printf '%s\t\t\n' "$name" >>list
    done
else
    exits 0 "a sweep runs"
    keeps sweep "sweep prints what sweep says" out.txt
    takes sweep-report 0 sweep report study --json
    takes sweep-list 0 sweep list study --json
    takes sweep-show 0 sweep show study 1 --json
    takes sweep-merge 0 sweep merge whole study --json
fi
takes version 0 version --json
takes help 0 help --json
takes help 0 help plan --json
takes help 0 help scenario-xml --json
keeps plan-file "plan.json is what plan-file says" plan/plan.json
"$tool" help plan-json --sample >sample.json
keeps plan-file "the sample of a plan is what plan-file says" sample.json

module=$(find "$QWR_BUILDDIR/solvers" -name '*enum*.so' 2>/dev/null | head -n 1)
if [ -n "$module" ]; then
    takes plugin-check 0 plugin check "$module" --json
else
    takes plugin-check 2 plugin check missing.so --json
fi

fails 1 usage plna --json
fails 1 usage plan mini.xml --json --dedline 2
fails 1 usage plan --json
fails 1 QWR_ENOTFOUND plan mini.xml --json --option thraeds=2
fails 1 QWR_ENOTFOUND plan mini.xml --json --solver glkp
fails 2 QWR_EFORMAT plan bad.xml --json
prints out.txt '"line": 8' "a failure in a file names the line"
fails 2 QWR_EIO check mini.xml missing.csv --json
fails 2 QWR_EFORMAT check mini.xml mini.xml --json
fails 2 QWR_EFORMAT verify mini.xml proof.xml --json
: >file
fails 4 output plan mini.xml --json --out file --work-limit 10
fails 4 QWR_EIO convert mini.txt file/out.xml --json
fails 1 usage help formts --json
# Names may hold what JSON must escape, and bytes that are no UTF-8.
try plan "$(printf 'a"b\\c\001\377\303(.xml')" --json
exits 2 "a file of an odd name is not there"
keeps error "an odd name makes no odd JSON" out.txt
prints out.txt '"file": "a..b....u0001.ufffd.ufffd\(\.xml"' "odd bytes of a name are escaped"

"$PYTHON" - "$schemas" list >results 2>err.txt <<'PY'
import json, pathlib, sys
from jsonschema import Draft202012Validator

folder, listing = pathlib.Path(sys.argv[1]), sys.argv[2]
validators = {}
for path in sorted(folder.glob("*.schema.json")):
    name = path.name.removesuffix(".schema.json")
    schema = json.loads(path.read_text())
    Draft202012Validator.check_schema(schema)

    def closed(node):
        """Every object that lists its members allows no others."""
        if isinstance(node, dict):
            if "properties" in node and node.get("additionalProperties") is not False:
                return False
            return all(closed(child) for child in node.values())
        return all(closed(child) for child in node) if isinstance(node, list) else True

    print("ok" if closed(schema) else "not ok", f"{name}.schema.json allows no unknown members")
    validators[name] = Draft202012Validator(schema)

used = set()
for line in open(listing):
    name, path, about = line.rstrip("\n").split("\t")
    used.add(name)
    if not path:
        continue
    if name not in validators:
        print("not ok", about, "# there is no such schema")
        continue
    try:
        document = json.load(open(path))
    except ValueError as error:
        print("not ok", about, "#", str(error).replace("\n", " "))
        continue
    wrong = [f"{e.json_path}: {e.message}" for e in validators[name].iter_errors(document)]
    print("not ok" if wrong else "ok", about, "# " + wrong[0][:300] if wrong else "")
for name in sorted(set(validators) - used):
    print("not ok", f"{name}.schema.json is used by a test")
# The schemas must be able to fail.
plan = json.load(open(next(line.split("\t")[1] for line in open(listing) if line.startswith("plan\t"))))
plan["unknown"] = 1
print("not ok" if validators["plan"].is_valid(plan) else "ok", "an unknown member is refused")
PY
check "the schemas are valid themselves" test ! -s err.txt
while read -r verdict rest; do
    case $verdict in
    ok) ok "${rest%% \#*}" ;;
    not) not_ok "${rest#ok }" "see above" ;;
    esac
done <results

# Every schema a command names is there.
try help --json
none "every schema that a command names is there" "$(
    "$PYTHON" -c 'import json, sys
for command in json.load(sys.stdin)["commands"]:
    for name in command["schemas"]:
        print(name.split("=")[-1])' <out.txt | while read -r name; do
        [ -e "$schemas/$name.schema.json" ] || echo "$name"
    done)"
finish

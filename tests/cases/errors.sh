#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Errors teach: whatever word is wrong, the message names the nearest valid one or those there are,
# and every failure ends with a next step: a hint, an example, or where to read on.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

# teaches CODE PATTERN NAME ARGS...: the tool with ARGS ends with CODE, says PATTERN on standard
# error and what to do next, and says nothing else.
teaches()
{
    teaches_code=$1
    teaches_pattern=$2
    teaches_name=$3
    shift 3
    try "$@"
    if [ "$code" -ne "$teaches_code" ]; then
        not_ok "$teaches_name" "expected exit code $teaches_code; $(said)"
    elif ! grep -Eq -e "$teaches_pattern" err.txt; then
        not_ok "$teaches_name" "expected $teaches_pattern; $(said)"
    elif ! grep -Eq '^  (hint|for example|read on with): ' err.txt; then
        not_ok "$teaches_name" "there is no next step; $(said)"
    else
        ok "$teaches_name"
    fi
}

mini_xml mini.xml
mini_hybrid three.json
mkdir folder
cp mini.xml folder/week.xml

# --- the command line ---
teaches 1 'did you mean "plan"\?' "command" plna mini.xml
teaches 1 'did you mean "validate"\?' "command cut short" valid mini.xml
teaches 1 'there is no command "zzzzzzzz"' "command near nothing" zzzzzzzz
teaches 1 'is "quaywright plan mini\.xml" meant' "a file where the command belongs" mini.xml
for name in $("$tool" help --words commands); do
    teaches 1 'did you mean --verbose\?' "option of $name" "$name" --verbsoe
done
teaches 1 'there is no option -out; .*: --out' "option with one dash" plan mini.xml -out x
teaches 1 'must be one of .*; did you mean avx2\?' "word of --simd" plan mini.xml --simd avx3
teaches 1 'did you mean hybrid\?' "word of --layout" generate --out a.xml --layout hybird
teaches 1 'did you mean solution-csv\?' "word of --to" convert a b --scenario mini.xml --to solution-cvs
teaches 1 'one of bash\|zsh\|fish' "word near nothing" help --completion powershell
teaches 1 'is --option threads=VALUE meant' "option pair without a value" version --option threads
teaches 1 'did you mean "threads"\?' "library option" version --option thread=2
teaches 1 'did you mean "enum\.node_limit"\?|there is no option' "plugin option" \
    version --option enum.node_limt=2
teaches 1 'there is no option "zzzzzzzzz"' "library option near nothing" version --option zzzzzzzzz=2
teaches 1 'is none of .*did you mean "generic"\?' "word of a library option" version --option simd=genric
teaches 1 'not a whole number from 0' "number of a library option" version --option threads=many
teaches 1 'such as --seed 1, not "one"' "number" plan mini.xml --seed one
teaches 1 'between 0\.001 and' "number out of range" plan mini.xml --deadline 0
teaches 1 'between 100 and 20000 m' "number out of the range of generate" generate --out a.xml --quay-m 5
teaches 1 'one follows from the other' "two options that contradict each other" \
    generate --out a.xml --calls 5 --utilisation 50
teaches 1 'argument is missing: quaywright check SCENARIO PLAN' "missing argument" check mini.xml
teaches 1 'one argument too many: quaywright plan FILE' "argument too many" plan a b
teaches 1 'did you mean "plugin options"\?' "action of plugin" plugin optoins
teaches 1 'comes one of list, check, options' "action near nothing" plugin frobnicate
teaches 1 'is "plugin options enum" meant' "argument of plugin list" plugin list enum
teaches 1 'did you mean "solver test"\?' "action of solver" solver tset
teaches 1 'FILE\.so' "module that is missing" plugin check
teaches 1 'did you mean "plan-csv"\?' "topic" help plan-cvs
teaches 1 'did you mean <crane>\?' "element of a topic" help scenario-xml crnae
teaches 1 'lp or \.mps' "extension of --milp-file" plan mini.xml --milp-file a.txt
teaches 1 'end it in \.xml, \.json' "extension of a plan" convert a b --scenario mini.xml
teaches 1 'give its scenario with --scenario' "plan to convert without its scenario" convert a.xml b.csv

# --- names of things that are loaded or built in ---
teaches 1 'nearest is "enum"' "solver" plan mini.xml --solver emun
teaches 1 'loaded are .*enum' "solver near nothing" plan mini.xml --solver cplexcplex
teaches 1 'no optimiser plugin' "optimiser" plan mini.xml --optimiser zzzzzzzz
teaches 1 'no forecast plugin' "forecast" plan mini.xml --forecast zzzzzzzz
teaches 1 'did you mean "null"\?' "plugin" plugin options nul
teaches 1 'loaded are: .*null' "plugin near nothing" plugin options zzzzzzzz
teaches 1 'did you mean medium\?' "profile" generate --profile mediun --out a.xml
teaches 1 'there are .*feeder' "profile near nothing" generate --profile zzzzzzzz --out a.xml
teaches 1 'like 20' "epoch" generate --epoch tomorrow --out a.xml

# --- paths ---
teaches 2 'did you mean mini\.xml\?' "scenario" plan mimi.xml
teaches 2 'did you mean folder/week\.xml\?' "scenario in a folder" plan folder/weak.xml
teaches 2 'did you mean folder\?' "folder of a scenario" plan floder/week.xml
teaches 2 'did you mean mini\.xml\?' "scenario of validate" validate mini.xm
teaches 2 'this is a folder' "folder where a file belongs" plan folder
teaches 2 'check the name of the file' "path near nothing" plan zzzzzzzz.xml
teaches 4 'did you mean folder\?' "folder to write into" convert mini.xml floder/out.xml
: >file
teaches 4 'name another folder' "file where a folder belongs" plan mini.xml --work-limit 1 --out file
teaches 2 'missing\.so' "module" plugin check missing.so

# --- what is in the files ---
# changed NAME PATTERN SED [ARGS]: validating the small scenario after a sed command ends with 2.
changed()
{
    sed "$3" mini.xml >bad.xml
    if cmp -s mini.xml bad.xml; then
        not_ok "$1" "the test changed nothing: $3"
    else
        teaches 2 "$2" "$1" validate bad.xml
    fi
}
changed "element" 'did you mean <crane>\?' '5s/<crane/<crnae/'
changed "element near nothing" 'expected one like <' '5s/<crane/<zzzzzzzz/'
changed "element inside another" 'did you mean <task>\?' '11s/<task/<tsak/'
changed "attribute" 'did you mean loa_m\?' '8s/loa_m/lao_m/'
changed "attribute near nothing" 'expected one of id' '8s/loa_m/zzzzzzzz/'
changed "attribute that is missing" 'attribute eta is missing' '8s/ eta="[^"]*"//'
prints err.txt "help scenario-xml'" "a bad scenario names the topic of its format"
changed "word" 'did you mean discharge\?' '11s/kind="discharge"/kind="discharg"/'
changed "yes or no" 'expected one of no, yes' '8s/moves="600"/moves="600" latest_is_soft="maybe"/'
changed "id" 'did you mean Q1\?' '4s/quay="Q1"/quay="Q2"/'
changed "id near nothing" 'expected one of Q1' '4s/quay="Q1"/quay="NORTHERN"/'
changed "id taken twice" 'taken by the call in line 8' '9s/id="V2"/id="V1"/'
changed "time" 'such as 2027-03-01T06:00:00Z' '8s/2026-03-02T02:00:00Z/today/'
changed "number" 'a decimal number' '8s/loa_m="300"/loa_m="long"/'
changed "outermost element" 'expected <scenario>' 's/scenario/harbour/'
sed 's/n_ships/n_shps/' three.json >bad.json
teaches 2 'did you mean n_ships\?' "member of hybrid-json" validate bad.json
prints err.txt "help hybrid-json'" "a bad instance names the topic of its format"
sed 's/"n_ships"/"zzzzzzzz": 1, "n_ships"/' three.json >bad.json
teaches 2 'expected one of n_berths' "member near nothing" validate bad.json

# plan NAME PATTERN TEXT: checking a plan file with this text ends with 2.
plan()
{
    printf '%b' "$3" >bad.plan
    teaches 2 "$2" "$1" check mini.xml bad.plan
}
row='2026-03-02T02:00:00Z,2026-03-02T12:00:00Z,2\n'
plan "column of a plan" 'did you mean position_m\?' "call,quay,positon_m,start,end,cranes\nV1,Q1,0,$row"
plan "column near nothing" 'expected one of call' "call,zzzzzzzz\nV1,1\n"
plan "column that is missing" 'column call is missing' "quay,position_m,start,end,cranes\nQ1,0,$row"
plan "call of a plan" 'did you mean V' "call,quay,position_m,start,end,cranes\nV9,Q1,0,$row"
plan "call near nothing" 'expected one of V1, V2, V3' \
    "call,quay,position_m,start,end,cranes\nEVERGIVEN,Q1,0,$row"
plan "quay of a plan" 'no quay with this id .*did you mean Q1' \
    "call,quay,position_m,start,end,cranes\nV1,Q2,0,$row"
plan "attribute of a plan" 'did you mean start\?' \
    '<plan format="1"><stay call="V1" quay="Q1" position_m="0" strat="2026-03-02T02:00:00Z"/></plan>'
plan "element of a plan" 'expected <stay>' '<plan format="1"><staay call="V1"/></plan>'
plan "member of a plan" 'did you mean cranes\?' \
    '{"format": 1, "stays": [{"call": "V1", "crans": 1}]}'
plan "version of a plan" 'reads format 1' '<plan format="7"/>'
prints err.txt 'help plan-csv' "a bad plan names the topics of its formats"
teaches 2 'wrong order' "a scenario where the plan belongs" check mini.xml mini.xml
printf '<plan format="1"/>' >plan.xml
teaches 2 'wrong order' "a plan where the scenario belongs" check plan.xml mini.xml

printf 'vessel,mvoes,cranes,start,work_h\nA,1,1,2026-01-01T00:00:00Z,1\n' >past.csv
teaches 2 'did you mean moves\?' "column of a history" plan mini.xml --history past.csv
prints err.txt "help history-csv'" "a bad history names the topic of its format"
printf '4\n2\n0 0 5 x\n' >bad.txt
teaches 2 'no format|not known|whole number' "letters in dbap-text" validate bad.txt
printf '4\n2\n0 0 5 6\n' >bad.txt
teaches 2 'ends before' "dbap-text that ends too early" validate bad.txt
prints err.txt "help dbap-text'" "a bad instance in text names the topic of its format"

# --- what is good but odd ---
sed '8s|eta=|latest_departure="2026-03-02T01:00:00Z" eta=|' mini.xml >odd.xml
runs 0 'warning: call "V1" \(Alpha\): its latest departure 2026-03-02T01:00:00Z lies before its eta' \
    "a latest departure before the eta is a warning that names the call" validate odd.xml
runs 0 '^mini\.xml: good' "a scenario without oddities" validate mini.xml
check "has no warning" test "$(grep -c warning out.txt)" -eq 0

# --- standard input ---
for path in - /dev/stdin; do
    "$tool" validate "$path" <mini.xml >out.txt 2>err.txt
    code=$?
    exits 0 "validate reads $path"
    prints out.txt 'good xml, "mini", 3 calls' "validate describes what comes through $path"
    sed '' three.json | "$tool" validate "$path" >out.txt 2>err.txt
    code=$?
    prints out.txt 'good hybrid-json' "validate knows the format of what comes through a pipe, $path"
done
"$tool" plan - --work-limit 500 --out plan --quiet <mini.xml >out.txt 2>err.txt
code=$?
exits 0 "plan reads standard input"
"$tool" check mini.xml - <plan/plan.csv >out.txt 2>err.txt
code=$?
exits 0 "check reads a plan from standard input"
"$tool" convert - again.xml <mini.xml >out.txt 2>err.txt
code=$?
exits 0 "convert reads standard input"
echo '<harbour/>' | "$tool" validate - >out.txt 2>err.txt
code=$?
exits 2 "what is wrong with standard input is found"
prints err.txt '^quaywright: standard input:1: ' "and named"
finish

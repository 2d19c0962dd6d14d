#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A planner's what-if study in plain shell: plan a scenario as it is, with a crane fewer, with a vessel
# that comes later, and with more time to think, and compare. Needs the tool, sed and awk.
#
#     what_if.sh [SCENARIO.xml]
#
# QUAYWRIGHT names the tool, WORK the work limit of a plan (reproducible, unlike a deadline).

set -eu
tool=${QUAYWRIGHT:-quaywright}
scenario=${1:-data/scenarios/small-day.xml}
work=${WORK:-200000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# plan NAME FILE ARGS...: plans FILE and keeps the answer in NAME.json. A plan that leaves calls out
# ends with code 3: an answer too.
plan()
{
    name=$1
    file=$2
    shift 2
    code=0
    "$tool" plan "$file" --out "$folder/$name" --json "$@" >"$folder/$name.json" || code=$?
    if [ "$code" -ne 0 ] && [ "$code" -ne 3 ]; then
        echo "planning $name failed with exit code $code" >&2
        exit 1
    fi
}

# field NAME KEY: the first value of KEY in an answer; one key stands on a line.
field()
{
    sed -n "s/^ *\"$2\": *\"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}\$/\1/p" "$folder/$1.json" |
        head -n 1
}

# without_crane ID FILE: FILE without the crane and without what refers to it.
without_crane()
{
    sed -e "/<crane id=\"$1\"/d" -e "/<[a-z]* .*crane=\"$1\"/d" "$2"
}

# hours_later CALL HOURS FILE: FILE with that call's arrival, and all that hangs on it, so much later.
# Times are "YYYY-MM-DDTHH:MM:SSZ"; days of one month are enough for a scenario of a few days.
hours_later()
{
    awk -v id="$1" -v hours="$2" '
        function later(text,    day, hour) {
            day = substr(text, 9, 2) + 0
            hour = substr(text, 12, 2) + hours
            day += int(hour / 24)
            return substr(text, 1, 8) sprintf("%02d", day) "T" sprintf("%02d", hour % 24) \
                substr(text, 14)
        }
        function move(line, key,    at, from) {
            at = index(line, " " key "=\"")
            if (!at)
                return line
            from = at + length(key) + 3
            return substr(line, 1, from - 1) later(substr(line, from, 20)) \
                substr(line, from + 20)
        }
        index($0, "<call id=\"" id "\"") {
            $0 = move($0, "eta")
            $0 = move($0, "earliest")
        }
        { print }' "$3"
}

crane=$(sed -n 's/.*<crane id="\([^"]*\)".*/\1/p' "$scenario" | head -n 1)
# A call without pinned decisions in the second half of the file.
call=$(sed -n '/pin_/!s/.*<call id="\([^"]*\)".*/\1/p' "$scenario" | awk '{ id[NR] = $0 }
    END { print id[int(NR / 2) + 1] }')

without_crane "$crane" "$scenario" >"$folder/crane.xml"
hours_later "$call" 6 "$scenario" >"$folder/late.xml"
plan as-it-is "$scenario" --work-limit "$work"
plan without-"$crane" "$folder/crane.xml" --work-limit "$work"
plan "$call"-6h-late "$folder/late.xml" --work-limit "$work"
plan five-times-the-work "$scenario" --work-limit "$((work * 5))"

printf '%-22s %12s %12s %9s %8s %8s\n' case cost bound unplaced wait_h late_h
for name in as-it-is without-"$crane" "$call"-6h-late five-times-the-work; do
    printf '%-22s %12s %12s %9s %8s %8s\n' "$name" "$(field "$name" value)" \
        "$(field "$name" bound)" "$(field "$name" unplaced)" "$(field "$name" wait_h)" \
        "$(field "$name" late_h)"
done

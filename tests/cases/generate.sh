#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Generated scenarios: good, and the same for the same seed.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

try generate --list --json
exits 0 "the profiles are listed"
json out.txt "the list is JSON"
profiles=$(sed -n 's/^ *"profile": "\(.*\)",$/\1/p' out.txt)
check "there are profiles" test -n "$profiles"
for profile in $profiles; do
    try generate --profile "$profile" --seed 4 --out "$profile.xml"
    exits 0 "profile $profile makes a scenario"
    runs 0 'good xml' "the scenario of $profile is good" validate "$profile.xml"
    try generate --profile "$profile" --seed 4 --out again.xml
    same "$profile.xml" again.xml "$profile with the same seed is the same bytes"
    try generate --profile "$profile" --seed 5 --out other.xml
    check "$profile with another seed differs" test -n "$(cmp "$profile.xml" other.xml)"
done

# count KEY: of x.xml.
count()
{
    "$tool" validate x.xml --json | sed -n "s/^ *\"$1\": \([0-9]*\),\{0,1\}\$/\1/p"
}

try generate --profile medium --calls 17 --cranes 9 --seed 1 --out x.xml
exits 0 "numbers can be asked for"
check "there are as many calls as asked for" test "$(count calls)" -eq 17
check "there are as many cranes as asked for" test "$(count cranes)" -eq 9
for layout in continuous discrete hybrid; do
    try generate --profile tiny --layout "$layout" --out x.xml
    exits 0 "layout $layout is made"
    prints x.xml "layout=\"$layout\"|<quay " "the quay is $layout"
    try plan x.xml --work-limit 3000 --json
    check "a tiny $layout scenario is planned" test "$code" -eq 0 -o "$code" -eq 3
done
try generate --profile medium --utilisation 40 --days 7 --seed 1 --out x.xml
low=$(count calls)
try generate --profile medium --utilisation 80 --days 7 --seed 1 --out x.xml
check "more berth use asked for means more calls" test "$(count calls)" -gt "$low"
runs 1 'feeder' "an unknown profile names the nearest" generate --profile feder --out y.xml
check "an unknown profile writes nothing" test ! -e y.xml
runs 4 'missing' "a folder that is not there ends with 4" generate --out missing/x.xml
finish

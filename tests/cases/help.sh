#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Help and usage errors.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

commands='plan check verify diff explain validate convert generate report bench sweep plugin solver version help'
topics='formats scenario-xml dbap-text hybrid-json csbap-text tidal-csv plan-xml plan-json plan-csv solution-csv
    certificate-xml history-csv milp json exit-codes options rules bench variables sweep-store plugins completion'

try help
exits 0 "help ends with 0"
for name in $commands $topics; do
    prints out.txt "^  $name +[a-z]" "help lists $name"
done
cp out.txt overview.txt
try
exits 1 "no command is a usage error"
same out.txt overview.txt "no command prints the overview"
try --help
same out.txt overview.txt "--help prints the overview"

try help --words commands
mv out.txt names.txt
while read -r name; do
    try help "$name"
    cp out.txt "help_$name.txt"
    exits 0 "help $name ends with 0"
    prints out.txt "^  quaywright $name" "help $name has a synopsis"
    prints out.txt '^Example$' "help $name has an example"
    try "$name" --help
    same out.txt "help_$name.txt" "$name --help prints the same"
done <names.txt
for name in $commands; do
    check "the command $name is among those listed" test -s "help_$name.txt"
done
try help --words topics
mv out.txt names.txt
while read -r name; do
    runs 0 '.' "help $name ends with 0" help "$name"
    prints out.txt '^Example$' "help $name has an example"
done <names.txt
# Every attribute of the schemas, as the topic and as the tool read them.
for schema in scenario plan; do
    try help $schema-xml
    none "help $schema-xml explains every attribute of the schema" "$(
        sed -n 's/.*<xs:attribute name="\([^"]*\)".*/\1/p' "$QWR_SRCDIR/data/schema/$schema.xsd" |
            sort -u | while read -r attribute; do
            grep -Eq "^    $attribute( |\$)" out.txt || echo "$attribute"
        done)"
    none "every attribute of $schema.xsd is documented" "$(
        grep -n '<xs:attribute name' "$QWR_SRCDIR/data/schema/$schema.xsd" |
            grep -v '<xs:documentation>[^<]')"
    none "every element of $schema.xsd is explained" "$(
        sed -n 's/.*<xs:element name="\([^"]*\)".*/\1/p' "$QWR_SRCDIR/data/schema/$schema.xsd" |
            sort -u | while read -r element; do
            grep -A 1 "^  <$element>" out.txt | grep -q '^    [A-Z]' || echo "$element"
        done)"
done
for schema in scenario plan; do
    "$tool" help $schema-xml --sample >sample.xml
    if command -v xmllint >/dev/null 2>&1; then
        check "the sample of $schema-xml follows the schema" xmllint --nonet --noout \
            --schema "$QWR_SRCDIR/data/schema/$schema.xsd" sample.xml
    else
        skip "the sample of $schema-xml follows the schema" "xmllint is not installed"
    fi
done
runs 0 '^    loa_m  +number \[m\]' "help scenario-xml call explains the attributes of a call" \
    help scenario-xml call
check "help scenario-xml call explains nothing else" test "$(grep -c '^  <' out.txt)" -eq 1
runs 1 'there is no element <cal>; did you mean <call>\?' "an unknown element names the nearest" \
    help scenario-xml cal
runs 1 'one argument too many' "a topic without parts refuses one" help rules berth
runs 1 'no small file; these have one: .*plan-csv' "a topic without a sample says which have one" \
    help rules --sample

runs 1 'did you mean "plan"\?' "an unknown command names the nearest" plna week.xml
prints err.txt 'for example: quaywright plan' "an unknown command shows an example"
check "an unknown command prints nothing to standard output" test ! -s out.txt
runs 1 'there is no command "xyzzyxyzzy"$' "a command near nothing names none" xyzzyxyzzy
runs 1 'did you mean --deadline\?' "an unknown option names the nearest" plan week.xml --dedline 3
prints err.txt 'for example: quaywright plan' "an unknown option shows an example"
runs 1 'did you mean "formats"\?' "an unknown topic names the nearest" help formts
runs 1 'did you mean "plugin list"\?' "an unknown action names the nearest" plugin lst
runs 1 'did you mean "threads"\?' "an unknown library option names the nearest" \
    version --option thraeds=2

runs 1 'an argument is missing: quaywright plan FILE' "a missing argument shows the synopsis" plan
runs 1 'one argument too many' "an argument too many is refused" plan a.xml b.xml
runs 1 '--seed needs a value' "an option without its value is refused" plan a.xml --seed
runs 1 'needs a whole number' "a seed that is no number is refused" plan a.xml --seed one
runs 1 'needs a number such as' "a deadline that is no number is refused" plan a.xml --deadline nan
runs 1 'between 0\.001 and' "a deadline of 0 is refused with its bounds" plan a.xml --deadline 0
runs 1 'between 0\.001 and' "a negative deadline is refused" plan a.xml --deadline -3
runs 1 'needs a number' "a deadline with a comma is refused" plan a.xml --deadline 2,5
runs 1 'needs a whole number' "a seed beyond 64 bits is refused" \
    plan a.xml --seed 99999999999999999999
runs 1 'must be one of auto' "an unknown vector level is refused" plan a.xml --simd sse
runs 1 'given twice' "an option given twice is refused" plan a.xml --seed 1 --seed 2
runs 1 'takes no value' "a flag with a value is refused" plan a.xml --json=yes
runs 1 'needs NAME=VALUE' "an option pair without = is refused" version --option threads
runs 1 'range such as' "a range that falls is refused" bench . --seeds 5..2
runs 1 'out FILE is missing' "generate without --out is refused" generate
runs 1 'must end in' "a report of unknown kind is refused" report a.xml b.xml --out c.pdf
runs 2 'a\.xml: ' "a value after = is taken" plan --seed=3 a.xml
runs 2 '^quaywright: -x\.xml: ' "after -- a name may begin with a dash" plan -- -x.xml

if [ -w /dev/full ]; then
    "$tool" help >/dev/full 2>err.txt
    code=$?
    exits 4 "output that cannot be written ends with 4"
fi
finish

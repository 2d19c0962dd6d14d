#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Replaying certificates from outside: what is proved is said in a sentence, tampered ones are
# refused with the step named, and runs without a certificate say so.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

# The sample is a proof that no plan of the four vessels costs 13.999 or less; 14 can be had.
"$tool" help dbap-text --sample >four.txt
"$tool" help certificate-xml --sample >proof.xml
"$tool" help solution-csv --sample >best.csv
printf 'vessel,place,start,end\n1,1,0,5\n2,2,0,4\n3,1,6,9\n4,2,6,8\n' >late.csv
printf 'vessel,place,start,end\n1,1,0,5\n2,2,0,4\n3,1,5,8\n' >few.csv
printf 'vessel,place,start,end\n1,1,0,5\n2,1,0,8\n3,1,5,8\n4,2,6,8\n' >broken.csv

runs 0 '^Proved: no plan of 4 calls costs less than 14\.$' "a proof holds" verify four.txt proof.xml
prints out.txt '^Replayed 5 steps on [0-9]+ stays; 2 nodes closed\.$' "what was replayed is said"
runs 0 '^The plan costs 14: it is optimal\.$' "a plan of that cost is optimal" \
    verify four.txt proof.xml best.csv
runs 0 '^The plan costs 15, at most 1 more than the best\.$' "one that costs more is not" \
    verify four.txt proof.xml late.csv
runs 3 '^The plan costs 12, but leaves out 1 call' "calls left out are counted" \
    verify four.txt proof.xml few.csv
runs 3 '^The plan breaks [0-9]+ rule' "a broken rule is told" verify four.txt proof.xml broken.csv
"$tool" verify four.txt - <proof.xml >out.txt
check "a certificate may come from standard input" grep -q '^Proved' out.txt
check "and through a pipe" sh -c "mkfifo pipe && cat proof.xml >pipe & \
    while ! [ -p pipe ]; do :; done; '$tool' verify four.txt pipe | grep -q '^Proved'"
"$tool" verify - - <four.txt >out.txt 2>err.txt
prints err.txt 'standard input holds one file' "standard input is one file"

# tampered CODE PATTERN NAME SED-SCRIPT
tampered()
{
    sed "$4" proof.xml >tampered.xml
    check "$3: something is tampered with" sh -c '! cmp -s proof.xml tampered.xml'
    runs "$1" "$2" "$3" verify four.txt tampered.xml best.csv
}

tampered 3 '^Not proved: step 3 ends a node that is not closed' "a raised target" \
    's/13\.999/14/'
tampered 3 '^Not proved: step 5 ends a node that is not closed' "a price changed" \
    's/"9000 4000 3000 2000"/"90000 4000 3000 2000"/'
tampered 3 '^Not proved: step 4 ends a node that is not closed' "prices dropped" '/9000/d'
tampered 3 '^Not proved: .* stops after step 3, before the end of 1 node' "a leaf dropped" \
    '/9000/,/end/d'
tampered 3 '^Not proved: .* stops after step 4, before the end of 1 node' "an end dropped" \
    '/5000/{n;d;}'
tampered 3 '^Not proved: .* stops after step 4, before the end of 1 node' "the last end dropped" \
    '/9000/{n;d;}'
tampered 3 '^Not proved: step 6 is left over' "an end too many" '/9000/{n;p;}'
tampered 3 '^Not proved: step 6 is left over' "a step too many" \
    '/9000/{n;s/$/<prices values="0 0 0 0"\/>/;}'
tampered 3 '^Not proved: step 4 ends a node that is not closed' "an end moved" \
    '/9000/{N;s/\(.*\)\n\(.*\)/\2\n\1/;}'
tampered 2 'tampered\.xml:3: .* it is about a scenario with hash' "another scenario" \
    's/scenario_hash="."/scenario_hash="0"/;s/scenario_hash="[0-9a-f]*"/scenario_hash="ab"/'
tampered 2 'tampered\.xml:5: .*there are 3 prices; expected one a call, 4' "a price dropped" \
    's/5000 4000/5000/'
tampered 2 'tampered\.xml:4: .*no call with this id' "an unknown call" 's/"V1"/"V9"/'
tampered 2 'tampered\.xml:4: .*berth_last "B1" comes before berth "B2"' "a range turned round" \
    's/berth="B1"/berth="B2" berth_last="B1"/'
runs 2 'are two files in the wrong order' "a plan is no certificate" \
    verify four.txt "$QWR_SRCDIR/data/scenarios/small-day.xml"
mini_xml mini.xml
runs 2 '.' "a certificate of another scenario" verify mini.xml proof.xml

try verify mini.xml proof.xml
hash=$(sed -n 's/.* has \([0-9a-f]*\)$/\1/p' err.txt | head -n 1)
echo "<certificate format=\"1\" scenario_hash=\"$hash\" calls=\"3\" price_unit=\"1\" ordered=\"no\"/>" \
    >cranes.xml
runs 2 'for calls without cranes at discrete berths, but there are none at quay "Q1"' \
    "a scenario without discrete berths is told so" verify mini.xml cranes.xml

# Runs write theirs, or say that there is none.
runs 0 'warning: none\.xml is not written: the bound of this run .* has no certificate' \
    "a run without a certificate says so" plan mini.xml --work-limit 100 --certificate none.xml
check "and writes no file" test ! -e none.xml
try plan four.txt --certificate own.xml
exits 0 "a run of discrete berths works with --certificate"
if [ -e own.xml ]; then
    runs 0 '^Proved: .* less than 14\.$' "its own certificate holds" verify four.txt own.xml best.csv
fi
mkdir set
cp four.txt set/four.txt
try bench set --work-limit 5000 --certificates proofs
exits 0 "bench takes --certificates"
check "it makes the folder" test -d proofs
if [ -e proofs/four.xml ]; then
    runs 0 '^Proved' "what bench wrote holds" verify set/four.txt proofs/four.xml
fi
# A module's word is not a proof: what it offers is replayed before it counts.
mocks=$QWR_BUILDDIR/tests/mock/.libs
if [ "${QWR_SHARED:-yes}" = yes ] && [ -e "$mocks/mock_false_bound.so" ]; then
    mkdir modules
    cp "$mocks/mock_false_bound.so" modules/
    # 40 vessels at 4 berths, more than 400 units of work can prove.
    awk 'BEGIN {
        print 40 " " 4
        for (i = 0; i < 40; i++) printf "%d ", (i * 37) % 90
        print "\n0 0 0 0"
        for (i = 0; i < 40; i++)
            print 8 + (i * 29) % 31, 7 + (i * 17) % 37, 9 + (i * 23) % 35, 6 + (i * 41) % 33
        print "600 600 600 600"
        for (i = 0; i < 40; i++) printf "600 "
        print ""
    }' >forty.txt
    QUAYWRIGHT_PLUGIN_PATH=$PWD/modules "$tool" plan forty.txt --work-limit 400 \
        --optimiser mock-false-bound --certificate forty.xml --json >forty.json 2>err.txt
    check "a false bound does not make a plan optimal" grep -q '"outcome": *"feasible"' forty.json
    prints err.txt 'illegal solutions or malformed bounds three times' "and its module is put aside"
    runs 0 '^Proved' "the bound that stays is proved" verify forty.txt forty.xml
else
    skip "a false bound does not make a plan optimal" "there are no modules"
fi
finish

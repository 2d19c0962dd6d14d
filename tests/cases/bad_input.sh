#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Files that are wrong, one fault at a time: the tool says where, ends with 2 and writes nothing.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

# refused NAME LINE PATTERN FILE: planning FILE ends with 2, names FILE:LINE (LINE empty: any line)
# and a line that matches PATTERN, prints no plan and makes no folder.
refused()
{
    try plan "$4" --out made/deep
    place="$4:${2:+$2: }"
    if [ "$code" -ne 2 ]; then
        not_ok "$1" "expected exit code 2; $(said)"
    elif ! grep -Fq "$place" err.txt; then
        not_ok "$1" "expected $place; $(said)"
    elif ! grep -Eq -e "$3" err.txt; then
        not_ok "$1" "expected $3; $(said)"
    elif [ -s out.txt ] || [ -e made ]; then
        not_ok "$1" "something was written; $(said)"
    else
        ok "$1"
    fi
    rm -rf made
}

# changed NAME LINE PATTERN SED: as refused, for the small scenario after a sed command.
changed()
{
    sed "$4" mini.xml >bad.xml
    if cmp -s mini.xml bad.xml; then
        not_ok "$1" "the test changed nothing: $4"
    else
        refused "$1" "$2" "$3" bad.xml
    fi
}

mini_xml mini.xml
try validate mini.xml
exits 0 "the small scenario itself is good"

refused "a file that is not there is refused" "" 'No such file|cannot' missing.xml
mkdir folder
refused "a folder is refused" "" 'folder' folder
: >empty.xml
refused "an empty file is refused" "" 'empty|format' empty.xml
echo 'hello, is this a scenario?' >words.txt
refused "a text of no known format is refused" "" 'format' words.txt
head -c 600 /dev/zero >zeros.bin
refused "bytes of no known format are refused" "" 'format' zeros.bin
head -n 6 mini.xml >cut.xml
refused "XML that ends too early is refused" "7" '.' cut.xml
changed "XML that is not well-formed is refused" 5 '.' '5s|/>|>|; 5s|C2|C2"|'
changed "another outermost element is refused" 2 'expected <scenario>' 's/scenario/harbour/'
changed "a document type is refused" 2 'DOCTYPE|document type' \
    '2i<!DOCTYPE scenario [<!ENTITY a "b">]>'
changed "another format version is refused" 2 'format="9"' '2s/format="1"/format="9"/'
changed "an unknown element names the nearest" 5 'did you mean <crane>' '5s/<crane/<crnae/'
changed "an unknown attribute names the nearest" 8 'did you mean loa_m' '8s/loa_m/lao_m/'
changed "a missing attribute is named" 8 'eta' '8s/ eta="[^"]*"//'
changed "an unknown id names the nearest" 4 'Q1' '4s/quay="Q1"/quay="Q2"/'
changed "an id given twice is refused" 9 'taken' '9s/id="V2"/id="V1"/'
changed "a word that is none of the list is refused" 11 'did you mean discharge' \
    '11s/kind="discharge"/kind="discharg"/'
changed "a number that is none is refused" 8 'decimal number' '8s/loa_m="300"/loa_m="long"/'
changed "NaN is refused" 8 'decimal number' '8s/loa_m="300"/loa_m="NaN"/'
changed "infinity is refused" 8 'decimal number' '8s/loa_m="300"/loa_m="inf"/'
changed "a number beyond 64 bits is refused" 8 '.' \
    '8s/loa_m="300"/loa_m="99999999999999999999"/'
changed "a number that overflows sums is refused" 8 '.' '8s/moves="600"/moves="9000000000000000000"/'
changed "a negative length is refused" 8 'loa_m' '8s/loa_m="300"/loa_m="-300"/'
changed "a quay without length is refused" 3 'length' '3s/length_m="600"/length_m="0"/'
changed "a date that does not exist is refused" 8 'date and time' '8s/2026-03-02T02/2026-02-30T02/'
changed "a vessel that must leave before it comes is refused" 8 '.' \
    '8s|eta=|earliest="2026-03-02T05:00:00Z" latest_departure="2026-03-02T04:00:00Z" eta=|'
changed "more least than most cranes is refused" 8 'cranes' '8s/min_cranes="1"/min_cranes="5"/'
changed "a window that ends before it begins is refused" 15 '.' \
    '14a<window id="W1" kind="closure" quay="Q1" from="2026-03-03T00:00:00Z" to="2026-03-02T00:00:00Z"/>'
changed "an order of tasks that runs in a circle is refused" "" 'T1|T2' \
    '13a<precedence before="T2" after="T1"/>'
changed "a horizon that is no multiple of the step is refused" "" 'horizon|step' \
    '2s/horizon_h="96"/horizon_s="345601"/'

mini_dbap good.txt
runs 0 '.' "the small published instance itself is good" validate good.txt
head -n 5 good.txt >few.txt
refused "a published instance that ends too early is refused" "" '.' few.txt
sed '5s/5/x/' good.txt >letters.txt
refused "a published instance with letters is refused" "" '.' letters.txt
mini_hybrid good.json
runs 0 '.' "the small hybrid instance itself is good" validate good.json
sed 's/\[0, 0, 2\]/[0, 0]/' good.json >short.json
refused "an instance with a list too short is refused" "" 'arrival_time' short.json
sed 's/"n_ships": 3,/"n_ships": 3.5,/' good.json >half.json
refused "an instance with half a ship is refused" 1 '.' half.json
sed 's/n_ships/n_shps/' good.json >key.json
refused "an instance without a key is refused" "" 'n_ships' key.json

printf 'vessel,moves\nA,ten\n' >history.csv
try plan mini.xml --history history.csv --out made
exits 2 "a history without its columns is refused"
prints err.txt 'history\.csv:' "a bad history is named with its file"
check "a bad history writes nothing" test ! -e made
try plan mini.xml --start words.txt --out made
exits 2 "a plan to start from that is none is refused"
check "a bad start plan writes nothing" test ! -e made
runs 2 'mini\.xml: good|bad\.xml:' "validate reads on after a bad file" validate bad.xml mini.xml
prints out.txt 'mini\.xml: good' "validate describes the good file"
finish

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
# numbers NAME LINE PATTERN SED: the small published instance after a sed command is refused.
numbers()
{
    sed "$4" good.txt >bad.txt
    refused "$1" "$2" "$3" bad.txt
}

head -n 5 good.txt >few.txt
refused "a published instance that ends too early is refused" 6 'before row 2 of 4' few.txt
numbers "a letter in a published instance is named" 5 \
    'row 1 of 4 of the handling times, berth 1 of 2: "x" stands there; expected a whole number' \
    '5s/5/x/'
numbers "a negative number in a published instance is named" 3 \
    'arrival of vessel 3 of 4: "-5" stands there; expected' '3s/5/-5/'
numbers "a fraction in a published instance is named" 3 '"5\.5" stands there' '3s/5/5.5/'
numbers "a huge number in a published instance is named" 6 \
    '"88888888888888888888888" stands there; expected a whole number from 0 to 87600' \
    '6s/8/88888888888888888888888/'
numbers "forbidden as an arrival is named" 3 '"99999" stands there' '3s/6/99999/'
numbers "a row without a number is named" 7 'row 3 of 4 .* 1 number stands on this line; expected 2' \
    '7s/ 6//'
numbers "a row left out is named where the numbers end" "" 'before the latest departure of vessel 3' \
    '7d'
numbers "a published instance of no vessels is refused" 2 'N is 0' '1s/4/0/'
numbers "berths that all close at 0 are refused" 9 'closes at 0' '9s/50 50/0 0/'

# odd NAME CODE WARNING PATTERN SED: the instance after a sed command is planned all the same; the
# warning names bad.txt and the line.
odd()
{
    sed "$5" good.txt >bad.txt
    try plan bad.txt --work-limit 1000
    exits "$2" "$1"
    prints err.txt "warning: bad\\.txt:$3" "$1: it is named"
    prints out.txt "$4" "$1: the rest is planned"
}

odd "numbers too many behind the weights" 0 '11: 2 numbers stand behind the weights; expected none' \
    'proven optimal' '10s/$/\n1 1 1 2 7 8/'
odd "numbers too many behind the closings" 0 '9: 1 number stands behind the closings' \
    'service time 14, proven optimal' '9s/$/ 7/'
odd "numbers too many behind the departures" 0 '10: 1 number stands behind the latest departures' \
    'service time 14, proven optimal' '10s/$/ 7/'
odd "a vessel that no berth takes" 3 '8: vessel 4 of 4: no berth takes it' \
    'V4: .*forbidden' '8s/ 2/ 99999/'
odd "a berth that closes before it opens" 0 '9: berth 2 of 2 closes at 2, but opens at 4' \
    '4 of 4 calls have a place' '4s/0 0/0 4/; 8s/99999/2/; 9s/50 50/50 2/'
odd "a departure that cannot be met" 3 \
    '10: vessel 3 of 4 must leave by 7, but arrives at 5 and is done at 8 at the earliest' \
    'V3: .*departure' '10s/50 50 50 50/50 50 7 50/'
odd "an arrival after all berths have closed" 3 '3: vessel 3 of 4 arrives at 77, too late' \
    'V3: no place' '3s/5/77/'
sed '9s/50 50/60 60 60/; 10s/.*/60 60 60 60 60 60 60/' good.txt >long.txt
try plan long.txt
exits 0 "surplus numbers as in published files are taken"
check "... without a warning" test ! -s err.txt
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

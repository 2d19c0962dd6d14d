#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The plans and proofs of tests/bench/records: each plan is legal and costs what records.csv says, each
# proof holds and gives the bound there.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

records=$QWR_SRCDIR/tests/bench/records
# verify reads no instances of ours: they are the published ones.
tail -n +2 "$records/records.csv" | while IFS=, read -r instance set value bound known; do
    echo "$instance $set $value $bound $known"
done >rows
while read -r instance set value bound known; do
    file=${QWR_BENCHMARKS-}/$set/$instance.txt
    if [ ! -e "$file" ]; then
        skip "$instance: value $value, bound $bound" "QWR_BENCHMARKS has no $set"
        continue
    fi
    "$tool" verify "$file" "$records/$instance.xml" "$records/$instance.csv" >out.txt 2>err.txt
    prints out.txt "^Proved: no plan of [0-9]+ calls costs less than ${bound}\.\$" \
        "$instance: no plan costs less than $bound"
    prints out.txt "^The plan costs ${value}[,:]" "$instance: a plan costs $value"
    check "$instance: that is less than $known" test "$value" -lt "$known"
done <rows
finish

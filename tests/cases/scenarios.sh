#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The shipped scenarios are good, and are what the commands in their origin notes make.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

folder=$QWR_SRCDIR/data/scenarios

# shipped FILE ARGS...: the file is made by `generate ARGS`, reads well, and is small.
shipped()
{
    file=$1
    shift
    runs 0 'good xml' "$file is a good scenario" validate "$folder/$file"
    try generate "$@" --out "$file"
    same "$folder/$file" "$file" "$file is what its command makes"
    prints "$folder/README.md" "generate $* --out $file" "the README gives the command of $file"
    check "$file names its command" grep -qF -e "generate $*." "$folder/$file"
    check "$file is smaller than 1 MB" test "$(wc -c <"$file")" -lt 1000000
}

shipped small-day.xml --profile feeder --seed 1 --calls 8 --days 1
shipped harbour-week.xml --profile automated --seed 13
shipped gateway-month.xml --profile gateway --seed 1
finish

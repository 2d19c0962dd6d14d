#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every scenario that is shipped follows the schema.

. "${QWR_SRCDIR:-.}/tests/lint/lib.sh"

command -v xmllint >/dev/null 2>&1 || skip_all "xmllint is not installed"
[ -e data/schema/scenario.xsd ] || skip_all "there is no schema"

for schema in data/schema/*.xsd; do
    check "$schema is well formed" xmllint --nonet --noout "$schema"
done
for file in data/scenarios/*.xml; do
    [ -e "$file" ] || continue
    check "$file follows the schema" xmllint --nonet --noout --schema data/schema/scenario.xsd "$file"
done
finish

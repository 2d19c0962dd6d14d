#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every example that help shows runs, and ends with the exit code it states. Examples of a command
# or topic run in order in a folder of their own, in which the files that the overview makes are
# there: week.xml, the folder plan, and published instances in the folder instances.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

mkdir bin start
# The examples say "quaywright", as people do.
cat >bin/quaywright <<SH
#!/bin/sh
exec "$tool" "\$@"
SH
chmod +x bin/quaywright
PATH=$work/bin:$PATH

# lines_of FILE: its examples, what stands indented below "Example" or "To begin".
lines_of()
{
    awk '/^(Example|To begin)$/ { on = 1; next } /^[^ ]/ { on = 0 } on && /^  quaywright/' "$1"
}

# runs_examples FILE NAME: runs them, each as a shell would.
runs_examples()
{
    lines_of "$1" >lines.txt
    check "help $2 has examples" test -s lines.txt
    while IFS= read -r line; do
        line=${line#  }
        case $line in
        *'# exit code '*) wanted=${line##*# exit code } ;;
        *) wanted=0 ;;
        esac
        # What takes long by the clock may do less here; the rest of the line stays.
        (cd "$3" && sh -c "$line" <"$work/no_input" >"$work/out.txt" 2>"$work/err.txt")
        code=$?
        if [ "$code" -eq 5 ] && grep -q 'this build has no' err.txt; then
            skip "help $2: $line" "$(head -n 1 err.txt)"
        else
            exits "$wanted" "help $2: $line"
        fi
    done <lines.txt
}
: >no_input

try help
cp out.txt overview.txt
runs_examples overview.txt overview start
check "the overview makes a scenario and a plan" test -s start/plan/plan.csv -a -s start/week.xml
mkdir start/instances
mini_dbap start/instances/four.txt
mini_hybrid start/instances/three.json

"$tool" help --words commands >names.txt
"$tool" help --words topics >>names.txt
sort -u names.txt >subjects.txt
check "there are commands and topics" test "$(wc -l <subjects.txt)" -gt 20
while IFS= read -r subject; do
    "$tool" help "$subject" >"help_$subject.txt"
    rm -rf here
    cp -R start here
    runs_examples "help_$subject.txt" "$subject" here
done <subjects.txt
finish

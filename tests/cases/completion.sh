#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The completion scripts: bash's is sourced and asked; zsh's and fish's are read by their shells
# where these are installed, and name every command and option in any case.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

for shell in bash zsh fish; do
    try help --completion $shell
    exits 0 "there is a script for $shell"
    cp out.txt "script.$shell"
done
runs 1 'one of bash\|zsh\|fish.*did you mean zsh' "an unknown shell names the nearest" \
    help --completion zhs

for name in $("$tool" help --words commands); do
    missing=$("$tool" help "$name" | sed -n 's/^  --\([a-z-]*\).*/\1/p' | while read -r option; do
        grep -q -e "$name) .*--$option\( \|'\)" script.bash || echo "bash --$option"
        grep -q -e "--${option}[=[]" script.zsh || echo "zsh --$option"
        grep -q -e "__fish_seen_subcommand_from $name' -l $option " script.fish ||
            echo "fish --$option"
    done)
    none "the scripts know every option of $name" "$missing"
done

bash=$(command -v bash)
if [ -z "$bash" ]; then
    skip "bash completes" "bash is not installed"
    finish
fi
check "bash can read its script" "$bash" -n script.bash
if command -v shellcheck >/dev/null 2>&1; then
    check "shellcheck finds nothing in it" shellcheck --severity=warning --shell=bash script.bash
else
    skip "shellcheck finds nothing in it" "shellcheck is not installed"
fi
mkdir desk desk/folder
mini_xml desk/week.xml
: >desk/plan.csv
: >desk/notes.txt
: >desk/module.so
cat >ask.bash <<'BASH'
# Words of the command line, the last one under the cursor: prints what bash would offer.
. ../script.bash
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_quaywright
printf '%s\n' "${COMPREPLY[@]}"
BASH

# offers NAME EXPECTED WORDS...: the offer for the last of WORDS is EXPECTED, in any order.
offers()
{
    offers_name=$1
    offers_wanted=$2
    shift 2
    (cd desk && "$bash" ../ask.bash "$tool" "$@" 2>&1) | LC_ALL=C sort | tr '\n' ' ' >offer.txt
    if [ "$(cat offer.txt)" = "$offers_wanted " ] ||
        { [ -z "$offers_wanted" ] && [ "$(cat offer.txt)" = ' ' ]; }; then
        ok "$offers_name"
    else
        not_ok "$offers_name" "expected '$offers_wanted', got '$(cat offer.txt)'"
    fi
}

offers "a command is completed" "plan plugin" pl
offers "an option is completed" "--deadline" plan --dea
offers "the words of an option are completed" "avx2 avx512" plan --simd av
offers "words after an equals sign are completed" "avx2 avx512" plan --simd = av
offers "all words after an equals sign are offered" "auto avx2 avx512 generic" plan --simd =
offers "the first word of plugin is completed" "check list options" plugin ''
offers "the first word of solver is completed" "test" solver te
offers "topics are completed" "scenario-xml" help scen
offers "elements are completed" "call" help scenario-xml cal
offers "folders are offered where one is meant" "folder" plan week.xml --out f
offers "files of an extension are offered where one is meant" "plan.csv" plan week.xml --history p
offers "a scenario is offered before a plan" "folder notes.txt plan.csv week.xml" check ''
offers "profiles are asked for" "feeder" generate --profile fee
offers "modules are offered where one is meant" "folder module.so" plugin check ''
offers "scenarios alone are offered to plan" "folder notes.txt week.xml" plan ''
offers "solvers are asked for" "enum" plan week.xml --solver en
offers "library options are asked for" "threads" plan week.xml --option thr
offers "numbers are not guessed" "" plan week.xml --seed ''

if command -v zsh >/dev/null 2>&1; then
    check "zsh can read its script" zsh -n script.zsh
else
    skip "zsh can read its script" "zsh is not installed"
fi
if command -v fish >/dev/null 2>&1; then
    check "fish can read its script" fish --no-execute script.fish
    # fish_offers NAME EXPECTED LINE: the words offered for LINE, without their explanations.
    fish_offers()
    {
        HOME=$work fish -c "source script.fish; cd desk; complete -C '$3'" 2>&1 | cut -f 1 |
            LC_ALL=C sort | tr '\n' ' ' >offer.txt
        check "$1" test "$(cat offer.txt)" = "$2 "
    }
    fish_offers "fish completes a command" "plan plugin" "quaywright pl"
    fish_offers "fish completes an option" "--deadline" "quaywright plan --dea"
    fish_offers "fish completes words" "avx2 avx512" "quaywright plan --simd av"
    fish_offers "fish completes topics" "scenario-xml" "quaywright help scen"
else
    skip "fish can read its script" "fish is not installed"
fi
finish

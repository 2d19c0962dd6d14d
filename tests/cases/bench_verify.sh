#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Solutions made by anyone: what is legal, what is broken, what they claim, and that a bad file is a
# row and not the end.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

columns=instance,problem,solution,status,value,claimed,claim_holds,best_known,best_known_proven,over_best_pct,violations,rule,message,version,instance_hash

mkdir set sol
mini_dbap set/d-1.txt
mini_hybrid set/h-1.json
mini_xml set/x-1.xml
printf 'instance,best_known,proven_optimal\nd-1,14,1\nh-1,7,1\n' >set/best_known.csv

# cell ROW COLUMN: of verdict.csv, which holds no quoted comma before the column `message`.
cell()
{
    awk -F, -v row="$1" -v name="$2" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i }
        $1 == row { print $at }' verdict.csv
}

# holds ROW COLUMN VALUE NAME
holds()
{
    check "$4" test "$(cell "$1" "$2")" = "$3"
}

# verify ARGS...
verify()
{
    try bench set --verify sol --csv verdict.csv "$@"
}

# Our own, for every format.
try bench set --work-limit 20000 --solutions sol --csv result.csv --quiet
verify
exits 0 "our own solutions pass"
check "the header is as promised" test "$(head -n 1 verdict.csv)" = "$columns"
for name in d-1 h-1 x-1; do
    holds "$name" status legal "the solution of $name is legal"
    check "the value of $name is the one of the run" test "$(cell "$name" value)" = \
        "$(awk -F, -v row="$name" '$1 == row { print $3 }' result.csv)"
    check "$name has the hash of the run" test "$(cell "$name" instance_hash)" = \
        "$(awk -F, -v row="$name" '$1 == row { print $17 }' result.csv)"
done
holds d-1 over_best_pct 0.0000 "a value that is the best known is 0 % above it"
holds d-1 claim_holds '' "nothing is claimed"
prints out.txt '3 solutions: 3 legal, 0 broken' "the summary counts"
try bench set --verify sol --json
json out.txt "what --json prints is JSON"
try bench set --verify sol --quiet
check "--quiet prints nothing" test ! -s out.txt -a ! -s err.txt

# A claim: a list, a remark, a plan of ours.
verify --claims result.csv
exits 0 "a result of ours is a list of claims"
holds x-1 claim_holds 1 "the claim of x-1 holds"
printf 'instance,value\nd-1,13\nh-1,8\n' >sol/claims.csv
verify
exits 3 "a false claim ends with 3"
holds d-1 claim_holds 0 "the claim of d-1 is false"
holds d-1 status legal "its solution is legal all the same"
holds h-1 claim_holds 1 "the claim of h-1 holds"
prints out.txt 'it claims 13; its value is 14' "the message says both values"
{ echo '# value 14'; cat sol/d-1.csv; } >claim.csv
mv claim.csv sol/d-1.csv
verify
exits 0 "what the file states goes before the list"
holds d-1 claimed 14 "a remark states a claim"
rm sol/claims.csv
printf 'instance,values\nd-1,14\n' >claims.csv
runs 2 'no column value; is values meant' "a list of claims without values is refused" \
    bench set --verify sol --claims claims.csv
runs 2 'nowhere\.csv' "a list of claims that is not there is refused" \
    bench set --verify sol --claims nowhere.csv
try plan set/d-1.txt --work-limit 20000 --out plan --quiet
cp plan/plan.xml sol/d-1.xml
cp plan/plan.json sol/d-1.json
verify
exits 0 "plans as XML and JSON are verified too"
check "each file has its row" test "$(cell d-1 claimed | tr '\n' ' ')" = '14 14 14 '
sed 's/value="14"/value="13"/; s/cost_mu="14000"/cost_mu="13000"/' plan/plan.xml >sol/d-1.xml
verify
exits 3 "a false claim in a plan file ends with 3"
rm sol/d-1.xml sol/d-1.json

# Broken rules. The second vessel of d-1 has the first berth from 4 on, where the first lies.
cat >sol/d-1.csv <<'CSV'
vessel,place,start,end
1,1,0,5
2,1,4,12
3,1,12,15
4,2,6,8
CSV
verify
exits 3 "a broken rule ends with 3"
holds d-1 status broken "a solution with an overlap is broken"
holds d-1 rule berth-busy "the rule is named"
holds d-1 violations 1 "violations are counted"
holds h-1 status legal "the others are verified all the same"
prints out.txt 'call V1 and call V2 are both at berth B1' "the sentence names what is wrong"
sed -i '/^4,/d; s/^2,1,4,12/2,2,0,4/; s/^3,1,12,15/3,1,5,8/' sol/d-1.csv
verify
exits 3 "a vessel left out ends with 3"
holds d-1 rule placed "a vessel left out is named"
holds d-1 value '' "what is not complete has no value"
printf 'vessel,place,start\n1,1,0\n2,2,0\n3,1,5\n4,2,6\n' >sol/d-1.csv
verify
exits 0 "ends follow from handling times"
holds d-1 value 14 "and give the value"

# Below a proven optimum: the list must be wrong, and that is worth a word.
printf 'instance,best_known,proven_optimal\nd-1,15,1\n' >set/best_known.csv
verify
exits 0 "a value below the listed optimum is no fault of the solution"
prints out.txt 'below the value listed as proven optimal, 15' "but is pointed out"
holds d-1 over_best_pct -6.6667 "and is negative in percent"

# Files that are missing or cannot be read are rows.
rm sol/h-1.csv
printf 'vessel,place,start,end\n1,here,0,5\n' >sol/x-1.csv
printf 'vessel,place,begin,end\n' >sol/d-1.csv
verify
exits 2 "missing and unreadable solutions end with 2"
holds h-1 status missing "a missing solution is a row"
holds d-1 status unreadable "an unreadable solution is a row"
prints out.txt 'unknown column begin' "its message names the column"
printf '\000\001\002' >sol/d-1.csv
verify
holds d-1 status unreadable "any bytes are no solution"
: >sol/d-1.csv
verify
holds d-1 status unreadable "an empty file is no solution"
mini_dbap set/d-2.txt
sed -i '6,$d' set/d-2.txt
cp sol/x-1.csv sol/d-2.csv
verify
holds d-2 status unreadable "an instance that cannot be read is a row"
rm set/d-2.txt
verify
prints err.txt 'sol/d-2\.csv: there is no instance of this name' "a stray solution is named"
runs 2 'nowhere: No such file' "a folder of solutions must be there" bench set --verify nowhere
runs 1 'folder or file of instances is missing' "instances are needed" bench --verify sol

# The checker reads solutions on their own, too.
printf 'vessel,place,start,end\n1,1,0,5\n2,2,0,4\n3,1,5,8\n4,2,6,8\n' >by_hand.csv
runs 0 'The plan is legal: 4 calls, cost 14' "check reads a solution" check set/d-1.txt by_hand.csv

# Published instances: what a run writes, verified against the best known values.
dir=${QWR_BENCHMARKS-}/cordeau_I2_reconstructed
if [ -d "$dir" ]; then
    try bench "$dir" --match '25x10-*' --work-limit 5000 --solutions published --quiet
    try bench "$dir" --match '25x10-*' --verify published --csv verdict.csv
    exits 0 "solutions of published instances are legal"
    awk -F, 'NR > 1 && $4 == "legal" && $10 >= 0 { print $1 }' verdict.csv >good
    check "none of them is below a proven optimum" test "$(wc -l <good)" -eq 5
else
    skip "solutions of published instances are legal" "QWR_BENCHMARKS names no such folder"
fi
finish

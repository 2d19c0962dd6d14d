#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A sweep as a Slurm job array: one job a shard, and a job that merges when all have ended.
#
#   ./submit.sh SHARDS[%AT_ONCE] STORE BASE --vary VARIABLE=LEVELS... [OPTIONS OF SWEEP]
#
# QUAYWRIGHT names the tool, SBATCH_* and SUBMIT_OPTIONS what your cluster wants. The shards stand in
# STORE.shards/; submit the same again and only what is missing runs. With more shards than machines
# the merged store is the same to the byte: a run depends on its task alone.
set -eu

if [ $# -lt 4 ]; then
    echo "usage: $0 SHARDS[%AT_ONCE] STORE BASE --vary VARIABLE=LEVELS... [OPTIONS]" >&2
    exit 1
fi
here=$(cd "$(dirname "$0")" && pwd)
shards=${1%%%*}
at_once=${1#"$shards"}
store=$2
shift 2
QUAYWRIGHT=${QUAYWRIGHT:-quaywright}
export QUAYWRIGHT
mkdir -p "$store.shards"

# shellcheck disable=SC2086 # words of a command
array=$(sbatch --parsable --array="1-$shards$at_once" --output="$store.shards/%a.log" \
    ${SUBMIT_OPTIONS-} "$here/sweep.sbatch" "$shards" "$store" "$@")
array=${array%%;*}
# afterany: a shard with failed runs ends with 3, and its rows are wanted all the same.
# shellcheck disable=SC2086
merge=$(sbatch --parsable --dependency="afterany:$array" --output="$store.shards/merge.log" \
    ${SUBMIT_OPTIONS-} "$here/merge.sbatch" "$shards" "$store")
echo "array $array, merge ${merge%%;*}; then: $QUAYWRIGHT sweep report $store"

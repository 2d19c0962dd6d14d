#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The sweep under mpirun: 1, 2 and 4 ranks make the same merged store, and it is that of one process.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

command -v mpicc >/dev/null 2>&1 || skip_all "mpicc is not installed"
command -v mpirun >/dev/null 2>&1 || skip_all "mpirun is not installed"
mini_xml base.xml
try sweep base.xml --vary cranes.count=2 --store probe --work-limit 50
[ "$code" -eq 0 ] || skip_all "this build has no sweep"

# One thread a process, also for root, also with fewer processors than ranks.
OMP_NUM_THREADS=1
OMPI_ALLOW_RUN_AS_ROOT=1
OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
OMPI_MCA_rmaps_base_oversubscribe=1
OMPI_MCA_btl_vader_single_copy_mechanism=none
export OMP_NUM_THREADS OMPI_ALLOW_RUN_AS_ROOT OMPI_ALLOW_RUN_AS_ROOT_CONFIRM
export OMPI_MCA_rmaps_base_oversubscribe OMPI_MCA_btl_vader_single_copy_mechanism
check "the driver builds without a warning" make -s -f "$QWR_SRCDIR/examples/mpi/Makefile" \
    VPATH="$QWR_SRCDIR/examples/mpi" CFLAGS='-std=gnu11 -O1 -Wall -Wextra -Werror' sweep_mpi
if [ ! -x sweep_mpi ] || ! timeout 60 mpirun -n 1 true >mpi.txt 2>&1; then
    skip "ranks share a sweep" "mpirun does not run here: $(tail -n 1 mpi.txt 2>/dev/null)"
    finish
fi

# Arguments of the study that every number of ranks runs.
study()
{
    set -- "$@" base.xml --vary cranes.count=2..4 --vary 'calls.eta_shift=normal(0,2h)' \
        --replications 8 --work-limit 300
    "$@" >out.txt 2>err.txt </dev/null
    code=$?
}

study "$tool" sweep --store whole
exits 0 "one process runs the sweep"
try sweep merge plain whole
for ranks in 1 2 4; do
    study timeout 120 mpirun -n "$ranks" ./sweep_mpi --shards 6 --tool "$tool" "m$ranks"
    exits 0 "$ranks ranks run the sweep"
    prints out.txt '24 of 24 runs from 6 stores' "$ranks ranks run every task"
    same plain/sweep.sqlite "m$ranks/sweep.sqlite" "$ranks ranks make the bytes of one process"
done
study timeout 120 mpirun -n 2 ./sweep_mpi --shards 6 --tool "$tool" m2
exits 0 "the same command again has nothing to do"
same plain/sweep.sqlite m2/sweep.sqlite "it changes nothing"
study timeout 120 mpirun -n 2 ./sweep_mpi --tool ./nowhere m5
check "a tool that is not there is an error" test "$code" -ne 0
check "of which it speaks" grep -q 'nowhere cannot be run' err.txt
finish

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The sweep as a Slurm job array on a private one-node cluster: 1, 2 and 4 jobs at once make the same
# merged store, and it is that of one process. Leaves no process behind.

. "${QWR_SRCDIR:?}/tests/cases/lib.sh"

[ "$(id -u)" -eq 0 ] || skip_all "a private Slurm needs root"
for program in slurmctld slurmd munged sbatch scontrol sinfo squeue; do
    command -v "$program" >/dev/null 2>&1 || skip_all "$program is not installed"
done
id munge >/dev/null 2>&1 || skip_all "there is no user munge"
mini_xml base.xml
try sweep base.xml --vary cranes.count=2 --store probe --work-limit 50
[ "$code" -eq 0 ] || skip_all "this build has no sweep"

# Sockets have short paths, and munged wants folders that nobody else may write.
cluster=$(mktemp -d /tmp/qwr-slurm.XXXXXX) || exit 99
daemons=

# Ends what this script started, whatever happened before. Only a cluster of its own is told to stop.
# shellcheck disable=SC2317 # called by the trap
stop_cluster()
{
    if [ "${SLURM_CONF-}" = "$cluster/slurm.conf" ]; then
        timeout 5 scancel --user root >/dev/null 2>&1
        timeout 10 scontrol shutdown >/dev/null 2>&1
        sleep 1
    fi
    for signal in TERM KILL; do
        for daemon in $daemons; do
            kill -s "$signal" "$daemon" 2>/dev/null
        done
        sleep 0.5
    done
    wait
    rm -rf "$cluster" "$work"
}
trap stop_cluster EXIT
trap 'exit 1' HUP INT TERM

start_munge()
{
    mkdir "$cluster/munge"
    dd if=/dev/urandom of="$cluster/munge/key" bs=64 count=1 2>/dev/null
    chown -R munge: "$cluster/munge"
    chmod 700 "$cluster/munge"
    chmod 600 "$cluster/munge/key"
    chmod 755 "$cluster"
    chmod 711 "$cluster/munge"
    setpriv --reuid=munge --regid="$(id -g munge)" --clear-groups \
        munged --foreground --force --socket="$cluster/munge/socket" \
        --key-file="$cluster/munge/key" --pid-file="$cluster/munge/pid" \
        --log-file="$cluster/munge/log" --seed-file="$cluster/munge/seed" \
        >"$cluster/munged.txt" 2>&1 &
    daemons="$daemons $!"
    tries=0
    while [ ! -S "$cluster/munge/socket" ] && [ "$tries" -lt 40 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
    [ -S "$cluster/munge/socket" ]
}

# Ports that nobody else is likely to hold, from the number of this process.
port=$((20000 + $$ % 20000))
node=$(hostname)
write_conf()
{
    mkdir "$cluster/state" "$cluster/spool"
    cat >"$cluster/slurm.conf" <<CONF
ClusterName=qwr
SlurmctldHost=$node(127.0.0.1)
SlurmUser=root
SlurmctldPort=$port
SlurmdPort=$((port + 1))
AuthType=auth/munge
AuthInfo=socket=$cluster/munge/socket
CryptoType=crypto/munge
StateSaveLocation=$cluster/state
SlurmdSpoolDir=$cluster/spool
SlurmctldPidFile=$cluster/slurmctld.pid
SlurmdPidFile=$cluster/slurmd.pid
SlurmctldLogFile=$cluster/slurmctld.log
SlurmdLogFile=$cluster/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=1,bf_interval=1
SlurmdParameters=config_overrides
ReturnToService=2
MpiDefault=none
NodeName=$node NodeAddr=127.0.0.1 CPUs=4 State=UNKNOWN
PartitionName=all Nodes=$node Default=YES MaxTime=INFINITE State=UP
CONF
}

# idle: 1 if the node takes jobs within some seconds.
idle()
{
    tries=0
    while [ "$tries" -lt 40 ]; do
        if timeout 5 sinfo -h -o %T 2>/dev/null | grep -q idle; then return 0; fi
        tries=$((tries + 1))
        sleep 0.25
    done
    return 1
}

start_cluster()
{
    start_munge || return 1
    write_conf
    SLURM_CONF=$cluster/slurm.conf
    export SLURM_CONF
    slurmctld -D >"$cluster/slurmctld.txt" 2>&1 &
    daemons="$daemons $!"
    slurmd -D -N "$node" >"$cluster/slurmd.txt" 2>&1 &
    daemons="$daemons $!"
    idle
}
if ! start_cluster; then
    tail -n 2 "$cluster"/*.txt "$cluster"/*.log 2>/dev/null | sed 's/^/# /'
    skip_all "Slurm does not come up here"
fi

try sweep base.xml --vary cranes.count=2..4 --vary 'calls.eta_shift=normal(0,2h)' \
    --replications 6 --work-limit 300 --store whole
exits 0 "one process runs the sweep"
try sweep merge plain whole

# wait_for FILE: up to 40 s.
wait_for()
{
    tries=0
    while [ ! -e "$1" ] && [ "$tries" -lt 160 ]; do
        tries=$((tries + 1))
        sleep 0.25
    done
    [ -e "$1" ]
}

QUAYWRIGHT=$tool
export QUAYWRIGHT
for workers in 1 2 4; do
    timeout 20 "$QWR_SRCDIR/examples/slurm/submit.sh" "4%$workers" "$work/s$workers" \
        "$work/base.xml" --vary cranes.count=2..4 --vary 'calls.eta_shift=normal(0,2h)' \
        --replications 6 --work-limit 300 >out.txt 2>err.txt
    code=$?
    exits 0 "an array of 4 shards, $workers at once, is submitted"
    prints out.txt 'array [0-9]+, merge [0-9]+; then: ' "its jobs are named"
    if wait_for "s$workers/sweep.sqlite"; then
        same plain/sweep.sqlite "s$workers/sweep.sqlite" \
            "$workers jobs at once make the bytes of one process"
    else
        not_ok "$workers jobs at once make the bytes of one process" \
            "$(squeue 2>&1; cat "s$workers.shards"/*.log 2>&1; tail -n 5 "$cluster"/slurm*.log)"
    fi
done
finish

#!/bin/sh
# A batch on a Slurm cluster of two nodes on this machine, one of them drained and then lost in the middle: the same bytes as without.
# usage, as root, from the repository root: sh tests/slurm.sh BINARY
# On Debian: apt-get install slurm-wlm munge
#
# Takes two to three minutes: Slurm lets a task wait for two that it took from a lost node.
# Starts munged, slurmctld and two slurmd of its own, in a folder of its own and on ports of its own (17000 to 17002), and stops them.
set -u
LC_ALL=C
export LC_ALL
[ $# -eq 1 ] && [ -x "$1" ] || { echo "usage: sh tests/slurm.sh BINARY" >&2; exit 2; }
SORTIE=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
for program in munged slurmctld slurmd sbatch scontrol squeue; do
    command -v $program > /dev/null || { echo "skip: no $program; apt-get install slurm-wlm munge"; exit 0; }
done
[ "$(id -u)" -eq 0 ] || { echo "skip: not root"; exit 0; }
# munged wants every folder above its socket to be writable for root alone
TMP=$(mktemp -d /run/sortie-slurm-XXXXXX)
chmod 755 "$TMP"
stop() {
    scancel --state=PENDING,RUNNING --user=root 2> /dev/null
    for file in slurmd.n1.pid slurmd.n2.pid slurmctld.pid munge/pid; do
        [ ! -s "$TMP/$file" ] || kill "$(cat "$TMP/$file")" 2> /dev/null
    done
    sleep 1
    rm -rf "$TMP"
}
trap stop EXIT
trap 'exit 130' INT TERM
passed=0 failed=0
verdict() { # STATUS NAME
    if [ "$1" -eq 0 ]; then passed=$((passed + 1)); echo "good $2"; else failed=$((failed + 1)); echo "FAIL $2"; fi
}

# --- the cluster ---------------------------------------------------------------------------------------------------------

mkdir -m 755 "$TMP/munge" "$TMP/state" "$TMP/spool.n1" "$TMP/spool.n2"
dd if=/dev/urandom of="$TMP/munge/key" bs=1024 count=1 2> /dev/null
chmod 600 "$TMP/munge/key"
host=$(hostname -s)
cat > "$TMP/slurm.conf" <<CONF
ClusterName=sortie
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=17000
AuthType=auth/munge
AuthInfo=socket=$TMP/munge/socket
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$TMP/state
SlurmdSpoolDir=$TMP/spool.%n
SlurmctldPidFile=$TMP/slurmctld.pid
SlurmdPidFile=$TMP/slurmd.%n.pid
SlurmctldLogFile=$TMP/slurmctld.log
SlurmdLogFile=$TMP/slurmd.%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SwitchType=switch/none
MpiDefault=none
ReturnToService=0
KillWait=2
SchedulerParameters=sched_interval=1
JobRequeue=1
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
NodeName=n[1-2] NodeHostname=$host NodeAddr=127.0.0.1 Port=[17001-17002] CPUs=1 RealMemory=1000 State=UNKNOWN
PartitionName=all Nodes=n[1-2] Default=YES MaxTime=INFINITE State=UP
CONF
SLURM_CONF=$TMP/slurm.conf
export SLURM_CONF
munged --force --key-file="$TMP/munge/key" --socket="$TMP/munge/socket" --pid-file="$TMP/munge/pid" \
    --log-file="$TMP/munge/log" --seed-file="$TMP/munge/seed" &&
    slurmctld -f "$SLURM_CONF" && slurmd -N n1 -f "$SLURM_CONF" && slurmd -N n2 -f "$SLURM_CONF"
verdict $? "munged, slurmctld and two slurmd start"

# until_true SECONDS COMMAND...
until_true() {
    left=$(($1 * 5))
    shift
    until "$@"; do
        [ $left -gt 0 ] || return 1
        left=$((left - 1))
        sleep 0.2
    done
}
nodes_idle() { [ "$(sinfo -h -N -o %t 2> /dev/null | grep -c idle)" -eq 2 ]; }
until_true 20 nodes_idle
verdict $? "two nodes are idle"

# --- the batch, here and there -------------------------------------------------------------------------------------------

mkdir "$TMP/in"
for family in hub-and-spoke island-evacuation medical-bridge; do
    seed=1
    while [ $seed -le 24 ]; do
        "$SORTIE" generate --family $family --seed $seed --size 2 --days 1 -q -o "$TMP/in/$family-$seed.json" || exit 1
        seed=$((seed + 1))
    done
done
PARTS=12
"$SORTIE" batch "$TMP/in" -o "$TMP/here" --time-limit 60 --quiet
"$SORTIE" batch "$TMP/in" -o "$TMP/there" --time-limit 60 --slurm $PARTS 2> "$TMP/said"
verdict $? "submitted: $(cat "$TMP/said")"

rows() { cat "$TMP"/there/journal*.jsonl 2> /dev/null | grep -c '"instance"'; }
rows_from() { [ "$(rows)" -ge "$1" ]; }
running_on() { squeue -h -t RUNNING -o '%N' | grep -c "$1"; }
both_busy() { [ "$(running_on n1)" -ge 1 ] && [ "$(running_on n2)" -ge 1 ]; }
until_true 30 both_busy
verdict $? "both nodes work"
until_true 60 rows_from 10
scontrol update nodename=n2 state=drain reason=test
rows_at_drain=$(rows)
echo "n2 drained after $rows_at_drain of 72 rows: $(sinfo -h -N -o '%N %t' | tr '\n' ' ')"
none_on_n2() { [ "$(running_on n2)" -eq 0 ]; }
n1_busy() { [ "$(running_on n1)" -ge 1 ]; } # between two tasks it is not, for a moment
until_true 60 none_on_n2 && sleep 2 && until_true 10 n1_busy && none_on_n2 && [ "$(squeue -h -t PENDING | wc -l)" -ge 1 ]
verdict $? "the task on the drained node ends and none begins there, though some wait"
scontrol update nodename=n2 state=resume
until_true 30 both_busy
busy=$(squeue -h -t RUNNING -w n2 -o '%i')
scontrol update nodename=n2 state=down reason=test
echo "n2 lost with task $busy after $(rows) rows"
gone() { [ -z "$(squeue -h -o %i)" ]; }
until_true 300 gone
verdict $? "all jobs end: $(squeue -h | wc -l) left, $(rows) rows"
[ "$rows_at_drain" -ge 10 ] && [ "$rows_at_drain" -lt 72 ]
verdict $? "the node was drained in the middle: after $rows_at_drain of 72"
cmp "$TMP/here/answers.csv" "$TMP/there/answers.csv" && diff -r "$TMP/here/schedules" "$TMP/there/schedules"
verdict $? "answers.csv and schedules: the same bytes as here"
[ "$(wc -l < "$TMP/there/results.csv")" -eq 73 ] && [ "$(grep -h '"instance"' "$TMP"/there/journal*.jsonl | sed 's/,"sha256.*//' | sort | uniq -d | wc -l)" -eq 0 ]
verdict $? "72 rows, none done twice"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]

#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What a second core brings to `plenum verify`: both ways in turn, medians by the clock. Only a quiet machine can say it.
#   bench/two_cores.sh BUILD RECORD… [-- ROUNDS]
# BUILD is a build folder with plenum, RECORD a .bel file or a folder with one; ROUNDS is 9 unless it is given.
set -eu
build=$1 rounds=9 records=()
shift
while [ "$#" -gt 0 ]; do
    if [ "$1" = -- ]; then
        rounds=$2
        break
    fi
    records+=("$1")
    shift
done
wall_ms() { # jobs, record: milliseconds by the clock, and those of all cores
    local TIMEFORMAT='%R %U %S'
    { time "$build/plenum" verify "$2" --jobs "$1" >/dev/null; } 2>&1 | awk '{printf "%.0f %.0f\n", 1000 * $1, 1000 * ($2 + $3)}'
}
median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }
for record in "${records[@]}"; do
    one=() two=() busy=()
    for ((round = 0; round < rounds; ++round)); do
        read -r wall _ < <(wall_ms 1 "$record")
        one+=("$wall")
        read -r wall all < <(wall_ms 2 "$record")
        two+=("$wall") busy+=("$all")
    done
    printf '%s\n' "$(printf '%s\n' "${one[@]}" | median) $(printf '%s\n' "${two[@]}" | median) $(printf '%s\n' "${busy[@]}" | median)" |
        awk -v record="$record" '{printf "%s: one core %d ms, two %d ms (%d ms of both): %.2f times\n", record, $1, $2, $3, $1 / $2}'
done
echo "load $(cut -d' ' -f1-3 /proc/loadavg)"

#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Counts the same ballots with plenum and with belenios-tool (Debian package) in one run and prints milliseconds of processor time.
#   bench/count_compare.sh BUILD FILE.soi SEATS
# BUILD is a build folder with bench/count_bench and plenum. "whole" is a process from start to end, the median of 101;
# "work" is reading and counting alone: of belenios-tool the whole less what the same command takes for one ballot, of
# Plenum the median over a second inside one process. Plenum reads FILE as it is and, beside it, the list made for the tool.
set -eu
build=$1 file=$2 seats=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$build/bench/count_bench" lists "$file" "$work/lists.json"
echo '[[1]]' >"$work/one.json"

processor_ms() { # input, command…
    "$build/bench/count_bench" processes 101 "$@"
}
compare() { # method of plenum, words for belenios-tool…
    local method=$1 tool start ours
    shift
    tool=$(processor_ms "$work/lists.json" belenios-tool method "$@")
    start=$(processor_ms "$work/one.json" belenios-tool method "$@")
    ours=$(processor_ms /dev/null "$build/plenum" count "$file" --method "$method" --seats "$seats" --json)
    {
        echo "$tool $start $ours"
        "$build/bench/count_bench" often "$file" "$method" "$seats"
        "$build/bench/count_bench" often "$work/lists.json" "$method" "$seats"
    } | awk -v method="$method" '
        NR == 1 { whole = $1; work = $1 - $2; ours = $3 }
        NR == 2 { file = 1000 * ($1 + $2) }
        NR == 3 {
            list = 1000 * ($1 + $2)
            printf "%s, whole: belenios-tool %.2f ms, plenum %.2f ms: %.1f times\n", method, whole, ours, whole / ours
            printf "%s, work: belenios-tool %.2f ms; plenum %.3f ms from the file: %.0f times; %.3f ms from the list: %.0f times\n",
                method, work, file, work / file, list, work / list
        }'
}
compare belenios-stv stv --nseats="$seats"
compare schulze schulze --blank-allowed=false

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Counts the same ballots with plenum and with belenios-tool (Debian package), one after the other, and prints seconds by processor.
#   bench/count_compare.sh BUILD FILE.soi SEATS
# BUILD is a build folder with bench/count_bench and plenum.
set -eu
build=$1 file=$2 seats=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$build/bench/count_bench" lists "$file" "$work/lists.json"
measure() { # label, command…: user + system seconds of ten runs, divided by ten
    label=$1
    shift
    /bin/bash -c 'TIMEFORMAT="%U %S"; time (for i in 1 2 3 4 5 6 7 8 9 10; do "$@" <"'"$work"'/lists.json" >/dev/null; done)' _ "$@" 2>"$work/time"
    awk -v label="$label" '{printf "%-28s %.4f s\n", label, ($1 + $2) / 10}' "$work/time"
}
measure "plenum belenios-stv" "$build/plenum" count "$file" --method belenios-stv --seats "$seats" --json
measure "belenios-tool stv" belenios-tool method stv --nseats="$seats"
measure "plenum schulze" "$build/plenum" count "$file" --method schulze --seats 1 --json
measure "belenios-tool schulze" belenios-tool method schulze --blank-allowed=false

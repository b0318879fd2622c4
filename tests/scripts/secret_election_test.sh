#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The example of docs/secret-election.md holds, from the credentials to the count. $1: the program.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
LC_ALL=C examples/secret-election/hold.sh "$1" "$folder" >"$folder/said"
for line in 'Verified: the record of “Election of the audit committee” is complete' '    2  Yes' \
    'Shuffles of the rankings: 2; by the trustees: 1, 2' 'Ballots: 4 read, 4 valid' 'Elected: Bo Sample, Ann Example'; do
    if ! grep -qF "$line" "$folder/said"; then
        echo "not said: $line"
        exit 1
    fi
done
# What each trustee wrote down is what the verifier lists.
grep -o 'Hash of this shuffle: [0-9a-f]*' "$folder/said" | grep -o '[0-9a-f]\{64\}' | while read -r hash; do
    grep -q "Shuffle by trustee [12]: $hash" "$folder/said"
done

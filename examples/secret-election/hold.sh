#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A whole secret election with a ranking, by two trustees: each step as the person does it whose step it is.
#   examples/secret-election/hold.sh PLENUM FOLDER
# docs/secret-election.md says who does what, and why on machines of their own; here all of them share FOLDER.
set -euo pipefail
if [ $# -ne 2 ]; then
    echo "usage: $0 PLENUM FOLDER" >&2
    exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
plenum=$(realpath "$1")
mkdir -p "$2" && cd "$2"
group=Ed25519

# The credential authority: a credential for each voter, printed on slips.
uuid=$("$plenum" evote uuid)
"$plenum" evote credentials --group $group --uuid "$uuid" --voters "$here/voters.txt"

# Each trustee, alone: a key pair. The .privkey never leaves the trustee's machine.
mkdir -p trustee-1 trustee-2
"$plenum" evote trustee-key --group $group --out trustee-1
"$plenum" evote trustee-key --group $group --out trustee-2

# The secretariat: the election with the trustees' public keys, and the record, open for ballots.
"$plenum" evote trustees --group $group --keys trustee-1/*.pubkey trustee-2/*.pubkey --out trustees.json
"$plenum" evote election --group $group --uuid "$uuid" --template "$here/questions.json" --trustees trustees.json --out election.json
"$plenum" evote setup --election election.json --trustees trustees.json --credentials "$uuid.pubcreds"
record=$uuid.bel

# Each voter: a ballot. What it says is known to the voter's device only.
vote() { # line of the list of credentials, choices
    sed -n "$1p" "$uuid.privcreds" | sed 's/.* //' >credential
    echo "$2" >choices
    "$plenum" evote vote "$record" --credential credential --choices choices --out "ballot-$1"
    rm credential choices
}
vote 1 '[[0,1,0],[1,2,3]]'
vote 2 '[[0,1,0],[2,1,3]]'
vote 3 '[[0,0,1],[1,3,2]]'
vote 4 '[[1,0,0],[0,1,2]]'

# The secretariat: the ballots into the record, then the end of voting and the encrypted tally.
"$plenum" evote add-ballots "$record" ballot-*
"$plenum" evote close "$record"
"$plenum" evote tally "$record"

# Each trustee in turn: a shuffle of the rankings, so that nobody knows whose is whose. The trustee writes its hash down.
for trustee in 1 2; do
    "$plenum" evote shuffle "$record" --trustee $trustee --out trustee-$trustee/shuffle
    "$plenum" evote add-shuffle "$record" trustee-$trustee/shuffle
done
"$plenum" evote close-shuffles "$record"

# Each trustee: the own shuffle is among those listed; then the share of the decryption.
for trustee in 1 2; do
    "$plenum" evote decrypt "$record" --key trustee-$trustee/*.privkey --out trustee-$trustee/decryption
    "$plenum" evote add-decryption "$record" trustee-$trustee/decryption
done
"$plenum" evote result "$record"

# Anybody.
"$plenum" verify "$record" --issued 4
"$plenum" count "$record" --question 2 --method scotland --seats 2

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "election/election.h"

namespace plenum::election {
namespace {

void add(Election& election, const ElectionPrepared& event) {
    invariant(election.phase == Phase::absent);
    election.phase = event.list_fixed ? Phase::listed : Phase::prepared;
    election.id = event.election;
    election.congress = event.congress;
    election.body = event.body;
    election.seats = event.seats;
    election.members = event.members;
    election.title = event.title;
    election.rules = event.rules;
    election.anew = event.anew.value_or(0);
    election.round = event.round;
    election.round_kind = event.round_kind;
    election.runoff = event.runoff;
    election.list_fixed = event.list_fixed;
    election.follows = event.follows;
    election.may_stand = event.candidates;
    if (event.list_fixed) election.candidates = event.candidates;
}
void add(Election& election, const CandidatesNominated& event) {
    invariant(election.phase == Phase::prepared || election.phase == Phase::nominated);
    election.phase = Phase::nominated;
    election.candidates = event.candidates;
}
void add(Election& election, const ListAdopted& event) {
    invariant(election.phase == Phase::nominated);
    election.phase = Phase::listed;
    election.decision = event.decision;
    if (event.rules) election.rules = *event.rules;
}
void add(Election& election, const TellersAppointed& event) {
    invariant(election.phase == Phase::listed || election.phase == Phase::staffed);
    election.phase = Phase::staffed;
    election.scrutineers = event.scrutineers;
    election.tellers = event.tellers;
}
void add(Election& election, const BoxShownEmpty& event) {
    invariant(election.phase == Phase::staffed);
    election.phase = Phase::box_shown;
    election.witnesses = event.witnesses;
}
void add(Election& election, const BallotsIssued& event) {
    invariant(election.phase == Phase::box_shown);
    election.phase = Phase::issued;
    election.ballots = event;
}
void add(Election& election, const BallotsCollected& event) {
    invariant(election.phase == Phase::issued);
    election.phase = Phase::collected;
    election.returned = event.returned;
    election.collected_at = event.at;
}
void add(Election& election, const CountEntered& event) {
    invariant(election.phase == Phase::collected);
    for (auto& entry : election.entries)
        if (entry.teller == event.teller) {
            entry.sheet = event.sheet;
            return;
        }
    invariant(election.entries.size() < 2);
    election.entries.push_back({event.teller, event.sheet});
}
void add(Election& election, const CountsAgreed& event) {
    invariant(election.phase == Phase::collected && election.entries.size() == 2);
    election.phase = Phase::agreed;
    election.agreed_at = event.at;
    for (const auto& each : election.entries[0].sheet.write_ins) {
        const auto number = std::to_string(election.write_ins.size() + 1);
        election.write_ins.push_back(
            {{"write-in-" + std::to_string(election.round) + "-" + number}, each.name, each.votes, std::nullopt, ""});
    }
}
void add(Election& election, const WriteInChecked& event) {
    invariant(election.phase == Phase::agreed);
    const auto found = std::find_if(election.write_ins.begin(), election.write_ins.end(),
                                    [&](const auto& each) { return each.id == event.write_in; });
    invariant(found != election.write_ins.end());
    found->eligible = event.eligible;
    found->reason = event.reason;
    found->person = event.person.value_or("");
}
void add(Election& election, const ResultCertified& event) {
    invariant(election.phase == Phase::agreed || event.method == Method::uncontested);
    election.phase = Phase::certified;
    election.result = event;
}
void add(Election& election, const ElectionVoided& event) {
    invariant(election.phase == Phase::collected || election.phase == Phase::agreed);
    election.phase = Phase::voided;
    election.result = event;
}

}  // namespace

Election evolve(Election election, const Event& event) {
    std::visit([&](const auto& each) { add(election, each); }, event);
    return election;
}

}  // namespace plenum::election

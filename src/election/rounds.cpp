// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "election/election.h"

namespace plenum::election {
namespace {

bool foresees(const count::Course& course, std::initializer_list<std::string_view> ways) {
    return std::any_of(course.next.begin(), course.next.end(),
                       [&](const auto& next) { return std::find(ways.begin(), ways.end(), next) != ways.end(); });
}

/// Someone of the round before, also one who was written in and may be elected.
std::optional<Candidate> candidate_called(const Election& election, const std::string& id) {
    for (const auto& each : election.candidates)
        if (each.id.value == id) return each;
    for (const auto& each : election.write_ins)
        if (each.id.value == id && each.eligible == std::optional(true))
            return Candidate{{person_of(election, each)}, each.name, "", {}};
    return std::nullopt;
}

}  // namespace

std::string person_of(const Election& election, const CountedWriteIn& write_in) {
    return write_in.person.empty() ? election.id.value + "-" + write_in.id.value : write_in.person;
}

Result<Prepare> prepare_next_round(const Election& election, NextRound kind, ElectionId id) {
    const bool is_over = election.phase == Phase::certified || election.phase == Phase::voided;
    if (!is_over) return refuse(Why::round_not_over, {{"phase", name_of(election.phase)}});
    const auto& course = election.result->course;
    Prepare next;
    next.election = std::move(id);
    next.congress = election.congress;
    next.body = election.body;
    next.members = election.members;
    next.title = election.title;
    next.rules = election.rules;
    next.round = election.round + 1;
    next.follows = election.result->certificate;
    if (election.anew > 0) next.anew = election.anew;
    if (kind == NextRound::repeat) {
        if (election.phase != Phase::voided) return refuse(Why::not_void);
        next.seats = election.seats;
        next.round_kind = election.round_kind;
        next.runoff = election.runoff;
        next.list_fixed = true;
        next.candidates = election.candidates;
        return next;
    }
    if (election.phase == Phase::voided) return refuse(Why::is_void);
    next.seats = course.open;
    if (kind == NextRound::among_tied) {
        if (course.tied.empty()) return refuse(Why::no_tie_to_resolve);
        if (!foresees(course, {"revote_among_tied", "runoff_among_tied", "repeat"}))
            return refuse(Why::round_not_foreseen, {{"next", course.next.empty() ? "-" : course.next.front()}});
        next.round_kind = count::Round::tie;
        next.list_fixed = true;
        for (const auto& tied : course.tied)
            if (auto candidate = candidate_called(election, tied)) next.candidates.push_back(std::move(*candidate));
        return next;
    }
    if (course.open == 0) return refuse(Why::no_seat_open);
    if (!foresees(course, {"further_election", "second_round", "runoff_top_two", "reballot_for_open_seats"}))
        return refuse(Why::round_not_foreseen, {{"next", course.next.empty() ? "-" : course.next.front()}});
    next.round_kind = count::Round::further;
    next.runoff = foresees(course, {"runoff_top_two"});
    std::vector<const count::Standing*> standing;  // may stand again, by votes
    for (const auto& each : course.standings)
        if (!each.elected && !each.ineligible && !each.write_in) standing.push_back(&each);
    // A runoff is between the first two, and whoever has as many votes as the second.
    if (next.runoff && standing.size() > 2) {
        const auto least = standing[1]->in_favour;
        std::erase_if(standing, [&](const auto* each) { return each->in_favour < least; });
    }
    for (const auto& candidate : election.candidates)
        if (std::any_of(standing.begin(), standing.end(),
                        [&](const auto* each) { return each->id == candidate.id.value; }))
            next.candidates.push_back(candidate);
    if (next.candidates.empty()) return refuse(Why::nobody_nominated);
    return next;
}

}  // namespace plenum::election

// SPDX-License-Identifier: Apache-2.0
#include "election/election.h"

#include <algorithm>
#include <initializer_list>
#include <set>

#include "base/bytes.h"
#include "base/name_order.h"
#include "election/certificate.h"
#include "election/sheet.h"
#include "rules/questions.h"

namespace plenum::election {
namespace {

using Events = std::vector<Event>;

/// Where an election stands tells what does not come next.
Why stands_at(Phase phase) {
    switch (phase) {
        case Phase::absent: return Why::not_prepared;
        case Phase::prepared: return Why::awaits_candidates;
        case Phase::nominated: return Why::awaits_adoption;
        case Phase::listed: return Why::awaits_tellers;
        case Phase::staffed: return Why::awaits_box;
        case Phase::box_shown: return Why::awaits_ballots;
        case Phase::issued: return Why::awaits_collection;
        case Phase::collected: return Why::awaits_counts;
        case Phase::agreed: return Why::awaits_certificate;
        case Phase::certified: return Why::is_certified;
        case Phase::voided: break;
    }
    return Why::is_void;
}
Result<Done> in_phase(const Election& election, std::initializer_list<Phase> phases) {
    if (std::find(phases.begin(), phases.end(), election.phase) == phases.end())
        return refuse(stands_at(election.phase), {{"phase", name_of(election.phase)}});
    return Done{};
}

Result<Done> must_be_counts(std::initializer_list<std::int64_t> numbers) {
    for (const auto number : numbers)
        if (!is_count(number))
            return refuse(Why::number_out_of_range, {{"number", number}, {"most", count::most_counted}});
    return Done{};
}

Place at_candidate(std::size_t index, std::string_view member) {
    return {"", 0, 0, "candidates[" + std::to_string(index) + "]." + std::string(member)};
}

/// What a list must be whatever the rules say.
Result<Done> well_formed(const std::vector<Candidate>& candidates, bool may_be_written_in) {
    if (candidates.empty()) return refuse(Why::nobody_nominated);
    if (candidates.size() > static_cast<std::size_t>(most_candidates))
        return refuse(Why::too_many_candidates, {{"most", most_candidates}});
    std::set<CandidateId> ids;
    std::set<std::pair<std::string, std::string>> printed;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const auto& each = candidates[i];
        // "write-in-…" is how the count calls those who were not on the list.
        if (each.id.empty() || each.id.value.size() > 200 ||
            (!may_be_written_in && each.id.value.starts_with("write-in-")))
            return refuse(Why::candidate_id_wrong, {{"id", shown(each.id.value)}}, at_candidate(i, "id"));
        const auto name = without_spaces(each.name);
        if (name.empty() || each.name.size() > 200)
            return refuse(Why::candidate_name_wrong, {}, at_candidate(i, "name"));
        if (!ids.insert(each.id).second)
            return refuse(Why::candidate_twice, {{"name", each.name}}, at_candidate(i, "id"));
        if (!printed.emplace(name, without_spaces(each.unit)).second)
            return refuse(Why::candidate_same_name, {{"name", each.name}, {"unit", each.unit}},
                          at_candidate(i, "name"));
    }
    return Done{};
}

Result<Events> act(const Election& election, const Prepare& ask, const Circumstances&) {
    if (election.phase != Phase::absent) return refuse(Why::already_prepared, {{"phase", name_of(election.phase)}});
    if (ask.seats < 1 || ask.seats > most_candidates)
        return refuse(Why::seats_wrong, {{"seats", ask.seats}, {"most", most_candidates}});
    for (const auto language : all_languages)
        if (ask.title.in(language).empty()) return refuse(Why::title_missing);
    // Which round it is, and what it follows, come together: a first round follows none.
    const bool later = ask.round > 1;
    if (ask.round < 1 || later != ask.follows.has_value() || later != !ask.candidates.empty() ||
        (ask.anew && *ask.anew < 1) ||
        (!later && (ask.round_kind != count::Round::first || ask.runoff || ask.list_fixed)))
        return refuse(Why::round_wrong, {{"round", ask.round}});
    if (later) TRY(well_formed(ask.candidates, true));
    const auto rules = TRY(rules::Rules::from_effective(ask.rules));
    if (!later && ask.members) TRY(must_be_counts({*ask.members}));
    return Events{ElectionPrepared{ask}};
}

/// The list against the rules: size of the body, surplus, bars.
Result<Done> fits_rules(const Election& election, const Json& effective, const std::vector<Candidate>& candidates) {
    const auto rules = TRY(rules::Rules::from_effective(effective));
    std::vector<rules::Person> persons;
    for (const auto& each : candidates) persons.push_back({each.id.value, each.roles});
    TRY(rules::roles_are_known(rules, persons));
    const auto found = TRY(rules::eligibility(rules, election.body, persons, election.seats, election.members));
    if (election.round == 1) {  // a later round fills what is left of a body that fitted
        if (!found.seats_ok) {
            const auto size = TRY(rules::size(rules, election.body, election.members, election.seats));
            return refuse(Why::seats_outside_size,
                          {{"seats", election.seats}, {"least", size.allowed_min}, {"most", size.allowed_max}});
        }
        const auto count = static_cast<std::int64_t>(candidates.size());
        // Where the rules ask for no ballot, a list may be as long as the seats, or shorter.
        const auto uncontested = rules::uncontested(rules, election.seats, count);
        if (!uncontested || uncontested->ballot_required) {
            const auto surplus = TRY(rules::surplus(rules, election.body, election.seats, count));
            if (!surplus.accepted)
                return refuse(Why::surplus_too_small,
                              {{"seats", election.seats}, {"candidates", count}, {"required", surplus.min_candidates}});
        }
    }
    if (found.rejected.empty()) return Done{};
    std::string names;
    std::size_t first = candidates.size();
    for (std::size_t i = 0; i < candidates.size(); ++i)
        if (std::find(found.rejected.begin(), found.rejected.end(), candidates[i].id.value) != found.rejected.end()) {
            first = std::min(first, i);
            names += (names.empty() ? "" : "、") + candidates[i].name;
        }
    return refuse(Why::candidates_ineligible, {{"names", names}, {"count", found.rejected.size()}},
                  at_candidate(first, "roles"));
}

Result<Events> act(const Election& election, const Nominate& ask, const Circumstances&) {
    TRY(in_phase(election, {Phase::prepared, Phase::nominated}));
    TRY(well_formed(ask.candidates, election.round > 1));
    if (election.round > 1)
        for (std::size_t i = 0; i < ask.candidates.size(); ++i) {
            const auto& each = ask.candidates[i];
            if (std::find(election.may_stand.begin(), election.may_stand.end(), each) == election.may_stand.end())
                return refuse(Why::candidate_not_open, {{"name", each.name}}, at_candidate(i, "id"));
        }
    TRY(fits_rules(election, election.rules, ask.candidates));
    auto nominated = ask;
    const auto rules = TRY(rules::Rules::from_effective(election.rules));
    if (TRY(rules::gates(rules)).candidate_order == "surname_strokes") {
        std::stable_sort(
            nominated.candidates.begin(), nominated.candidates.end(),
            [](const Candidate& one, const Candidate& other) { return before_by_strokes(one.name, other.name); });
    }
    return Events{CandidatesNominated{std::move(nominated)}};
}

Result<Events> act(const Election& election, const AdoptList& ask, const Circumstances&) {
    TRY(in_phase(election, {Phase::nominated}));
    if (ask.decision.empty()) return refuse(Why::reason_missing);
    if (ask.rules) TRY(list_must_fit(election, *ask.rules));
    return Events{ListAdopted{ask}};
}

Result<Events> act(const Election& election, const AppointTellers& ask, const Circumstances&) {
    TRY(in_phase(election, {Phase::listed, Phase::staffed}));
    if (ask.scrutineers.empty()) return refuse(Why::scrutineer_missing);
    if (ask.tellers.size() < 2) return refuse(Why::tellers_too_few, {{"tellers", ask.tellers.size()}});
    const auto rules = TRY(rules::Rules::from_effective(election.rules));
    const auto gates = TRY(rules::gates(rules));
    std::set<std::string> standing;
    for (const auto& candidate : election.candidates) standing.insert(candidate.id.value);
    std::set<PersonId> seen;
    std::set<std::string> names;
    for (const auto* officers : {&ask.scrutineers, &ask.tellers})
        for (const auto& each : *officers) {
            // Whoever watches does not count, and nobody counts twice: the two counts are independent.
            if (!seen.insert(each.id).second || !names.insert(without_spaces(each.name)).second)
                return refuse(Why::officer_twice, {{"name", each.name}});
            // Nobody counts the votes for himself. A pack may admit candidates as scrutineers, never as tellers.
            const bool barred = officers == &ask.tellers || gates.scrutineers_not_candidates.value_or(true);
            if (barred && standing.contains(each.id.value))
                return refuse(Why::officer_is_candidate, {{"name", each.name}});
        }
    return Events{TellersAppointed{ask}};
}

/// Refuses witness_missing, not_a_scrutineer, officer_twice.
Result<Done> are_scrutineers(const Election& election, const std::vector<PersonId>& persons) {
    if (persons.empty()) return refuse(Why::witness_missing);
    std::set<PersonId> seen;
    for (const auto& id : persons) {
        const auto found = std::find_if(election.scrutineers.begin(), election.scrutineers.end(),
                                        [&](const auto& each) { return each.id == id; });
        if (found == election.scrutineers.end()) return refuse(Why::not_a_scrutineer, {{"person", id.value}});
        if (!seen.insert(id).second) return refuse(Why::officer_twice, {{"name", found->name}});
    }
    return Done{};
}

Result<Events> act(const Election& election, const ShowBoxEmpty& ask, const Circumstances&) {
    TRY(in_phase(election, {Phase::staffed}));
    TRY(are_scrutineers(election, ask.witnesses));
    return Events{BoxShownEmpty{ask}};
}

/// What the counting of this round follows; undecided fields are refused here, before anybody votes.
struct Applied {
    rules::Rules rules;
    count::BallotRules ballot;
    count::ApprovalRules approval;
    std::string state;  // of the result
};
Result<Applied> applied_rules(const Election& election) {
    auto rules = TRY(rules::Rules::from_effective(election.rules));
    TRY(rules.ready_for_ballots());
    const auto ballot = TRY(rules::ballot_rules(rules));
    auto approval = TRY(rules::approval_rules(rules, election.body, election.round_kind, election.runoff));
    auto state = TRY(rules::state_after_election(rules));
    return Applied{std::move(rules), ballot, std::move(approval), std::move(state)};
}

Result<Events> act(const Election& election, const IssueBallots& ask, const Circumstances& circumstances) {
    TRY(in_phase(election, {Phase::box_shown}));
    if (!circumstances.quorum_met)
        return refuse(Why::no_quorum, {{"present", circumstances.present}, {"entitled", circumstances.entitled}});
    TRY(applied_rules(election));
    TRY(must_be_counts(
        {ask.printed, ask.issued, ask.spoilt, ask.unused, circumstances.present, circumstances.entitled}));
    if (ask.printed != ask.issued + ask.spoilt + ask.unused)
        return refuse(Why::stock_unbalanced,
                      {{"printed", ask.printed}, {"accounted", ask.issued + ask.spoilt + ask.unused}});
    if (ask.issued == 0) return refuse(Why::nothing_issued);
    if (circumstances.present > circumstances.entitled)
        return refuse(Why::present_exceeds_entitled,
                      {{"present", circumstances.present}, {"entitled", circumstances.entitled}});
    if (ask.issued > circumstances.present)
        return refuse(Why::issued_exceeds_present, {{"issued", ask.issued}, {"present", circumstances.present}});
    return Events{BallotsIssued{ask.printed, ask.issued, ask.spoilt, ask.unused, circumstances.entitled,
                                circumstances.present, circumstances.now}};
}

/// The numbers of the ballots; the names are added by who counts them.
count::VotesCounted votes_of(const Election& election) {
    count::VotesCounted out;
    out.entitled = election.ballots->entitled;
    out.present = election.ballots->present;
    out.issued = election.ballots->issued;
    out.returned = *election.returned;
    out.seats = election.seats;
    return out;
}

/// The result with its hashes; `election` is the state on which it is certified.
template <class Certified>
Certified sealed(const Election& election, const Applied& applied, Certified result) {
    result.pack_id = applied.rules.pack_id();
    result.pack_hash = applied.rules.pack_hash();
    result.measure_hash = applied.rules.measure_hash();
    result.state = applied.state;
    result.names_digest = sha256_hex(canonical_json(names_of(election)));
    result.certificate = hash_of(certificate_of(election, result));
    return result;
}

Result<Events> act(const Election& election, const CollectBallots& ask, const Circumstances& circumstances) {
    TRY(in_phase(election, {Phase::issued}));
    TRY(must_be_counts({ask.returned}));
    const auto missing = std::max<std::int64_t>(0, election.ballots->issued - ask.returned);
    const BallotsCollected collected{ask.returned, missing, circumstances.now};
    const auto applied = TRY(applied_rules(election));
    if (ask.returned <= election.ballots->issued || applied.approval.excess != count::Excess::void_election)
        return Events{collected};
    // The whole question is void and no part of a result is counted, let alone shown.
    const auto after = evolve(election, collected);
    ElectionVoided voided;
    voided.votes = votes_of(after);
    voided.rules = applied.approval;
    voided.course = TRY(count::approval(voided.votes, voided.rules));
    voided.at = circumstances.now;
    return Events{collected, sealed(after, applied, std::move(voided))};
}

Result<Events> act(const Election& election, const EnterCount& ask, const Circumstances&) {
    TRY(in_phase(election, {Phase::collected}));
    const bool is_teller = std::any_of(election.tellers.begin(), election.tellers.end(),
                                       [&](const auto& each) { return each.id == ask.teller; });
    if (!is_teller) return refuse(Why::not_a_teller, {{"person", ask.teller.value}});
    const bool again = std::any_of(election.entries.begin(), election.entries.end(),
                                   [&](const auto& each) { return each.teller == ask.teller; });
    if (!again && election.entries.size() == 2) return refuse(Why::both_counts_entered);
    const auto applied = TRY(applied_rules(election));
    return Events{CountEntered{{ask.teller, TRY(balanced(election, applied.ballot, ask.sheet))}}};
}

Result<Events> act(const Election& election, const CompareCounts&, const Circumstances& circumstances) {
    TRY(in_phase(election, {Phase::collected}));
    if (election.entries.size() < 2) return refuse(Why::count_missing, {{"entered", election.entries.size()}});
    TRY(agree(election, election.entries[0].sheet, election.entries[1].sheet));
    return Events{CountsAgreed{circumstances.now}};
}

Result<Events> act(const Election& election, const CheckWriteIn& ask, const Circumstances&) {
    TRY(in_phase(election, {Phase::agreed}));
    const auto name = without_spaces(ask.name);
    const auto found = std::find_if(election.write_ins.begin(), election.write_ins.end(),
                                    [&](const auto& each) { return without_spaces(each.name) == name; });
    if (found == election.write_ins.end()) return refuse(Why::write_in_unknown, {{"name", shown(ask.name)}});
    if (ask.reason.empty()) return refuse(Why::reason_missing);
    return Events{WriteInChecked{found->id, ask.eligible, ask.reason, ask.person}};
}

Result<Events> act(const Election& election, const Certify& ask, const Circumstances& circumstances) {
    TRY(in_phase(election, {Phase::agreed}));
    TRY(are_scrutineers(election, ask.scrutineers));
    const auto applied = TRY(applied_rules(election));
    const auto& sheet = election.entries[0].sheet;
    auto votes = votes_of(election);
    votes.invalid = sheet.invalid;
    votes.illegal = sheet.illegal;
    votes.ignored = sheet.ignored;
    for (const auto& marks : sheet.votes)
        votes.names.push_back(
            {marks.candidate.value, marks.in_favour, marks.against, marks.abstain, false, false, false});
    for (const auto& each : election.write_ins)
        votes.names.push_back({each.id.value, each.votes, std::nullopt, std::nullopt, true,
                               each.eligible == std::optional(false), each.eligible.has_value()});
    for (const auto& id : ask.lot) votes.lot.push_back(id.value);
    const auto course = TRY(count::approval(votes, applied.approval));
    // Who would be elected, or stand in a revote, without having been on the list must be known to be eligible.
    for (const auto& each : election.write_ins)
        for (const auto* names : {&course.elected, &course.tied})
            if (!each.eligible && std::find(names->begin(), names->end(), each.id.value) != names->end())
                return refuse(Why::write_in_unchecked, {{"name", each.name}});
    if (std::find(course.next.begin(), course.next.end(), "lot") != course.next.end())
        return refuse(Why::lot_needed, {{"tied", course.tied.size()}, {"open", course.open}});
    ResultCertified result;
    result.votes = std::move(votes);
    result.rules = applied.approval;
    result.course = course;
    result.scrutineers = ask.scrutineers;
    result.at = circumstances.now;
    if (!course.void_election) return Events{sealed(election, applied, std::move(result))};
    return Events{sealed(election, applied, ElectionVoided{std::move(result)})};
}

Result<Events> act(const Election& election, const DeclareUncontested& ask, const Circumstances& circumstances) {
    TRY(in_phase(election, {Phase::listed, Phase::staffed}));
    if (!ask.scrutineers.empty()) TRY(are_scrutineers(election, ask.scrutineers));
    auto rules = TRY(rules::Rules::from_effective(election.rules));
    const auto candidates = static_cast<std::int64_t>(election.candidates.size());
    if (TRY(rules::uncontested(rules, election.seats, candidates)).ballot_required || candidates > election.seats)
        return refuse(Why::ballot_needed, {{"candidates", candidates}, {"seats", election.seats}});
    TRY(must_be_counts({circumstances.present, circumstances.entitled}));
    ResultCertified result;
    result.method = Method::uncontested;
    result.votes.entitled = circumstances.entitled;
    result.votes.present = circumstances.present;
    result.votes.seats = election.seats;
    result.rules = TRY(rules::approval_rules(rules, election.body, election.round_kind, election.runoff));
    result.scrutineers = ask.scrutineers;
    result.at = circumstances.now;
    for (const auto& each : election.candidates)
        result.votes.names.push_back({each.id.value, 0, std::nullopt, std::nullopt, false, false, false});
    result.course = course_without_ballot(result.votes, result.rules);
    auto state = TRY(rules::state_after_election(rules));
    const Applied applied{std::move(rules), {}, result.rules, std::move(state)};
    return Events{sealed(election, applied, std::move(result))};
}

}  // namespace

Result<Done> list_must_fit(const Election& election, const Json& rules) {
    return fits_rules(election, rules, election.candidates);
}

Result<std::vector<Event>> decide(const Election& election, const Command& command,
                                  const Circumstances& circumstances) {
    return std::visit([&](const auto& ask) { return act(election, ask, circumstances); }, command);
}

}  // namespace plenum::election

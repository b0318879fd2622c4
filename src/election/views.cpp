// SPDX-License-Identifier: Apache-2.0
#include "election/views.h"

#include <algorithm>
#include <map>

#include "rules/questions.h"

namespace plenum::election {

Result<count::ApprovalRules> rules_of_round(const Election& election) {
    if (election.result) return election.result->rules;
    const auto rules = TRY(rules::Rules::from_effective(election.rules));
    return rules::approval_rules(rules, election.body, election.round_kind, election.runoff);
}

Turnout turnout(const Election& election) {
    Turnout out;
    if (election.ballots) {
        out.entitled = election.ballots->entitled;
        out.present = election.ballots->present;
        out.issued = election.ballots->issued;
    }
    if (election.ballots && election.returned) {
        out.returned = election.returned;
        out.missing = std::max<std::int64_t>(0, election.ballots->issued - *election.returned);
    }
    return out;
}

std::vector<ResultRow> result_rows(const Election& election) {
    if (election.phase != Phase::certified) return {};
    std::map<std::string, std::pair<std::string, std::string>> names;  // name and unit by id
    for (const auto& each : election.candidates) names[each.id.value] = {each.name, each.unit};
    for (const auto& each : election.write_ins) names[each.id.value] = {each.name, ""};
    std::map<std::string, const count::NameCount*> counts;
    for (const auto& each : election.result->votes.names) counts[each.id] = &each;
    std::vector<ResultRow> out;
    for (const auto& standing : election.result->course.standings) {
        const auto& [name, unit] = names[standing.id];
        const auto* counted = counts[standing.id];
        invariant(counted != nullptr);
        out.push_back({{standing.id},
                       name,
                       unit,
                       standing.rank,
                       standing.in_favour,
                       counted->against,
                       counted->abstain,
                       standing.elected,
                       standing.tied,
                       standing.write_in,
                       standing.ineligible});
    }
    return out;
}

Outcome outcome(const Election& election) {
    invariant(election.result);
    const auto& votes = election.result->votes;
    const auto& course = election.result->course;
    Outcome out;
    out.valid_election = !course.void_election;
    out.valid = out.valid_election ? course.valid : 0;
    out.invalid = out.valid_election ? votes.returned - out.valid : votes.invalid;
    out.threshold = course.threshold;
    out.base = name_of(election.result->rules.base);
    out.base_count = course.base_count.value_or(0);
    out.open = out.valid_election ? course.open : election.seats;
    return out;
}

}  // namespace plenum::election

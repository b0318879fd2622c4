// SPDX-License-Identifier: Apache-2.0
#include "election/sheet.h"

#include <algorithm>
#include <map>
#include <set>

namespace plenum::election {
namespace {

const Candidate& candidate_called(const Election& election, const CandidateId& id) {
    for (const auto& each : election.candidates)
        if (each.id == id) return each;
    invariant(!"a candidate of the list");
    return election.candidates.front();
}

/// What one column of the sheet may be: there exactly where the paper offers it.
Result<Done> check_column(const std::optional<std::int64_t>& column, bool offered, const Candidate& candidate,
                          std::int64_t valid) {
    const Facts who{{"candidate", candidate.name}};
    if (offered && !column) return refuse(Why::sheet_column_missing, who, {"", 0, 0, candidate.id.value});
    if (!offered && column) return refuse(Why::sheet_column_not_offered, who, {"", 0, 0, candidate.id.value});
    if (column && (*column < 0 || *column > valid))
        return refuse(Why::sheet_unbalanced, {{"candidate", candidate.name}, {"sum", *column}, {"valid", valid}},
                      {"", 0, 0, candidate.id.value});
    return Done{};
}

Result<Done> check_marks(const Candidate& candidate, const Marks& marks, const count::BallotRules& rules,
                         std::int64_t valid) {
    TRY(check_column(marks.in_favour, true, candidate, valid));
    TRY(check_column(marks.against, rules.against_offered, candidate, valid));
    TRY(check_column(marks.abstain, rules.abstain_offered, candidate, valid));
    const auto sum = marks.in_favour + marks.against.value_or(0) + marks.abstain.value_or(0);
    // Where an unmarked name means an abstention or approval, every valid ballot says something of every name.
    const bool all_said =
        rules.against_offered && rules.abstain_offered &&
        (rules.blank_means == count::BlankMeans::abstain || rules.blank_means == count::BlankMeans::approve);
    if (all_said ? sum != valid : sum > valid)
        return refuse(Why::sheet_unbalanced, {{"candidate", candidate.name}, {"sum", sum}, {"valid", valid}},
                      {"", 0, 0, candidate.id.value});
    return Done{};
}

Result<Done> check_write_ins(const Election& election, const count::BallotRules& rules, const Sheet& sheet,
                             std::int64_t most, std::int64_t against) {
    if (sheet.write_ins.empty()) return Done{};
    if (!columns_of(rules, election.round_kind).write_in) return refuse(Why::write_in_not_allowed);
    if (sheet.write_ins.size() > static_cast<std::size_t>(most_write_ins))
        return refuse(Why::sheet_number_wrong, {{"number", sheet.write_ins.size()}, {"most", most_write_ins}});
    std::set<std::string> listed, names;
    for (const auto& candidate : election.candidates) listed.insert(without_spaces(candidate.name));
    std::int64_t total = 0;
    for (const auto& each : sheet.write_ins) {
        const auto name = without_spaces(each.name);
        if (name.empty() || each.name.size() > 200)
            return refuse(Why::write_in_name_wrong, {{"name", shown(each.name)}});
        if (listed.contains(name)) return refuse(Why::write_in_is_candidate, {{"name", each.name}});
        if (!names.insert(name).second) return refuse(Why::write_in_twice, {{"name", each.name}});
        if (each.votes < 1 || each.votes > most)
            return refuse(Why::write_in_votes_wrong, {{"name", each.name}, {"votes", each.votes}, {"most", most}});
        total += each.votes;
    }
    if (rules.write_in_needs_against && rules.against_offered && total > against)
        return refuse(Why::write_ins_exceed_against, {{"write_ins", total}, {"against", against}});
    return Done{};
}

}  // namespace

Columns columns_of(const count::BallotRules& rules, count::Round round) {
    const auto illegal = count::Fault::illegal_counts_in_base;
    return {.against = rules.against_offered,
            .abstain = rules.abstain_offered,
            .write_in = rules.write_in && round != count::Round::tie,
            .illegal = rules.over_vote == illegal || rules.under_vote == illegal || rules.unreadable == illegal ||
                       rules.ineligible_choice == illegal,
            .ignored = rules.blank_means == count::BlankMeans::ignored};
}

std::string without_spaces(std::string_view name) {
    std::string out;
    while (!name.empty()) {
        if (name.front() == ' ' || name.front() == '\t' || name.front() == '\n') {
            name.remove_prefix(1);
        } else if (name.starts_with("\u3000")) {
            name.remove_prefix(3);
        } else {
            out += name.front();
            name.remove_prefix(1);
        }
    }
    return out;
}

Result<Sheet> balanced(const Election& election, const count::BallotRules& rules, Sheet sheet) {
    if (sheet.returned != *election.returned)
        return refuse(Why::sheet_returned_differs, {{"sheet", sheet.returned}, {"returned", *election.returned}});
    for (const auto number : {sheet.invalid, sheet.illegal, sheet.ignored})
        if (!is_count(number))
            return refuse(Why::sheet_number_wrong, {{"number", number}, {"most", count::most_counted}});
    const auto columns = columns_of(rules, election.round_kind);
    if (sheet.illegal > 0 && !columns.illegal) return refuse(Why::sheet_illegal_not_known);
    if (sheet.ignored > 0 && !columns.ignored) return refuse(Why::sheet_blank_not_known);
    const auto valid = sheet.returned - sheet.invalid - sheet.illegal - sheet.ignored;
    if (valid < 0)
        return refuse(Why::sheet_set_aside_too_many,
                      {{"set_aside", sheet.returned - valid}, {"returned", sheet.returned}});
    std::map<CandidateId, Marks> by_candidate;
    for (const auto& marks : sheet.votes) {
        const bool listed = std::any_of(election.candidates.begin(), election.candidates.end(),
                                        [&](const auto& each) { return each.id == marks.candidate; });
        if (!listed) return refuse(Why::sheet_candidate_unknown, {{"candidate", marks.candidate.value}});
        if (!by_candidate.emplace(marks.candidate, marks).second)
            return refuse(Why::sheet_candidate_twice,
                          {{"candidate", candidate_called(election, marks.candidate).name}});
    }
    std::int64_t choices = 0, against = 0;
    sheet.votes.clear();
    for (const auto& candidate : election.candidates) {
        const auto found = by_candidate.find(candidate.id);
        if (found == by_candidate.end()) return refuse(Why::sheet_candidate_missing, {{"candidate", candidate.name}});
        TRY(check_marks(candidate, found->second, rules, valid));
        choices += found->second.in_favour;
        against += found->second.against.value_or(0);
        sheet.votes.push_back(found->second);
    }
    // An illegal ballot names somebody who cannot serve, and what it says stays in the tally of that name.
    const auto telling = valid + sheet.illegal;
    TRY(check_write_ins(election, rules, sheet, telling, against));
    for (const auto& each : sheet.write_ins) choices += each.votes;
    // A ballot with more choices than seats is no valid one, so the valid ones cannot hold more together.
    if (choices > telling * election.seats)
        return refuse(Why::sheet_exceeds_choices,
                      {{"choices", choices}, {"most", telling * election.seats}, {"seats", election.seats}});
    std::sort(sheet.write_ins.begin(), sheet.write_ins.end(), [](const auto& left, const auto& right) {
        return without_spaces(left.name) < without_spaces(right.name);
    });
    return sheet;
}

Result<Done> agree(const Election& election, const Sheet& first, const Sheet& second) {
    if (first.invalid != second.invalid) return refuse(Why::counts_differ_in_invalid);
    if (first.illegal != second.illegal) return refuse(Why::counts_differ_in_illegal);
    if (first.ignored != second.ignored) return refuse(Why::counts_differ_in_ignored);
    for (std::size_t i = 0; i < first.votes.size(); ++i) {
        const auto &left = first.votes[i], &right = second.votes[i];
        const auto& candidate = candidate_called(election, left.candidate);
        const auto differ = [&](Why why) {
            return refuse(why, {{"candidate", candidate.name}}, {"", 0, 0, candidate.id.value});
        };
        if (left.in_favour != right.in_favour) return differ(Why::counts_differ_in_favour);
        if (left.against != right.against) return differ(Why::counts_differ_in_against);
        if (left.abstain != right.abstain) return differ(Why::counts_differ_in_abstain);
    }
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> write_ins;
    for (const auto& each : first.write_ins) write_ins[without_spaces(each.name)].first = each.votes;
    for (const auto& each : second.write_ins) write_ins[without_spaces(each.name)].second = each.votes;
    for (const auto& [name, votes] : write_ins)
        if (votes.first != votes.second) return refuse(Why::counts_differ_in_write_in, {{"name", name}});
    return Done{};
}

}  // namespace plenum::election

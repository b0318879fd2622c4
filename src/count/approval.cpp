// SPDX-License-Identifier: Apache-2.0
#include "count/approval.h"

#include <algorithm>
#include <set>

namespace plenum::count {
namespace {

Result<Done> in_range(std::string_view field, std::int64_t number, std::int64_t least = 0) {
    if (number < least || number > most_counted)
        return refuse(Why::number_out_of_range, {{"number", number}, {"least", least}, {"most", most_counted}},
                      {"", 0, 0, std::string(field)});
    return Done{};
}

bool is_per_name(Base base) { return base == Base::for_plus_against || base == Base::valid_votes_without_abstentions; }
/// Whether a ballot taken out of the box also leaves the base.
bool shrinks_with_ballots(Base base) {
    switch (base) {
        case Base::entitled:
        case Base::present:
        case Base::issued:
        case Base::none: return false;
        case Base::returned:
        case Base::valid_ballots:
        case Base::votes_cast_incl_illegal:
        case Base::for_plus_against:
        case Base::valid_votes_without_abstentions: return true;
    }
    invariant(false);
}

std::int64_t valid_of(const VotesCounted& votes) {
    return votes.returned - votes.invalid - votes.illegal - votes.ignored;
}

Result<Done> check_names(const VotesCounted& votes, Base base) {
    const auto valid = valid_of(votes);
    std::set<std::string_view> seen;
    std::int64_t together = 0;
    for (std::size_t i = 0; i < votes.names.size(); ++i) {
        const auto& name = votes.names[i];
        const Place place{"", 0, 0, "names[" + std::to_string(i) + "]"};
        if (!seen.insert(name.id).second) return refuse(Why::name_twice, {{"id", name.id}}, place);
        const auto each = [&](std::string_view field, std::int64_t number) -> Result<Done> {
            auto ok = in_range(field, number);
            if (!ok) return refuse(std::move(ok).error().within(place));
            return Done{};
        };
        TRY(each("in_favour", name.in_favour));
        TRY(each("against", name.against.value_or(0)));
        TRY(each("abstain", name.abstain.value_or(0)));
        // A ballot that names only someone who cannot serve is illegal, yet what it said stays in the tally.
        const auto most = name.ineligible ? valid + votes.illegal : valid;
        const auto marked = name.in_favour + name.against.value_or(0) + name.abstain.value_or(0);
        if (marked > most)
            return refuse(Why::votes_exceed_ballots, {{"id", name.id}, {"votes", marked}, {"most", most}}, place);
        if (base == Base::for_plus_against && !name.against)
            return refuse(Why::number_missing, {{"id", name.id}, {"number", "against"}}, place);
        if (base == Base::valid_votes_without_abstentions && !name.abstain)
            return refuse(Why::number_missing, {{"id", name.id}, {"number", "abstain"}}, place);
        if (together > most_counted * most_counted - name.in_favour)
            return refuse(Why::number_out_of_range, {{"number", together}, {"least", 0}, {"most", most_counted}},
                          place);
        together += name.in_favour;
    }
    const auto choices = votes.seats * (valid + votes.illegal);
    if (together > choices) return refuse(Why::votes_exceed_choices, {{"votes", together}, {"most", choices}});
    return Done{};
}

Result<Done> check(const VotesCounted& votes, const ApprovalRules& rules) {
    TRY(check(rules.fraction));
    TRY(in_range("entitled", votes.entitled));
    TRY(in_range("present", votes.present));
    TRY(in_range("issued", votes.issued));
    TRY(in_range("returned", votes.returned));
    TRY(in_range("invalid", votes.invalid));
    TRY(in_range("illegal", votes.illegal));
    TRY(in_range("ignored", votes.ignored));
    TRY(in_range("seats", votes.seats, 1));
    if (votes.present > votes.entitled)
        return refuse(Why::present_exceeds_entitled, {{"present", votes.present}, {"entitled", votes.entitled}});
    if (votes.issued > votes.present)
        return refuse(Why::issued_exceeds_present, {{"issued", votes.issued}, {"present", votes.present}});
    const auto aside = votes.invalid + votes.illegal + votes.ignored;
    if (aside > votes.returned)
        return refuse(Why::set_aside_exceeds_returned, {{"set_aside", aside}, {"returned", votes.returned}});
    return Done{};
}

/// The number that the fraction is taken of, for one name.
std::int64_t base_of(Base base, const VotesCounted& votes, const NameCount& name) {
    const auto valid = valid_of(votes);
    switch (base) {
        case Base::entitled: return votes.entitled;
        case Base::present: return votes.present;
        case Base::issued: return votes.issued;
        case Base::returned: return votes.returned;
        case Base::valid_ballots: return valid;
        case Base::votes_cast_incl_illegal: return valid + votes.illegal;
        case Base::for_plus_against: return name.in_favour + name.against.value_or(0);
        case Base::valid_votes_without_abstentions: return valid - std::min(valid, name.abstain.value_or(0));
        case Base::none: return 0;
    }
    invariant(false);
}

/// Nobody is elected without a vote, whatever the fraction says.
std::int64_t required_of(const ApprovalRules& rules, std::int64_t base_count) {
    if (rules.base == Base::none) return 1;
    return std::max<std::int64_t>(1, smallest_that_meets(rules.fraction, rules.comparison, base_count));
}

/// Places the names by votes for (struck names last) with competition ranks; equals keep the order of the paper.
std::vector<Standing> standings_of(const VotesCounted& votes, const ApprovalRules& rules) {
    std::vector<Standing> out;
    for (const auto& name : votes.names) {
        Standing standing;
        standing.id = name.id;
        standing.in_favour = name.in_favour;
        standing.write_in = name.write_in;
        standing.ineligible = name.ineligible;
        standing.required = required_of(rules, base_of(rules.base, votes, name));
        standing.passed = !name.ineligible && name.in_favour >= standing.required;
        out.push_back(std::move(standing));
    }
    std::stable_sort(out.begin(), out.end(), [](const Standing& a, const Standing& b) {
        return std::pair(a.ineligible, -a.in_favour) < std::pair(b.ineligible, -b.in_favour);
    });
    for (std::size_t i = 0; i < out.size() && !out[i].ineligible; ++i)
        out[i].rank =
            i > 0 && out[i - 1].in_favour == out[i].in_favour ? out[i - 1].rank : static_cast<std::int64_t>(i) + 1;
    return out;
}

/// True if some `excess` of the ballots in the box, taken out, would change who is elected. Errs towards true: a tie at
/// the cut counts as changeable.
bool could_change(const Course& course, const VotesCounted& votes, const ApprovalRules& rules) {
    const auto excess = votes.returned - votes.issued;
    if (!course.tied.empty()) return true;
    std::map<std::string_view, const NameCount*> by_id;
    for (const auto& name : votes.names) by_id[name.id] = &name;
    const bool shrinks = shrinks_with_ballots(rules.base);
    std::int64_t least_elected = most_counted, most_other = 0;
    for (const auto& standing : course.standings) {
        if (standing.ineligible) continue;
        const auto base = base_of(rules.base, votes, *by_id[standing.id]);
        const auto in_favour = standing.in_favour;
        if (standing.passed) {  // the worst: all of them were for this name
            const auto lost = std::min(excess, in_favour);
            if (in_favour - lost < required_of(rules, shrinks ? base - std::min(base, lost) : base)) return true;
        } else {  // the best: as many as can be were for others
            const auto others = std::min(excess, base - std::min(base, in_favour));
            if (shrinks && in_favour >= required_of(rules, base - others)) return true;
        }
        if (standing.elected)
            least_elected = std::min(least_elected, in_favour);
        else if (standing.passed)
            most_other = std::max(most_other, in_favour);
    }
    return most_other > 0 && least_elected - excess <= most_other;
}

Step step(std::string kind, std::map<std::string, std::int64_t> numbers = {}, std::vector<std::string> names = {},
          std::vector<std::string> words = {}) {
    return {std::move(kind), std::move(numbers), std::move(names), std::move(words)};
}

Course void_course(const VotesCounted& votes, const Step& first) {
    Course course;
    course.void_election = true;
    course.next = {"repeat_election"};
    course.steps = {first, step("void", {{"issued", votes.issued}, {"returned", votes.returned}}),
                    step("next", {}, {}, course.next)};
    return course;
}

void tell_threshold(Course& course, const VotesCounted& votes, const ApprovalRules& rules) {
    const auto [numerator, denominator] = rules.fraction;
    const std::string at_least_or_more(name_of(rules.comparison));
    if (rules.base == Base::none) {
        course.threshold = 1;
        course.steps.push_back(step("no_threshold"));
    } else if (is_per_name(rules.base)) {
        course.steps.push_back(step("threshold_per_name", {{"numerator", numerator}, {"denominator", denominator}}, {},
                                    {std::string(name_of(rules.base)), at_least_or_more}));
    } else {
        course.base_count = base_of(rules.base, votes, {});
        course.threshold = required_of(rules, *course.base_count);
        course.steps.push_back(step("threshold",
                                    {{"numerator", numerator},
                                     {"denominator", denominator},
                                     {"base_count", *course.base_count},
                                     {"required", *course.threshold}},
                                    {}, {std::string(name_of(rules.base)), at_least_or_more}));
    }
}

/// Cuts at the seats and tests for a tie there, only there.
Result<Done> cut(Course& course, const VotesCounted& votes, const ApprovalRules& rules) {
    auto& standings = course.standings;
    std::vector<std::size_t> passed;
    for (std::size_t i = 0; i < standings.size(); ++i)
        if (standings[i].passed) passed.push_back(i);
    // With a base per name a name with more votes may have failed, so the cut is among those that passed.
    const auto seats = static_cast<std::size_t>(std::min<std::int64_t>(votes.seats, most_counted));
    std::vector<std::size_t> sure, tied;
    if (passed.size() <= seats || standings[passed[seats - 1]].in_favour != standings[passed[seats]].in_favour) {
        sure.assign(passed.begin(), passed.begin() + static_cast<std::ptrdiff_t>(std::min(seats, passed.size())));
    } else {
        const auto at_cut = standings[passed[seats]].in_favour;
        for (const auto i : passed) {
            if (standings[i].in_favour > at_cut) sure.push_back(i);
            if (standings[i].in_favour == at_cut) tied.push_back(i);
        }
    }
    const auto left = seats - sure.size();
    if (passed.size() > seats)
        course.steps.push_back(step("cut", {{"passed", static_cast<std::int64_t>(passed.size())},
                                            {"seats", votes.seats},
                                            {"elected", static_cast<std::int64_t>(sure.size())}}));
    std::vector<std::string> tied_ids;
    for (const auto i : tied) tied_ids.push_back(standings[i].id);
    if (!tied.empty())
        course.steps.push_back(
            step("tie", {{"votes", standings[tied[0]].in_favour}, {"seats", static_cast<std::int64_t>(left)}}, tied_ids,
                 {std::string(name_of(rules.tie))}));
    if (!votes.lot.empty()) {
        auto drawn = votes.lot, wanted = tied_ids;
        std::sort(drawn.begin(), drawn.end());
        std::sort(wanted.begin(), wanted.end());
        if (rules.tie != TieMethod::lot || drawn != wanted) return refuse(Why::lot_names_wrong);
        std::set<std::string_view> lucky(votes.lot.begin(), votes.lot.begin() + static_cast<std::ptrdiff_t>(left));
        for (const auto i : tied)
            if (lucky.contains(standings[i].id)) sure.push_back(i);
        tied.clear();
        tied_ids.clear();
        course.steps.push_back(step("tie_by_lot", {{"seats", static_cast<std::int64_t>(left)}},
                                    {votes.lot.begin(), votes.lot.begin() + static_cast<std::ptrdiff_t>(left)}));
    }
    for (const auto i : tied) standings[i].tied = true;
    for (const auto i : sure) {
        standings[i].elected = true;
        course.elected.push_back(standings[i].id);
    }
    course.tied = tied_ids;
    course.open = votes.seats - static_cast<std::int64_t>(sure.size());
    return Done{};
}

void tell_outcome(Course& course, const VotesCounted& votes, const ApprovalRules& rules) {
    course.steps.push_back(step("elected",
                                {{"elected", static_cast<std::int64_t>(course.elected.size())}, {"seats", votes.seats}},
                                course.elected));
    if (course.open > 0) course.steps.push_back(step("open", {{"open", course.open}}));
    for (const auto& name : votes.names)
        if (name.write_in && !name.eligibility_checked &&
            std::find(course.elected.begin(), course.elected.end(), name.id) != course.elected.end()) {
            course.checks.push_back("eligibility:" + name.id);
            course.steps.push_back(step("check", {}, {name.id}));
        }
    if (!course.tied.empty())
        course.next = {std::string(name_of(rules.tie))};
    else if (course.open > 0)
        for (const auto option : rules.shortfall) course.next.emplace_back(name_of(option));
    if (!course.next.empty()) course.steps.push_back(step("next", {}, {}, course.next));
}

}  // namespace

Result<Course> approval(const VotesCounted& votes, const ApprovalRules& rules) {
    TRY(check(votes, rules));
    const auto returned_issued = step("returned_issued", {{"issued", votes.issued}, {"returned", votes.returned}});
    const bool excess = votes.returned > votes.issued;
    // Nothing below is looked at: of a void question no partial result may be shown.
    if (excess && rules.excess == Excess::void_election) return void_course(votes, returned_issued);
    TRY(check_names(votes, rules.base));

    Course course;
    course.steps.push_back(returned_issued);
    course.valid = valid_of(votes);
    course.steps.push_back(step("classified", {{"returned", votes.returned},
                                               {"valid", course.valid},
                                               {"invalid", votes.invalid},
                                               {"illegal", votes.illegal},
                                               {"ignored", votes.ignored}}));
    tell_threshold(course, votes, rules);
    std::vector<std::string> struck;
    for (const auto& name : votes.names)
        if (name.ineligible) struck.push_back(name.id);
    if (!struck.empty()) course.steps.push_back(step("struck", {}, struck));
    course.standings = standings_of(votes, rules);
    std::vector<std::string> ranked;
    std::int64_t passed = 0;
    for (const auto& standing : course.standings) {
        if (!standing.ineligible) ranked.push_back(standing.id);
        passed += standing.passed;
    }
    course.steps.push_back(step("ranked", {{"names_count", static_cast<std::int64_t>(ranked.size())}}, ranked));
    course.steps.push_back(step("passed", {{"passed", passed}, {"seats", votes.seats}}));
    TRY(cut(course, votes, rules));
    tell_outcome(course, votes, rules);
    if (excess && rules.excess == Excess::void_if_result_could_change && could_change(course, votes, rules))
        return void_course(votes, returned_issued);
    if (excess) {
        const bool harmless = rules.excess == Excess::void_if_result_could_change;
        course.checks.push_back("excess:" + std::to_string(votes.returned - votes.issued));
        course.steps.insert(course.steps.begin() + 1, step(harmless ? "excess_harmless" : "excess_reported",
                                                           {{"excess", votes.returned - votes.issued}}));
    }
    return course;
}

Text text_of(Base base) { return say_all("count.base." + std::string(name_of(base))); }
Text text_of(TieMethod method) { return say_all("count.next." + std::string(name_of(method))); }
Text text_of(Shortfall option) { return say_all("count.next." + std::string(name_of(option))); }

Text sentence(const Step& told, const std::function<Text(const std::string&)>& name_of_candidate) {
    Facts facts;
    for (const auto& [name, number] : told.numbers) facts.emplace_back(name, number);
    const auto joined = [](const std::vector<Text>& items) {
        Text out;
        for (std::size_t i = 0; i < items.size(); ++i)
            for (const auto language : all_languages) {
                if (i > 0) out.in(language) += say(language, "count.list.between");
                out.in(language) += items[i].in(language);
            }
        return out;
    };
    std::vector<Text> names, nexts;
    for (const auto& id : told.names) names.push_back(name_of_candidate(id));
    std::vector<TextFact> texts{{"names", joined(names)}};
    if (told.kind.starts_with("threshold")) {
        invariant(told.words.size() == 2);
        texts.push_back({"base", say_all("count.base." + told.words[0])});
        texts.push_back({"comparison", say_all("count.comparison." + told.words[1])});
    } else {
        for (const auto& word : told.words) nexts.push_back(say_all("count.next." + word));
        texts.push_back({"next", joined(nexts)});
    }
    const bool nobody = told.kind == "elected" && told.names.empty();
    return say_all("count.step." + (nobody ? "elected_none" : told.kind), facts, texts);
}

}  // namespace plenum::count

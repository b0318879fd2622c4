// SPDX-License-Identifier: Apache-2.0
#include "rules/questions.h"

#include <algorithm>
#include <set>

#include "rules/schema.h"

namespace plenum::rules {
namespace {

using count::Base;
using count::Comparison;
using count::Fraction;

Result<Done> in_range(std::string_view field, std::int64_t number, std::int64_t least = 0) {
    if (number < least || number > count::most_counted)
        return refuse(Why::numbers_contradict,
                      {{"field", field}, {"number", number}, {"least", least}, {"most", count::most_counted}},
                      {"", 0, 0, std::string(field)});
    return Done{};
}
Result<Done> at_most(std::string_view field, std::int64_t number, std::int64_t most) {
    if (number > most)
        return refuse(Why::numbers_contradict, {{"field", field}, {"number", number}, {"least", 0}, {"most", most}},
                      {"", 0, 0, std::string(field)});
    return Done{};
}
tl::unexpected<Refusal> missing(std::string_view field) {
    return refuse(Why::number_missing, {{"field", field}}, {"", 0, 0, std::string(field)});
}
tl::unexpected<Refusal> undecided(std::string_view field) {
    return refuse(Why::undecided, {{"field", field}}, {"", 0, 0, std::string(field)});
}
Result<Done> known_body(std::string_view body) {
    if (!is_body(body)) return refuse(Why::body_unknown, {{"body", shown(body)}});
    return Done{};
}

/// The schema allows no other words than the enumerators.
template <DescribedEnum E>
E enumerator(const std::string& word) {
    const auto value = enum_from_name<E>(word);
    invariant(value);
    return *value;
}
Result<Comparison> comparison(const Rules& rules, const std::string& field) {
    return enumerator<Comparison>(TRY(rules.word(field)));
}

/// A field that the pack may leave out without leaving the question open: none if it says nothing of it. Refuses what
/// `value` refuses if the field is one that the measure has still to state.
template <class T>
Result<std::optional<T>> if_said(const Rules& rules, std::string_view field, Result<T> value) {
    if (value) return std::optional<T>(std::move(*value));
    if (rules.left_open(field)) return refuse(std::move(value).error());
    return std::optional<T>();
}
template <class T>
std::optional<T> if_decided(Result<T> value) {
    return value ? std::optional<T>(std::move(*value)) : std::nullopt;
}

}  // namespace

Text words_of(const Fraction& fraction) {
    if (fraction.numerator == 0) return say_all("rules.fraction.0_1");
    const auto key =
        "rules.fraction." + std::to_string(fraction.numerator) + "_" + std::to_string(fraction.denominator);
    if (has_text(Language::en, key)) return say_all(key);
    return say_all(fraction.denominator == 100 ? "rules.fraction.percent" : "rules.fraction.other",
                   {{"numerator", fraction.numerator}, {"denominator", fraction.denominator}});
}

// ---- quorum

bool quorum_by_post(const Rules& rules, std::string_view which) {
    const auto counts = rules.word("quorum." + std::string(which) + ".counts");
    return counts && *counts == "returned";
}

Result<Quorum> quorum(const Rules& rules, std::string_view which, const Attendance& attendance) {
    TRY(in_range("entitled", attendance.entitled));
    TRY(in_range("enrolled", attendance.enrolled.value_or(0)));
    TRY(in_range("participating", attendance.participating));
    Quorum out;
    out.which = std::string(which);
    if (which == "unit") {
        out.fraction = TRY(rules.fraction("delegates.unit_quorum"));
        out.of = "entitled";
        out.counts = "participating";
    } else {
        const auto table = "quorum." + std::string(which) + ".";
        out.fraction = TRY(rules.fraction(table + "fraction"));
        out.comparison = TRY(comparison(rules, table + "comparison"));
        out.of = TRY(rules.word(table + "of"));
        out.counts = TRY(rules.word(table + "counts"));
        out.measured_at = if_decided(rules.words(table + "measured_at")).value_or(std::vector<std::string>{});
    }
    if (out.of == "enrolled" && !attendance.enrolled) return missing("enrolled");
    out.out_of = out.of == "enrolled" ? *attendance.enrolled : attendance.entitled;
    out.counted = attendance.participating;
    // Ballots returned by post are no attendance and are checked against ballots issued when they are counted.
    if (out.counts != "returned") TRY(at_most("participating", out.counted, out.out_of));
    out.required = count::smallest_that_meets(out.fraction, out.comparison, out.out_of);
    out.met = out.counted >= out.required;
    return out;
}

Text rule_sentence(const Quorum& quorum) {
    if (quorum.required == 0) return say_all("rules.sentence.quorum_none");
    return say_all("rules.sentence.quorum_" + std::string(name_of(quorum.comparison)),
                   {{"out_of", quorum.out_of}, {"required", quorum.required}, {"counted", quorum.counted}},
                   {{"fraction", words_of(quorum.fraction)},
                    {"of", say_all("rules.of." + quorum.of)},
                    {"counts", say_all("rules.counts." + quorum.counts)}});
}

// ---- motions

namespace {

Result<Done> check_votes(const Votes& votes) {
    const auto each = [](std::string_view field, std::optional<std::int64_t> number) {
        return in_range(field, number.value_or(0));
    };
    TRY(each("entitled", votes.entitled));
    TRY(each("present", votes.present));
    TRY(each("issued", votes.issued));
    TRY(each("returned", votes.returned));
    TRY(each("invalid", votes.invalid));
    TRY(each("for", votes.in_favour));
    TRY(each("against", votes.against));
    TRY(each("abstain", votes.abstain));
    if (votes.present && votes.entitled) TRY(at_most("present", *votes.present, *votes.entitled));
    if (votes.issued && votes.present) TRY(at_most("issued", *votes.issued, *votes.present));
    if (votes.returned && votes.issued) TRY(at_most("returned", *votes.returned, *votes.issued));
    if (votes.returned && votes.invalid) TRY(at_most("invalid", *votes.invalid, *votes.returned));
    const auto cast = votes.in_favour + votes.against.value_or(0) + votes.abstain.value_or(0);
    const auto within = [&](std::string_view of, std::int64_t most) -> Result<Done> {
        TRY(at_most("for", votes.in_favour, most));
        if (cast > most)
            return refuse(Why::votes_exceed, {{"sum", cast}, {"most", most}, {"of", of}}, {"", 0, 0, "for"});
        return Done{};
    };
    if (votes.returned) return within("valid_ballots", *votes.returned - votes.invalid.value_or(0));
    if (votes.present) return within("present", *votes.present);
    if (votes.entitled) return within("entitled", *votes.entitled);
    return Done{};
}

Result<std::int64_t> base_count(Base base, const Votes& votes) {
    const auto needed = [](std::string_view field, std::optional<std::int64_t> number) -> Result<std::int64_t> {
        if (!number) return missing(field);
        return *number;
    };
    switch (base) {
        case Base::entitled: return needed("entitled", votes.entitled);
        case Base::present: return needed("present", votes.present);
        case Base::issued: return needed("issued", votes.issued);
        case Base::returned: return needed("returned", votes.returned);
        case Base::valid_ballots:
            // Of hands raised none is invalid: all that are counted are valid votes.
            if (!votes.returned) return votes.in_favour + TRY(needed("against", votes.against))
            +votes.abstain.value_or(0);
            return *votes.returned - TRY(needed("invalid", votes.invalid));
        case Base::votes_cast_incl_illegal: return needed("returned", votes.returned);
        case Base::for_plus_against: return votes.in_favour + TRY(needed("against", votes.against));
        case Base::valid_votes_without_abstentions:
            if (!votes.returned) return votes.in_favour + TRY(needed("against", votes.against));
            return *votes.returned - TRY(needed("invalid", votes.invalid))
            -TRY(needed("abstain", votes.abstain));
        case Base::none: return 0;
    }
    invariant(false);
}

}  // namespace

Result<Decision> motion(const Rules& rules, std::string_view question, const Votes& votes) {
    Decision out;
    out.question = std::string(question);
    if (question == "unit") {
        const auto word = TRY(rules.word("delegates.unit_threshold"));
        invariant(word == "more_than_half_of_all_unit_members");
        out.fraction = {1, 2};
        out.base = Base::entitled;
    } else {
        const auto table = "threshold." + std::string(question) + ".";
        out.base = enumerator<Base>(TRY(rules.word(table + "base")));
        out.fraction = TRY(rules.fraction(table + "fraction"));
        out.comparison = TRY(comparison(rules, table + "comparison"));
    }
    TRY(check_votes(votes));
    out.base_count = TRY(base_count(out.base, votes));
    out.in_favour = votes.in_favour;
    // Nothing is adopted without a single vote for it, even where nobody voted and 2/3 of 0 is 0.
    out.required = std::max<std::int64_t>(1, count::smallest_that_meets(out.fraction, out.comparison, out.base_count));
    out.passed = out.in_favour >= out.required;
    return out;
}

Text rule_sentence(const Decision& decision) {
    if (decision.base == Base::none) return say_all("rules.sentence.motion_none");
    // Before anybody has voted, a base of votes has no number yet.
    const bool of_votes = decision.base == Base::for_plus_against || decision.base == Base::valid_ballots ||
                          decision.base == Base::valid_votes_without_abstentions;
    if (of_votes && decision.base_count == 0)
        return say_all("rules.sentence.motion_" + std::string(name_of(decision.comparison)) + "_open", {},
                       {{"fraction", words_of(decision.fraction)}, {"base", count::text_of(decision.base)}});
    return say_all("rules.sentence.motion_" + std::string(name_of(decision.comparison)),
                   {{"base_count", decision.base_count}, {"required", decision.required}},
                   {{"fraction", words_of(decision.fraction)}, {"base", count::text_of(decision.base)}});
}

Result<std::vector<std::string>> voting_modes(const Rules& rules, std::string_view question) {
    const auto table = "threshold." + std::string(question) + ".";
    if (if_decided(rules.flag(table + "secret")).value_or(false)) return std::vector<std::string>{"secret"};
    return rules.words(table + "mode");
}

// ---- lists and sizes

Result<Surplus> surplus(const Rules& rules, std::string_view body, std::int64_t seats, std::int64_t candidates) {
    TRY(known_body(body));
    TRY(in_range("seats", seats, 1));
    TRY(in_range("candidates", candidates));
    Surplus out;
    out.body = std::string(body);
    out.fraction = TRY(rules.fraction("surplus." + out.body));
    out.seats = seats;
    out.candidates = candidates;
    // (candidates - seats) / seats >= fraction
    out.min_candidates = seats + count::smallest_that_meets(out.fraction, Comparison::ge, seats);
    out.accepted = candidates >= out.min_candidates;
    return out;
}

Text rule_sentence(const Surplus& surplus) {
    const Facts facts{
        {"seats", surplus.seats}, {"candidates", surplus.candidates}, {"min_candidates", surplus.min_candidates}};
    if (surplus.fraction.numerator == 0) return say_all("rules.sentence.surplus_none", facts);
    return say_all("rules.sentence.surplus", facts, {{"fraction", words_of(surplus.fraction)}});
}

namespace {

Result<Done> find_row(const Json& table, std::int64_t members, Size& out) {
    for (const auto& row : table.get_array()) {
        const auto at = [&](std::size_t i) { return row.get_array()[i].get_int64(); };
        if (members < at(0) || (at(1) != -1 && members > at(1))) continue;
        out.allowed_min = at(2);
        out.allowed_max = at(3);
        out.accepted = out.seats >= at(2) && out.seats <= at(3);
        return Done{};
    }
    return refuse(Why::outside_table, {{"members", members}}, {"", 0, 0, "members"});
}

}  // namespace

Result<Size> size(const Rules& rules, std::string_view body, std::optional<std::int64_t> members, std::int64_t seats) {
    TRY(known_body(body));
    TRY(in_range("seats", seats, 1));
    TRY(in_range("members", members.value_or(0)));
    if (body == "delegate") {
        if (!members) return missing("members");
        return delegates_size(rules, *members, seats);
    }
    Size out;
    out.body = std::string(body);
    out.members = members;
    out.seats = seats;
    const auto table = "bodies." + out.body;
    if (rules.value(table + ".seats")) {
        const auto range = TRY(rules.decided(table + ".seats"));
        out.allowed_min = range.get_array()[0].get_int64();
        out.allowed_max = range.get_array()[1].get_int64();
        out.accepted = seats >= out.allowed_min && seats <= out.allowed_max;
        return out;
    }
    if (body == "chair" || body == "audit_chair") {  // one office is one seat, by the word
        out.allowed_min = out.allowed_max = 1;
        out.accepted = seats == 1;
        return out;
    }
    const auto field = table + (body == "committee" ? ".size" : rules.value(table + ".size") ? ".size" : ".seats");
    const auto rows = TRY(rules.decided(field));
    if (!members) return missing("members");
    TRY(find_row(rows, *members, out));
    return out;
}

Result<Size> delegates_size(const Rules& rules, std::int64_t members, std::int64_t delegates) {
    TRY(in_range("members", members));
    TRY(in_range("delegates", delegates, 1));
    Size out;
    out.body = "delegate";
    out.members = members;
    out.seats = delegates;
    TRY(find_row(TRY(rules.decided("delegates.size")), members, out));
    return out;
}

Text rule_sentence(const Size& size) {
    const Facts facts{{"members", size.members.value_or(0)},
                      {"seats", size.seats},
                      {"allowed_min", size.allowed_min},
                      {"allowed_max", size.allowed_max}};
    return say_all(size.members ? "rules.sentence.size_by_members" : "rules.sentence.size", facts,
                   {{"body", say_all("rules.body." + size.body)}});
}

Result<Done> roles_are_known(const Rules& rules, const std::vector<Person>& candidates) {
    std::set<std::string> known;
    const auto add = [&](const std::string& field) {
        if (const auto words = rules.words(field)) known.insert(words->begin(), words->end());
    };
    add("candidates.ineligible");
    for (const auto body : bodies) add("bodies." + std::string(body) + ".excluded");
    std::string listed;
    for (const auto& role : known) listed += (listed.empty() ? "" : ", ") + role;
    for (const auto body : bodies) known.emplace(body);
    known.emplace("member");
    for (std::size_t i = 0; i < candidates.size(); ++i)
        for (const auto& role : candidates[i].roles)
            if (!known.contains(role))
                return refuse(Why::role_unknown,
                              {{"role", shown(role)},
                               {"name", candidates[i].id},
                               {"allowed", (listed.empty() ? "" : listed + ", ") + "member"}},
                              {"", 0, 0, "candidates[" + std::to_string(i) + "].roles"});
    return Done{};
}

Result<Eligibility> eligibility(const Rules& rules, std::string_view body, const std::vector<Person>& candidates,
                                std::int64_t seats, std::optional<std::int64_t> members) {
    Eligibility out;
    const bool sized = body == "committee" || body == "standing_committee" || body == "audit_committee";
    TRY(known_body(body));
    TRY(in_range("seats", seats, 1));
    out.seats_ok = sized ? TRY(size(rules, body, members, seats))
    .accepted : true;
    // A pack that bars nobody says nothing, and then nobody is barred.
    const auto barred = [&](const std::string& field) -> Result<std::vector<std::string>> {
        return TRY(if_said(rules, field, rules.words(field)))
        .value_or(std::vector<std::string>{});
    };
    auto roles = TRY(barred("bodies." + std::string(body) + ".excluded"));
    if (body != "delegate")
        for (auto& role : TRY(barred("candidates.ineligible"))) roles.push_back(std::move(role));
    for (const auto& person : candidates) {
        const auto bar = std::find_if(person.roles.begin(), person.roles.end(), [&](const std::string& role) {
            return std::find(roles.begin(), roles.end(), role) != roles.end();
        });
        if (bar == person.roles.end()) {
            out.eligible.push_back(person.id);
        } else {
            out.rejected.push_back(person.id);
            out.reasons.push_back(*bar);
        }
    }
    return out;
}

// ---- ballots and counting

Result<count::BallotRules> ballot_rules(const Rules& rules) {
    using count::Fault;
    count::BallotRules out;
    const auto marks = TRY(rules.words("ballot.marks"));
    const auto offers = [&](std::string_view mark) {
        return std::find(marks.begin(), marks.end(), mark) != marks.end();
    };
    out.against_offered = offers("against");
    out.abstain_offered = offers("abstain");
    const auto blank = TRY(rules.word("ballot.blank_means"));
    out.blank_means = blank == "for" ? count::BlankMeans::approve : enumerator<count::BlankMeans>(blank);
    out.write_in = TRY(rules.flag("ballot.write_in"));
    // Conditions and treatments that a pack may leave out because nothing then is to be treated.
    out.write_in_needs_against =
        TRY(if_said(rules, "ballot.write_in_needs_against", rules.flag("ballot.write_in_needs_against")))
    .value_or(false);
    out.over_vote = enumerator<Fault>(TRY(rules.word("ballot.over_vote")));
    out.under_vote = enumerator<Fault>(TRY(rules.word("ballot.under_vote")));
    if (const auto word = TRY(if_said(rules, "ballot.unreadable", rules.word("ballot.unreadable"))))
        out.unreadable = enumerator<Fault>(*word);
    if (const auto word = TRY(if_said(rules, "ballot.ineligible_choice", rules.word("ballot.ineligible_choice"))))
        out.ineligible_choice = enumerator<Fault>(*word);
    return out;
}

Result<count::ApprovalRules> approval_rules(const Rules& rules, std::string_view body, count::Round round,
                                            bool runoff) {
    using count::Round;
    TRY(known_body(body));
    count::ApprovalRules out;
    out.round = round;
    out.base = enumerator<Base>(TRY(rules.word("threshold.election.base")));
    out.fraction = TRY(rules.fraction("threshold.election.fraction"));
    out.comparison = TRY(comparison(rules, "threshold.election.comparison"));
    out.excess = enumerator<count::Excess>(TRY(rules.word("ballot.returned_gt_issued")));
    out.tie = enumerator<count::TieMethod>(TRY(rules.word(round == Round::tie ? "tie.second_tie" : "tie.method")));
    const auto options = TRY(if_said(rules, "shortfall.options", rules.words("shortfall.options")));
    for (const auto& word : options.value_or(std::vector<std::string>{}))
        out.shortfall.push_back(enumerator<count::Shortfall>(word));
    std::string threshold = "majority";
    if (round == Round::tie) threshold = TRY(rules.word("tie.revote_threshold"));
    const bool foreseen =
        std::find(out.shortfall.begin(), out.shortfall.end(), count::Shortfall::runoff_top_two) != out.shortfall.end();
    if (runoff && !foreseen) return undecided("shortfall.options");
    if (round == Round::further && runoff) threshold = TRY(rules.word("shortfall.runoff_threshold"));
    if (threshold == "plurality") {
        out.base = Base::none;
        out.fraction = {0, 1};
        out.comparison = Comparison::gt;
    }
    return out;
}

Text rule_sentence(const count::ApprovalRules& rules, std::optional<std::int64_t> base_number) {
    if (rules.base == Base::none) return say_all("rules.sentence.election_none");
    const std::vector<TextFact> texts{{"fraction", words_of(rules.fraction)}, {"base", count::text_of(rules.base)}};
    const auto key = "rules.sentence.election_" + std::string(name_of(rules.comparison));
    const bool per_name = rules.base == Base::for_plus_against || rules.base == Base::valid_votes_without_abstentions;
    if (!base_number || per_name || *base_number < 0 || *base_number > count::most_counted)
        return say_all(key + "_open", {}, texts);
    const auto required =
        std::max<std::int64_t>(1, count::smallest_that_meets(rules.fraction, rules.comparison, *base_number));
    return say_all(key, {{"base_count", *base_number}, {"required", required}}, texts);
}

Result<std::string> state_after_election(const Rules& rules) {
    return std::string(TRY(rules.word("officers.approval_by")) == "none" ? "final" : "pending_approval");
}

Result<Uncontested> uncontested(const Rules& rules, std::int64_t seats, std::int64_t candidates) {
    constexpr std::string_view field = "uncontested.ballot_required";
    TRY(in_range("seats", seats, 1));
    TRY(in_range("candidates", candidates));
    if (candidates > seats) return Uncontested{true};
    if (!rules.value(field) && !rules.left_open(field)) return Uncontested{true};
    const auto required = TRY(rules.decided(field));
    if (!required.is_bool()) return undecided(field);  // the pack leaves it to the bylaws
    return Uncontested{required.get_bool()};
}

Result<Reduction> reduce_seats(const Rules& rules, const ReduceSeats& ask) {
    TRY(in_range("elected", ask.elected));
    TRY(in_range("seats", ask.seats, 1));
    TRY(at_most("elected", ask.elected, ask.seats));
    TRY(in_range("consent_base", ask.consent_base));
    TRY(in_range("consent_for", ask.consent_for));
    TRY(at_most("consent_for", ask.consent_for, ask.consent_base));
    const auto options = TRY(rules.words("shortfall.options"));
    Reduction out;
    const bool foreseen = std::find(options.begin(), options.end(), "reduce_seats") != options.end();
    const auto needs = TRY(rules.word("shortfall.reduce_needs"));
    invariant(needs == "majority_consent");
    out.consent_required = count::smallest_that_meets({1, 2}, Comparison::gt, ask.consent_base);
    out.consent = ask.consent_for >= out.consent_required;
    out.fits = ask.elected > 0;
    if (out.fits && TRY(rules.flag("shortfall.reduce_must_fit_size_table"))) {
        const auto allowed = TRY(size(rules, ask.body, ask.members, ask.elected));
        out.allowed_min = allowed.allowed_min;
        out.allowed_max = allowed.allowed_max;
        out.fits = allowed.accepted;
    }
    out.allowed = foreseen && out.consent && out.fits;
    return out;
}

Result<Electors> electors(const Rules& rules, std::string_view body) {
    TRY(known_body(body));
    const auto name = std::string(body);
    Electors out;
    if (body == "audit_chair") {
        out.elected_by = TRY(rules.words("bodies.audit_committee.chair_elected_by"));
        out.from = "audit_committee";
        return out;
    }
    out.elected_by = TRY(rules.words("bodies." + name + ".elected_by"));
    if (body == "standing_committee") out.from = "committee";
    // Members of a standing committee are members of the committee that it is drawn from.
    if (body == "chair" || body == "vice_chair") {
        const auto from = TRY(rules.word("bodies." + name + ".from"));
        out.from = from == "committee_or_standing" ? "committee" : from;
    }
    return out;
}

Result<WomensCommittee> womens_committee(const Rules& rules, std::int64_t women_members) {
    TRY(in_range("women_members", women_members));
    WomensCommittee out;
    const auto line = TRY(rules.number("bodies.womens_committee.required_from_women_members"));
    out.formation = TRY(rules.words("bodies.womens_committee.formation"));
    out.form = women_members >= line ? "womens_committee" : TRY(rules.word("bodies.womens_committee.below_that"));
    out.ballot_required = std::all_of(out.formation.begin(), out.formation.end(),
                                      [](const std::string& way) { return way.starts_with("elected"); });
    return out;
}

// ---- time

Result<std::vector<std::int64_t>> term_years_allowed(const Rules& rules) {
    std::vector<std::int64_t> out;
    if (!rules.value("term.years_allowed") && rules.value("term.years_max")) return out;
    const auto allowed = TRY(rules.decided("term.years_allowed"));
    for (const auto& years : allowed.as_array()) out.push_back(years.as_int64());
    return out;
}

Result<Done> check_term(const Rules& rules, std::int64_t years) {
    const auto allowed = TRY(term_years_allowed(rules));
    std::string named;
    for (const auto each : allowed) named += (named.empty() ? "" : ", ") + std::to_string(each);
    if (allowed.empty()) {
        const auto most = TRY(rules.number("term.years_max"));
        if (years >= 1 && years <= most) return Done{};
        named = "1-" + std::to_string(most);
    }
    if (std::find(allowed.begin(), allowed.end(), years) != allowed.end()) return Done{};
    return refuse(Why::term_not_allowed, {{"years", years}, {"allowed", named}});
}

Date last_day(Date from, std::int64_t days, bool workdays, bool rolls, const std::vector<Date>& holidays) {
    constexpr std::int64_t last_known = 2'932'896;  // 9999-12-31
    const auto rests = [&](Date day) {
        return weekday(day) > 5 || std::find(holidays.begin(), holidays.end(), day) != holidays.end();
    };
    invariant(days >= 0 && days <= 36'525);  // a century: no rule runs longer, and the loop below stays short
    auto at = days_from_date(from);
    const auto next = [&] { at = std::min(at + 1, last_known); };
    if (!workdays) {
        at = std::min(at + days, last_known);
    } else {
        for (std::int64_t counted = 0; counted < days && at < last_known;) {
            next();
            counted += !rests(date_from_days(at));
        }
    }
    while (rolls && rests(date_from_days(at)) && at < last_known) next();
    return date_from_days(at);
}

Result<Json> regional(const Rules& rules, std::string_view region, std::string_view name) {
    const auto base = "base." + std::string(name);
    if (region == "base") return rules.decided(base);
    const auto own = "region." + std::string(region) + "." + std::string(name);
    return rules.value(own) ? rules.decided(own) : rules.decided(base);
}

namespace {

Result<Done> known_region(const Rules& rules, std::string_view region) {
    if (region == "base") return Done{};
    const auto effective = rules.effective();
    const auto prefix = "region." + std::string(region) + ".";
    for (const auto& value : effective.at("values").as_object())
        if (std::string_view(value.key()).starts_with(prefix)) return Done{};
    return refuse(Why::region_unknown, {{"region", shown(region)}});
}

}  // namespace

Result<Deadlines> deadline(const Rules& rules, const BargainingDates& dates) {
    constexpr std::int64_t longest = 3650;
    TRY(known_region(rules, dates.region));
    const auto days = TRY(regional(rules, dates.region, "reply_days"))
    .as_int64();
    const auto unit = TRY(regional(rules, dates.region, "reply_unit"));
    const auto to_force = TRY(regional(rules, dates.region, "effective_if_no_objection_days"))
    .as_int64();
    TRY(at_most("reply_days", days, longest));
    TRY(at_most("effective_if_no_objection_days", to_force, longest));
    const bool rolls =
        TRY(if_said(rules, "counting.deadline_rolls_to_workday", rules.flag("counting.deadline_rolls_to_workday")))
    .value_or(false);
    Deadlines out;
    out.reply_due = last_day(dates.offer_received, days, unit == Json("workday"), rolls, dates.holidays);
    // The period must have ended without objection; the contract is in force from the day after.
    if (dates.filed)
        out.effective_on = last_day(last_day(*dates.filed, to_force, false, rolls, dates.holidays), 1, false, false);
    return out;
}

// ---- gates

Result<Gates> gates(const Rules& rules, bool delegates) {
    const auto list = [&](const char* field) {
        return if_decided(rules.words(field)).value_or(std::vector<std::string>{});
    };
    Gates out;
    out.prior_report_to = list("assembly.prior_report_to");
    out.prior_report_reply_days = if_decided(rules.number("assembly.prior_report_reply_days"));
    out.notice_workdays = if_decided(rules.number("assembly.notice_workdays"));
    out.list_approved_by = list("candidates.list_approved_by");
    out.list_adopted_by = if_decided(rules.word("candidates.list_adopted_by"));
    out.public_notice_workdays = if_decided(rules.number("candidates.public_notice_workdays"));
    out.approval_by = if_decided(rules.word("officers.approval_by"));
    out.approval_reply_days = if_decided(rules.number("officers.approval_reply_days"));
    out.scrutineers_not_candidates = if_decided(rules.flag("officers.scrutineers_not_candidates"));
    out.managers_max = if_decided(rules.fraction("delegates.managers_max"));
    out.presides = list(delegates ? "officers.presides_delegates" : "officers.presides_members");
    out.announces = if_decided(rules.word("officers.announces"));
    out.credentials_by = if_decided(rules.word("delegates.credentials_by"));
    out.secret = if_decided(rules.flag("ballot.secret"));
    out.proxy = if_decided(rules.flag("ballot.proxy"));
    out.write_in = if_decided(rules.flag("ballot.write_in"));
    out.mobile_box = if_decided(rules.flag("ballot.mobile_box"));
    out.electronic = if_decided(rules.word("ballot.electronic"));
    out.candidate_order = if_decided(rules.word("ballot.candidate_order"));
    return out;
}

Result<bool> managers_allowed(const Rules& rules, std::int64_t managers, std::int64_t delegates) {
    TRY(in_range("delegates", delegates));
    TRY(in_range("managers", managers));
    TRY(at_most("managers", managers, delegates));
    const auto share = TRY(rules.fraction("delegates.managers_max"));
    return managers * share.denominator <= delegates * share.numerator;
}

}  // namespace plenum::rules

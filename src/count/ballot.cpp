// SPDX-License-Identifier: Apache-2.0
#include "count/ballot.h"

namespace plenum::count {
namespace {

Result<Done> check(const Marks& marks) {
    const auto in_range = [](std::string_view field, std::int64_t number, std::int64_t least) -> Result<Done> {
        if (number < least || number > most_counted)
            return refuse(Why::number_out_of_range, {{"number", number}, {"least", least}, {"most", most_counted}},
                          {"", 0, 0, std::string(field)});
        return Done{};
    };
    TRY(in_range("seats", marks.seats, 1));
    TRY(in_range("candidates", marks.candidates, 0));
    TRY(in_range("in_favour", marks.in_favour, 0));
    TRY(in_range("against", marks.against, 0));
    TRY(in_range("abstain", marks.abstain, 0));
    TRY(in_range("unmarked", marks.unmarked.value_or(0), 0));
    TRY(in_range("write_ins", marks.write_ins, 0));
    TRY(in_range("ineligible_choices", marks.ineligible_choices, 0));
    const auto marked = marks.in_favour + marks.against + marks.abstain;
    if (marked > marks.candidates)
        return refuse(Why::marks_exceed_candidates, {{"marks", marked}, {"candidates", marks.candidates}});
    if (marks.unmarked && marked + *marks.unmarked != marks.candidates)
        return refuse(Why::marks_do_not_add_up,
                      {{"marks", marked}, {"unmarked", *marks.unmarked}, {"candidates", marks.candidates}});
    if (marks.ineligible_choices > marks.in_favour + marks.write_ins)
        return refuse(Why::marks_do_not_add_up, {{"marks", marks.in_favour + marks.write_ins},
                                                 {"unmarked", marks.ineligible_choices},
                                                 {"candidates", marks.candidates}});
    return Done{};
}

Classified faulty(Fault fault, BallotReason reason, std::int64_t credited) {
    switch (fault) {
        case Fault::valid: return {BallotClass::valid, reason, credited};
        case Fault::invalid_ballot: return {BallotClass::invalid, reason, 0};
        case Fault::illegal_counts_in_base: return {BallotClass::illegal_counts_in_base, reason, 0};
    }
    invariant(false);
}

}  // namespace

Result<Classified> classify(const Marks& marks, const BallotRules& rules) {
    TRY(check(marks));
    if (marks.unreadable) {
        if (!rules.unreadable) return refuse(Why::rule_missing, {{"rule", "unreadable"}});
        return faulty(*rules.unreadable, BallotReason::unreadable, 0);
    }
    if ((marks.against > 0 && !rules.against_offered) || (marks.abstain > 0 && !rules.abstain_offered))
        return Classified{BallotClass::invalid, BallotReason::mark_not_offered, 0};

    const auto marked = marks.in_favour + marks.against + marks.abstain;
    if (marked == 0 && marks.write_ins == 0 && rules.blank_means == BlankMeans::ignored)
        return Classified{BallotClass::ignored, BallotReason::blank, 0};
    if (marked == 0 && marks.write_ins == 0 && rules.blank_means == BlankMeans::invalid)
        return Classified{BallotClass::invalid, BallotReason::blank, 0};

    if (marks.write_ins > 0 && !rules.write_in)
        return Classified{BallotClass::invalid, BallotReason::write_in_not_allowed, 0};
    if (rules.write_in_needs_against && marks.write_ins > marks.against)
        return Classified{BallotClass::invalid, BallotReason::write_ins_exceed_against, 0};

    const auto unmarked = marks.candidates - marked;
    const auto chosen = marks.in_favour + marks.write_ins + (rules.blank_means == BlankMeans::approve ? unmarked : 0);
    if (chosen > marks.seats) return faulty(rules.over_vote, BallotReason::over_vote, marks.seats);
    if (chosen > 0 && marks.ineligible_choices == chosen && rules.ineligible_choice != Fault::valid)
        return faulty(rules.ineligible_choice, BallotReason::ineligible_choice, 0);
    if (chosen < marks.seats && rules.under_vote != Fault::valid)
        return faulty(rules.under_vote, BallotReason::under_vote, 0);
    return Classified{BallotClass::valid, BallotReason::none, chosen};
}

Text text_of(BallotReason reason) { return say_all("count.ballot." + std::string(name_of(reason))); }
Text text_of(BallotClass kind) { return say_all("count.class." + std::string(name_of(kind))); }

}  // namespace plenum::count

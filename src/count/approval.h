// SPDX-License-Identifier: Apache-2.0
// Election of several persons by marking names: who has enough votes, who ranks inside the seats, what stays open.
// The same function counts a Chinese union election, a convention under Robert's Rules, a British plurality election
// and a German congress; only the parameters differ, and those come from the room `rules`.
#pragma once
#include <boost/describe/enum.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "count/fraction.h"
#include "count/refusals.h"

namespace plenum::count {

/// What the fraction of a threshold is taken of.
enum class Base {
    entitled,                         ///< all with a confirmed mandate (应到会)
    present,                          ///< entitled persons checked in (实到会)
    issued,                           ///< ballots handed out
    returned,                         ///< ballots in the box
    valid_ballots,                    ///< returned less invalid, illegal and ignored
    votes_cast_incl_illegal,          ///< valid and illegal: every ballot that shows a preference (RONR 45:32)
    for_plus_against,                 ///< per name
    valid_votes_without_abstentions,  ///< per name: valid ballots less the abstentions on this name
    none                              ///< no threshold: most votes win, but nobody without a vote
};
BOOST_DESCRIBE_ENUM(Base, entitled, present, issued, returned, valid_ballots, votes_cast_incl_illegal, for_plus_against,
                    valid_votes_without_abstentions, none)

/// What happens when more ballots come back than were issued.
enum class Excess {
    void_election,                ///< the whole question is void and repeated
    void_if_result_could_change,  ///< void only if taking away that many ballots could change anything
    scrutineer_report             ///< counted; the scrutineer reports it
};
BOOST_DESCRIBE_ENUM(Excess, void_election, void_if_result_could_change, scrutineer_report)

/// How a tie that decides the last seats is resolved. `lot` is resolved here if the order drawn is given.
enum class TieMethod { revote_among_tied, reballot_for_open_seats, runoff_among_tied, lot, repeat, rule_book };
BOOST_DESCRIBE_ENUM(TieMethod, revote_among_tied, reballot_for_open_seats, runoff_among_tied, lot, repeat, rule_book)

/// What may follow when fewer are elected than there are seats.
enum class Shortfall {
    further_election,
    reduce_seats,
    second_round,
    runoff_top_two,
    reballot_for_open_seats,
    fill_later_by_rule_book
};
BOOST_DESCRIBE_ENUM(Shortfall, further_election, reduce_seats, second_round, runoff_top_two, reballot_for_open_seats,
                    fill_later_by_rule_book)

/// first     the election itself
/// further   a later ballot for seats left open
/// tie       a ballot among those tied for the last seats
/// A round says which rules `rules` puts below; the count itself treats all alike.
enum class Round { first, further, tie };
BOOST_DESCRIBE_ENUM(Round, first, further, tie)

struct ApprovalRules {
    Fraction fraction;
    Comparison comparison = Comparison::gt;
    Base base = Base::none;
    Excess excess = Excess::void_election;
    TieMethod tie = TieMethod::repeat;
    std::vector<Shortfall> shortfall;
    Round round = Round::first;
    bool operator==(const ApprovalRules&) const = default;
    static constexpr auto fields() {
        return fields_of(field("fraction", &ApprovalRules::fraction, "share of the base that a name needs"),
                         field("comparison", &ApprovalRules::comparison, "ge | gt"),
                         field("base", &ApprovalRules::base, "what the share is taken of"),
                         field("excess", &ApprovalRules::excess, "more ballots returned than issued"),
                         field("tie", &ApprovalRules::tie, "how a tie at the cut is resolved"),
                         field("shortfall", &ApprovalRules::shortfall, "what may follow when seats stay open"),
                         field("round", &ApprovalRules::round, "first | further | tie"));
    }
};

/// What was counted for one name. `against` and `abstain` only where the paper offers them.
struct NameCount {
    std::string id;
    std::int64_t in_favour = 0;
    std::optional<std::int64_t> against, abstain;
    bool write_in = false;             ///< was not on the printed list (另选他人)
    bool ineligible = false;           ///< established: cannot be elected; the votes stay in the tally
    bool eligibility_checked = false;  ///< of a write-in: established that it may be elected
    bool operator==(const NameCount&) const = default;
    static constexpr auto fields() {
        return fields_of(field("id", &NameCount::id, "candidate id"),
                         field("in_favour", &NameCount::in_favour, "votes for"),
                         field("against", &NameCount::against, "votes against, where offered"),
                         field("abstain", &NameCount::abstain, "abstentions, where offered"),
                         field("write_in", &NameCount::write_in, "was not on the list"),
                         field("ineligible", &NameCount::ineligible, "established that it cannot be elected"),
                         field("eligibility_checked", &NameCount::eligibility_checked,
                               "established that a write-in can be elected"));
    }
};

/// The numbers of one ballot question, on paper or from an encrypted tally. Every number is 0 to most_counted.
struct VotesCounted {
    std::int64_t entitled = 0;
    std::int64_t present = 0;
    std::int64_t issued = 0;
    std::int64_t returned = 0;
    std::int64_t invalid = 0;  ///< returned and rejected
    std::int64_t illegal = 0;  ///< credited to nobody but counted in the base (Robert's Rules)
    std::int64_t ignored = 0;  ///< blank where blanks leave the base
    std::int64_t seats = 0;
    std::vector<NameCount> names;  ///< in the order of the paper; the order never decides anything
    std::vector<std::string> lot;  ///< if a lot was drawn: ids in the order drawn, first drawn first
    bool operator==(const VotesCounted&) const = default;
    static constexpr auto fields() {
        return fields_of(field("entitled", &VotesCounted::entitled, "holders of a confirmed mandate"),
                         field("present", &VotesCounted::present, "entitled persons taking part"),
                         field("issued", &VotesCounted::issued, "ballots issued"),
                         field("returned", &VotesCounted::returned, "ballots returned"),
                         field("invalid", &VotesCounted::invalid, "returned ballots rejected"),
                         field("illegal", &VotesCounted::illegal, "credited to nobody, counted in the base"),
                         field("ignored", &VotesCounted::ignored, "blank ballots that leave the base"),
                         field("seats", &VotesCounted::seats, "seats to fill"),
                         field("names", &VotesCounted::names, "votes per name"),
                         field("lot", &VotesCounted::lot, "order drawn by lot, if one was drawn"));
    }
};

/// How one name came out. Ranks are competition ranks among the names that may be elected: 1, 1, 3. 0 = struck.
struct Standing {
    std::string id;
    std::int64_t in_favour = 0;
    std::int64_t rank = 0;
    std::int64_t required = 0;  ///< votes this name needed; the same for all unless the base is per name
    bool passed = false;
    bool elected = false;
    bool tied = false;
    bool write_in = false;
    bool ineligible = false;
    bool operator==(const Standing&) const = default;
    static constexpr auto fields() {
        return fields_of(
            field("id", &Standing::id, "candidate id"), field("in_favour", &Standing::in_favour, "votes for"),
            field("rank", &Standing::rank, "competition rank; 0 = struck"),
            field("required", &Standing::required, "votes needed"),
            field("passed", &Standing::passed, "reached the votes needed"),
            field("elected", &Standing::elected, "elected"), field("tied", &Standing::tied, "tied for the last seats"),
            field("write_in", &Standing::write_in, "was not on the list"),
            field("ineligible", &Standing::ineligible, "cannot be elected"));
    }
};

/// One step of the count, in the order in which the teller makes it.
/// kind      returned_issued | void | excess_harmless | excess_reported | classified | threshold | threshold_per_name |
///           no_threshold | struck | ranked | passed | cut | tie | tie_by_lot | open | elected | check | next
/// numbers   the numbers of the sentence by name ("issued", "returned" …)
/// names     ids of candidates the step is about
/// words     enumerators the step is about (a Base, a TieMethod, Shortfall options)
struct Step {
    std::string kind;
    std::map<std::string, std::int64_t> numbers;
    std::vector<std::string> names;
    std::vector<std::string> words;
    bool operator==(const Step&) const = default;
    static constexpr auto fields() {
        return fields_of(
            field("kind", &Step::kind, "kind of step"), field("numbers", &Step::numbers, "numbers of its sentence"),
            field("names", &Step::names, "candidates it is about"), field("words", &Step::words, "rules it applies"));
    }
};

/// The whole count, step by step, and its outcome. Follows from the votes and the rules alone.
struct Course {
    bool void_election = false;              ///< then nothing else is filled but steps and next
    std::int64_t valid = 0;                  ///< valid ballots
    std::optional<std::int64_t> base_count;  ///< what the fraction was taken of; none if per name or no threshold
    std::optional<std::int64_t> threshold;   ///< smallest number of votes that passes; none if per name
    std::vector<std::string> elected;        ///< by votes, equals in the order of the paper
    std::vector<std::string> tied;           ///< tied for the last seats, in the order of the paper
    std::int64_t open = 0;                   ///< seats left
    std::vector<std::string> next;           ///< a TieMethod, Shortfall options, or "repeat_election"
    std::vector<std::string> checks;         ///< "eligibility:w1" before the result is announced as final
    std::vector<Standing> standings;         ///< by votes, struck names last
    std::vector<Step> steps;
    bool operator==(const Course&) const = default;
    static constexpr auto fields() {
        return fields_of(field("void", &Course::void_election, "the whole question is void"),
                         field("valid", &Course::valid, "valid ballots"),
                         field("base_count", &Course::base_count, "number the fraction was taken of"),
                         field("threshold", &Course::threshold, "smallest number of votes that passes"),
                         field("elected", &Course::elected, "ids by votes"),
                         field("tied", &Course::tied, "ids tied for the last seats"),
                         field("open", &Course::open, "seats left"), field("next", &Course::next, "what may follow"),
                         field("checks", &Course::checks, "what is to be established before the result is final"),
                         field("standings", &Course::standings, "every name by votes"),
                         field("steps", &Course::steps, "the count, step by step"));
    }
};

/// Counts one ballot question: (1) returned against issued, (2) ballots classified, (3) threshold, (4) ineligible names
/// struck, (5) names ranked by votes for, (6) cut at the seats with a tie test at the cut only, (7) open seats and what
/// may follow. Nobody is chosen by the order of the list or by fewer votes against.
///
/// refuses   number_out_of_range, present_exceeds_entitled, issued_exceeds_present, set_aside_exceeds_returned,
///           votes_exceed_ballots (a name with more votes than valid ballots), votes_exceed_choices (all votes for
///           together above seats times valid ballots), name_twice, fraction_impossible, number_missing (the base needs
///           votes against or abstentions), lot_names_wrong (names not tied, a tied name missing, a name twice)
/// cost      n log n in the names
Result<Course> approval(const VotesCounted& votes, const ApprovalRules& rules);

/// The step as a sentence in three languages (texts: count.step.<kind>).
/// name_of_candidate   what people call a candidate
Text sentence(const Step& step, const std::function<Text(const std::string& id)>& name_of_candidate);

/// What people call an enumerator: "应到会人数" for Base::entitled (texts: count.base.entitled).
Text text_of(Base base);
Text text_of(TieMethod method);
Text text_of(Shortfall option);

}  // namespace plenum::count

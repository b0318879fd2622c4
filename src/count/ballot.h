// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/describe/enum.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "count/fraction.h"
#include "count/refusals.h"

namespace plenum::count {

/// What an unmarked name means. For `ignored` and `invalid` it is the wholly unmarked ballot that leaves the base or is
/// rejected; a name left unmarked beside marked ones then simply has no vote.
enum class BlankMeans { abstain, approve, ignored, invalid };
BOOST_DESCRIBE_ENUM(BlankMeans, abstain, approve, ignored, invalid)

/// How a faulty ballot is treated.
enum class Fault { valid, invalid_ballot, illegal_counts_in_base };
BOOST_DESCRIBE_ENUM(Fault, valid, invalid_ballot, illegal_counts_in_base)

struct BallotRules {
    bool against_offered = true;
    bool abstain_offered = true;
    BlankMeans blank_means = BlankMeans::abstain;
    bool write_in = false;
    bool write_in_needs_against = false;  ///< only who votes against may name another (R2016 art. 23)
    Fault over_vote = Fault::invalid_ballot;
    Fault under_vote = Fault::valid;
    std::optional<Fault> unreadable;  ///< none: the rules are silent, and a ballot that cannot be read is refused
    Fault ineligible_choice = Fault::valid;  ///< a ballot whose every choice is for persons who cannot serve
    bool operator==(const BallotRules&) const = default;
    static constexpr auto fields() {
        return fields_of(
            field("against_offered", &BallotRules::against_offered, "the paper offers a vote against"),
            field("abstain_offered", &BallotRules::abstain_offered, "the paper offers an abstention"),
            field("blank_means", &BallotRules::blank_means, "what an unmarked name means"),
            field("write_in", &BallotRules::write_in, "other names may be written in"),
            field("write_in_needs_against", &BallotRules::write_in_needs_against, "one write-in per vote against"),
            field("over_vote", &BallotRules::over_vote, "more names than seats"),
            field("under_vote", &BallotRules::under_vote, "fewer names than seats"),
            field("unreadable", &BallotRules::unreadable, "the mark cannot be read"),
            field("ineligible_choice", &BallotRules::ineligible_choice, "only persons who cannot serve"));
    }
};

/// The marks on one ballot, as numbers. No name, no serial: nothing here links a ballot to a person.
struct Marks {
    std::int64_t seats = 1;
    std::int64_t candidates = 0;  ///< names printed
    std::int64_t in_favour = 0, against = 0, abstain = 0;
    std::optional<std::int64_t> unmarked;  ///< none = the rest of the names printed
    std::int64_t write_ins = 0;
    std::int64_t ineligible_choices = 0;  ///< of in_favour and write_ins, those for persons who cannot serve
    bool unreadable = false;
    bool operator==(const Marks&) const = default;
    static constexpr auto fields() {
        return fields_of(
            field("seats", &Marks::seats, "seats to fill"), field("candidates", &Marks::candidates, "names printed"),
            field("in_favour", &Marks::in_favour, "names marked for"),
            field("against", &Marks::against, "names marked against"),
            field("abstain", &Marks::abstain, "names marked as abstention"),
            field("unmarked", &Marks::unmarked, "names without a mark"),
            field("write_ins", &Marks::write_ins, "names written in"),
            field("ineligible_choices", &Marks::ineligible_choices, "choices for persons who cannot serve"),
            field("unreadable", &Marks::unreadable, "the marks cannot be read"));
    }
};

enum class BallotClass { valid, invalid, illegal_counts_in_base, ignored };
BOOST_DESCRIBE_ENUM(BallotClass, valid, invalid, illegal_counts_in_base, ignored)

enum class BallotReason {
    none,
    unreadable,
    mark_not_offered,
    blank,
    write_in_not_allowed,
    write_ins_exceed_against,
    over_vote,
    under_vote,
    ineligible_choice
};
BOOST_DESCRIBE_ENUM(BallotReason, none, unreadable, mark_not_offered, blank, write_in_not_allowed,
                    write_ins_exceed_against, over_vote, under_vote, ineligible_choice)

struct Classified {
    BallotClass kind = BallotClass::valid;
    BallotReason reason = BallotReason::none;
    std::int64_t credited_for = 0;  ///< names that get a vote for from this ballot; 0 unless valid
    bool operator==(const Classified&) const = default;
    static constexpr auto fields() {
        return fields_of(field("class", &Classified::kind, "valid | invalid | illegal_counts_in_base | ignored"),
                         field("reason", &Classified::reason, "why it is not simply valid"),
                         field("credited_for", &Classified::credited_for, "votes for that it gives"));
    }
};

/// Classifies one ballot: unreadable, marks the paper does not offer, blank, write-ins, over-vote, under-vote, choices
/// for persons who cannot serve, in this order; the first fault decides.
/// refuses   number_out_of_range, marks_exceed_candidates, marks_do_not_add_up (unmarked given and the sum is not the
///           number of names printed): a slip of who reads the ballot, not a fault of the ballot; rule_missing
Result<Classified> classify(const Marks& marks, const BallotRules& rules);

/// Why a ballot is not simply valid, for the teller's screen (texts: count.ballot.<reason>).
Text text_of(BallotReason reason);
Text text_of(BallotClass kind);

}  // namespace plenum::count

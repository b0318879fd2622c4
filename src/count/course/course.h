// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/describe/enum.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "count/ballots/profile.h"
#include "count/number/arithmetic.h"

namespace plenum::count {

/// What happens at a step of a count.
enum class Event { begin, count, elect, unpend, defeat, transfer, iterate, tie, end };
BOOST_DESCRIBE_ENUM(Event, begin, count, elect, unpend, defeat, transfer, iterate, tie, end)

/// Why it happens. Each has a sentence in three languages under count.reason.
enum class Reason {
    count_begins,
    votes_counted,
    reached_quota,       ///< elected, surplus to be transferred later
    reached_quota_now,   ///< elected, nothing to transfer, or transferred at once
    quota_stands,        ///< elected already, and its surplus is no longer needed
    seats_left_for_all,  ///< elected because as many seats as candidates are left
    highest_quotient,
    majority,  ///< more than half of the votes that still count
    most_votes,
    largest_surplus,  ///< chosen to be transferred next
    surplus_transferred,
    contribution_recorded,  ///< QPQ: ballots have elected this part of a candidate
    fewest_votes,
    certain_loser,
    surplus_below_omega,  ///< Meek: the surplus left is too small to matter
    surplus_stable,       ///< Meek: the surplus no longer falls
    lowest_quotient,
    no_seat_left,
    ballots_transferred,
    iterated_to_election,
    iterated_to_batch,
    iterated_to_omega,
    iterated_to_stable,
    tie_fewest,
    tie_largest_surplus,
    tie_largest_quotient,
    tie_smallest_quotient,
    tie_most_votes,
    count_complete
};
BOOST_DESCRIBE_ENUM(Reason, count_begins, votes_counted, reached_quota, reached_quota_now, quota_stands,
                    seats_left_for_all, highest_quotient, majority, most_votes, largest_surplus, surplus_transferred,
                    contribution_recorded, fewest_votes, certain_loser, surplus_below_omega, surplus_stable,
                    lowest_quotient, no_seat_left, ballots_transferred, iterated_to_election, iterated_to_batch,
                    iterated_to_omega, iterated_to_stable, tie_fewest, tie_largest_surplus, tie_largest_quotient,
                    tie_smallest_quotient, tie_most_votes, count_complete)

/// Votes that go from one candidate to another in a step; -1 is "no further preference".
struct Flow {
    int from = 0, to = 0;
    std::string votes;
};

/// One step, with the figures after it. Numbers are decimals as text, exactly as the rule keeps them.
struct Stage {
    int round = 0;
    Event event = Event::begin;
    Reason reason = Reason::count_begins;
    std::vector<int> who;
    std::string amount;              ///< surplus, quotient or votes that the reason speaks of; else empty
    std::vector<std::string> votes;  ///< per candidate; empty text for one withdrawn
    std::string nontransferable;     ///< empty where the rule keeps no such figure
    std::string quota;
    std::vector<Flow> flows;
};

/// What decides between candidates who are equal where the rule must choose one.
/// paper_order    the candidate who stands first on the paper, where no order was drawn
/// drawn_order    an order drawn beforehand, in the file or given by name
/// lot            an order drawn from a seed
/// earlier_stage  figures of the latest stage at which they differed
/// undecided      nothing: the count stops and names them
enum class TieDecider { paper_order, drawn_order, lot, earlier_stage, undecided };
BOOST_DESCRIBE_ENUM(TieDecider, paper_order, drawn_order, lot, earlier_stage, undecided)

struct TieRule {
    TieDecider last = TieDecider::paper_order;  ///< what decides in the end
    bool earlier_stages = false;                ///< asked before it
    std::vector<int> order;                     ///< for paper_order, drawn_order, lot: first named is chosen
    std::string seed;                           ///< of the lot
};

struct TieBreak {
    int round = 0;
    Reason purpose = Reason::tie_fewest;
    std::vector<int> among;
    int chosen = 0;
    TieDecider by = TieDecider::paper_order;
    int stage = -1;  ///< round whose figures decided, for earlier_stage
};

/// How many ballots would have to say something else for another outcome. `least` ballots at the least (a proof), and
/// `enough` are enough (found by counting again); equal where it is exact.
struct Margin {
    std::optional<std::int64_t> least, enough;
    int instead_of = -1, instead = -1;  ///< whose seat would go to whom with `enough`
};

/// Whom another rule elects from the same ballots.
struct Beside {
    std::string method;
    std::vector<int> winners;
};

/// A finished count: the outcome, how it came about, and by which rule.
struct Count {
    std::string method, rule, title;
    Arithmetic arithmetic;
    std::vector<std::string> names;
    std::vector<bool> withdrawn;
    std::int64_t seats = 0;
    std::int64_t ballots = 0;       ///< read
    std::int64_t valid = 0;         ///< counted: quota and majority are of these
    std::int64_t blank = 0;         ///< with no candidate to count for, set aside
    std::int64_t invalid = 0;       ///< against the rule, set aside
    std::int64_t cut_at_equal = 0;  ///< counted down to the first equal rank
    std::string quota;
    std::vector<int> winners;     ///< in order of election
    std::int64_t open_seats = 0;  ///< seats for which there is nobody
    TieRule tie_rule;
    std::vector<TieBreak> tie_breaks;
    std::vector<Stage> stages;
    std::vector<std::vector<int>> ranking;                ///< from first to last, equal ones together; else empty
    std::vector<std::vector<std::int64_t>> pairs, paths;  ///< voters who prefer row to column; strongest path
    std::vector<std::vector<std::int64_t>> grades;        ///< majority judgment: voters by grade for each
    std::vector<int> medians;                             ///< majority judgment
    std::vector<int> tied_at_cut;                         ///< equal at the last seat where a method ranks
    std::optional<int> condorcet_winner;
    std::vector<std::string> events;  ///< Belenios' own words, as JSON texts
    Margin margin;
    std::vector<Beside> beside;                ///< by other rules, where they were asked for
    std::vector<std::string> beside_left_out;  ///< of those asked for the ones that fill one seat, where there are more
};

/// The count as JSON, as docs/formats/count.md describes it. Candidates are numbered from 1. Sentences in `language`.
Json json_of(const Count& count, Language language);
/// What a stage says, in words.
std::string sentence_of(Language language, const Count& count, const Stage& stage);
std::string sentence_of(Language language, const Count& count, const TieBreak& tie);
std::string sentence_of(Language language, const Arithmetic& arithmetic);
/// "Quota: 12" and a line end, `key` being one of count.label; nothing where `value` is empty.
std::string labelled(Language language, std::string_view key, std::string_view value);
std::string sentence_of(Language language, const TieRule& rule);
/// How many ballots would make another outcome, in words; empty where nothing is known.
std::string margin_sentence(const Count& count, Language language);
/// Whom the other rules elect, one sentence each, and whether the rule decides; empty where no other was asked for.
std::vector<std::string> beside_sentences(const Count& count, Language language);
/// The count as a table for the terminal.
std::string text_of(const Count& count, Language language);
/// A page that stands alone: picture of the transfers, the tables behind it, every step in words, in three languages.
std::string page_of(const Count& count, Language first);

}  // namespace plenum::count

// SPDX-License-Identifier: Apache-2.0
// Every field that a rule pack or a measure may hold: its type, the words it takes, and what it means to tighten it.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "rules/refusals.h"

namespace plenum::rules {

enum class Type {
    fraction,      ///< [numerator, denominator], 0 to 1
    number,        ///< 0 to most_counted
    flag,          ///< true or false
    word,          ///< one word of those allowed; any word where none are named
    words,         ///< a list of words without repetition; one word alone is a list of one
    text,          ///< free text of one line
    texts,         ///< a list of such texts
    long_text,     ///< free text of several lines
    integers,      ///< numbers, ascending
    range,         ///< [least, most]
    size_table,    ///< rows of [members_min, members_max (-1 = no limit), least, most], ascending, not overlapping
    flag_or_word,  ///< true, false, or a word of those allowed
    fields         ///< a list of field or group names of this schema
};

/// What makes a value stricter than another.
enum class Tighter {
    never,             ///< no value is: it may not be tightened
    fraction,          ///< a higher share
    smaller_fraction,  ///< a lower share
    comparison,        ///< "more than" is tighter than "at least"
    base,              ///< a base that is never smaller
    more,              ///< a higher number
    within,            ///< a narrower range
    subset,            ///< fewer of the choices
    superset           ///< more of the occasions
};

struct FieldRule {
    std::string_view path;  ///< "*" stands for one name: "threshold.*.base"
    Type type;
    std::string_view allowed;  ///< words with "|" between; "" = any
    Tighter tighter;
};

/// The rule for a dotted path; none if no pack may hold it. [region.<name>] holds what [base] holds.
const FieldRule* field_rule(std::string_view path);
/// Every field that a pack may hold, in the order of the schema.
std::span<const FieldRule> all_field_rules();

/// Why a pack contradicts itself: the fact "reason" of pack_contradicts (texts: reason.rules.<word>).
BOOST_DEFINE_ENUM_CLASS(Contradiction, id_not_of_the_file, word_twice_in_a_list, nothing_is_tighter,
                        base_without_fraction, fraction_of_no_base, base_of_a_fraction_of_nothing,
                        fraction_without_comparison, quorum_of_nothing, no_mark_for,
                        blank_means_an_abstention_not_offered, condition_on_write_ins_not_allowed,
                        write_in_needs_an_against_not_offered, base_counts_an_against_not_offered,
                        further_ballot_without_threshold, tie_asks_more_than_the_election, more_than_all,
                        no_way_left_open, secret_vote_without_its_mode, ballots_counted_before_they_return,
                        two_sizes_of_one_body, office_of_several, body_elects_itself, table_leaves_a_gap,
                        runoff_without_threshold, term_beyond_its_limit, delegates_outside_every_size,
                        body_on_joint_and_separate_ballot, preselection_allowed_and_not, must_set_what_no_measure_may)

/// Refuses wrong_type, word_unknown, number_out_of_range, fraction_impossible, range_impossible, table_overlaps,
/// pack_contradicts.
Result<Done> check_value(const FieldRule& rule, const Json& value, const Place& place);

enum class Change { same, tighter, looser, incomparable };
/// returned_within_issued   the rules void a question with more ballots returned than issued, so that a base of ballots
///                          returned is never larger than one of ballots issued
Change change(Tighter tighter, const Json& from, const Json& to, bool returned_within_issued);

enum class Purpose { must_set, may_tighten };
/// The fields that a name in measure_must_set or measure_may_tighten stands for: a field itself, or a group:
///   quorum.<kind>         fraction, comparison; to tighten also measured_at
///   threshold.<question>  fraction, comparison, base
///   surplus               the surplus of each body
///   notice                assembly.notice_workdays, candidates.public_notice_workdays, candidates.notice_days
/// Empty if there is no such name.
std::vector<std::string> fields_of(std::string_view name, Purpose purpose);

/// The bodies that packs know, and at the end "delegate", which no plan of a congress names.
inline constexpr std::string_view bodies[] = {
    "committee",   "standing_committee", "chair",   "vice_chair", "audit_committee",
    "audit_chair", "womens_committee",   "delegate"};
bool is_body(std::string_view name);

}  // namespace plenum::rules

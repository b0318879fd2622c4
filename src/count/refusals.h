// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/result.h"

namespace plenum::count {

#define PLENUM_COUNT_REFUSALS(X)              \
    X(count, number_out_of_range, 400)        \
    X(count, fraction_impossible, 400)        \
    X(count, present_exceeds_entitled, 400)   \
    X(count, issued_exceeds_present, 400)     \
    X(count, set_aside_exceeds_returned, 400) \
    X(count, votes_exceed_ballots, 400)       \
    X(count, votes_exceed_choices, 400)       \
    X(count, name_twice, 400)                 \
    X(count, number_missing, 400)             \
    X(count, lot_names_wrong, 400)            \
    X(count, marks_exceed_candidates, 400)    \
    X(count, marks_do_not_add_up, 400)        \
    X(count, minimum_exceeds_seats, 400)      \
    X(count, nobody_to_share, 400)            \
    X(count, rule_missing, 409)               \
    X(count, ballots_malformed, 400)          \
    X(count, ballots_go_on, 400)              \
    X(count, voters_differ, 400)              \
    X(count, candidate_unknown, 400)          \
    X(count, preference_twice, 400)           \
    X(count, weight_impossible, 400)          \
    X(count, too_many_candidates, 400)        \
    X(count, too_many_ballots, 400)           \
    X(count, no_candidates, 400)              \
    X(count, question_unknown, 400)           \
    X(count, question_not_ranked, 400)        \
    X(count, names_missing, 400)              \
    X(count, tie_order_wrong, 400)            \
    X(count, tie_rule_unknown, 400)           \
    X(count, tie_rule_fixed, 400)             \
    X(count, tie_undecided, 409)              \
    X(count, method_unknown, 400)             \
    X(count, method_wants_other_ballots, 400) \
    X(count, seats_missing, 400)              \
    X(count, no_valid_ballots, 409)           \
    X(count, equal_ranks_too_many, 400)       \
    X(count, arithmetic_outgrown, 400)        \
    X(count, course_outgrown, 400)            \
    X(count, figures_malformed, 400)          \
    X(count, share_impossible, 400)           \
    X(count, nobody_over_threshold, 409)      \
    X(count, group_unknown, 400)
PLENUM_REFUSALS(PLENUM_COUNT_REFUSALS)

}  // namespace plenum::count

// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/result.h"

namespace plenum::election {

/// In the order of the acts: preparing, nominating, officers, ballots, counting, certifying, further rounds.
#define PLENUM_ELECTION_REFUSALS(X)             \
    X(election, not_prepared, 409)              \
    X(election, already_prepared, 409)          \
    X(election, awaits_candidates, 409)         \
    X(election, awaits_adoption, 409)           \
    X(election, awaits_tellers, 409)            \
    X(election, awaits_box, 409)                \
    X(election, awaits_ballots, 409)            \
    X(election, awaits_collection, 409)         \
    X(election, awaits_counts, 409)             \
    X(election, awaits_certificate, 409)        \
    X(election, is_certified, 409)              \
    X(election, is_void, 409)                   \
    X(election, seats_wrong, 400)               \
    X(election, title_missing, 400)             \
    X(election, round_wrong, 400)               \
    X(election, nobody_nominated, 400)          \
    X(election, too_many_candidates, 400)       \
    X(election, candidate_id_wrong, 400)        \
    X(election, candidate_name_wrong, 400)      \
    X(election, candidate_twice, 409)           \
    X(election, candidate_same_name, 409)       \
    X(election, candidate_not_open, 409)        \
    X(election, seats_outside_size, 409)        \
    X(election, surplus_too_small, 409)         \
    X(election, candidates_ineligible, 409)     \
    X(election, scrutineer_missing, 400)        \
    X(election, tellers_too_few, 400)           \
    X(election, officer_twice, 409)             \
    X(election, officer_is_candidate, 409)      \
    X(election, not_a_scrutineer, 403)          \
    X(election, not_a_teller, 403)              \
    X(election, witness_missing, 400)           \
    X(election, ballot_needed, 409)             \
    X(election, no_quorum, 409)                 \
    X(election, number_out_of_range, 400)       \
    X(election, stock_unbalanced, 400)          \
    X(election, nothing_issued, 400)            \
    X(election, present_exceeds_entitled, 409)  \
    X(election, issued_exceeds_present, 409)    \
    X(election, sheet_returned_differs, 400)    \
    X(election, sheet_number_wrong, 400)        \
    X(election, sheet_set_aside_too_many, 400)  \
    X(election, sheet_illegal_not_known, 400)   \
    X(election, sheet_blank_not_known, 400)     \
    X(election, sheet_candidate_missing, 400)   \
    X(election, sheet_candidate_unknown, 400)   \
    X(election, sheet_candidate_twice, 400)     \
    X(election, sheet_column_missing, 400)      \
    X(election, sheet_column_not_offered, 400)  \
    X(election, sheet_unbalanced, 400)          \
    X(election, sheet_exceeds_choices, 400)     \
    X(election, write_in_not_allowed, 400)      \
    X(election, write_in_name_wrong, 400)       \
    X(election, write_in_is_candidate, 400)     \
    X(election, write_in_twice, 400)            \
    X(election, write_in_votes_wrong, 400)      \
    X(election, write_ins_exceed_against, 400)  \
    X(election, both_counts_entered, 409)       \
    X(election, count_missing, 409)             \
    X(election, counts_differ_in_invalid, 409)  \
    X(election, counts_differ_in_illegal, 409)  \
    X(election, counts_differ_in_ignored, 409)  \
    X(election, counts_differ_in_favour, 409)   \
    X(election, counts_differ_in_against, 409)  \
    X(election, counts_differ_in_abstain, 409)  \
    X(election, counts_differ_in_write_in, 409) \
    X(election, write_in_unknown, 404)          \
    X(election, reason_missing, 400)            \
    X(election, write_in_unchecked, 409)        \
    X(election, lot_needed, 409)                \
    X(election, round_not_over, 409)            \
    X(election, no_tie_to_resolve, 409)         \
    X(election, no_seat_open, 409)              \
    X(election, not_void, 409)                  \
    X(election, round_not_foreseen, 409)        \
    X(election, certificate_differs, 409)       \
    X(election, certificate_unbalanced, 409)
PLENUM_REFUSALS(PLENUM_ELECTION_REFUSALS)

}  // namespace plenum::election

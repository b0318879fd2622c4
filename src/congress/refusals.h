// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/result.h"

namespace plenum::congress {

#define PLENUM_CONGRESS_REFUSALS(X)                 \
    X(congress, not_planned, 404)                   \
    X(congress, already_planned, 409)               \
    X(congress, plan_impossible, 422)               \
    X(congress, size_not_allowed, 422)              \
    X(congress, pack_not_confirmed, 409)            \
    X(congress, value_not_unverified, 422)          \
    X(congress, value_already_confirmed, 409)       \
    X(congress, nobody_to_ask, 422)                 \
    X(congress, party_not_asked, 409)               \
    X(congress, request_already_sent, 409)          \
    X(congress, request_already_granted, 409)       \
    X(congress, holding_not_approved, 409)          \
    X(congress, candidates_not_approved, 409)       \
    X(congress, allocation_missing, 409)            \
    X(congress, allocation_already_made, 409)       \
    X(congress, allocation_does_not_add_up, 422)    \
    X(congress, allocation_tied, 409)               \
    X(congress, unit_unknown, 404)                  \
    X(congress, unit_named_twice, 422)              \
    X(congress, unit_already_reported, 409)         \
    X(congress, unit_quorum_missed, 422)            \
    X(congress, unit_list_too_short, 422)           \
    X(congress, unit_votes_too_few, 422)            \
    X(congress, unit_numbers_impossible, 422)       \
    X(congress, unit_quota_not_met, 422)            \
    X(congress, too_many_managers, 422)             \
    X(congress, delegate_named_twice, 422)          \
    X(congress, not_a_delegate, 404)                \
    X(congress, not_entitled, 403)                  \
    X(congress, credentials_not_reviewed, 409)      \
    X(congress, sitting_already_open, 409)          \
    X(congress, check_in_not_open, 409)             \
    X(congress, check_in_already_open, 409)         \
    X(congress, already_checked_in, 409)            \
    X(congress, not_present, 409)                   \
    X(congress, sitting_not_open, 409)              \
    X(congress, sitting_interrupted, 409)           \
    X(congress, sitting_not_interrupted, 409)       \
    X(congress, no_quorum, 409)                     \
    X(congress, chair_not_in_presidium, 403)        \
    X(congress, presidium_not_elected, 409)         \
    X(congress, preparatory_sitting_first, 409)     \
    X(congress, preparatory_already_held, 409)      \
    X(congress, question_already_open, 409)         \
    X(congress, question_unknown, 404)              \
    X(congress, question_id_used, 409)              \
    X(congress, question_not_open, 409)             \
    X(congress, votes_exceed_present, 422)          \
    X(congress, votes_impossible, 422)              \
    X(congress, mode_not_allowed, 422)              \
    X(congress, agenda_not_adopted, 409)            \
    X(congress, agenda_already_adopted, 409)        \
    X(congress, agenda_empty, 422)                  \
    X(congress, item_unknown, 404)                  \
    X(congress, item_named_twice, 422)              \
    X(congress, item_not_called, 409)               \
    X(congress, item_wrong_type, 409)               \
    X(congress, item_already_decided, 409)          \
    X(congress, report_not_heard, 409)              \
    X(congress, report_already_heard, 409)          \
    X(congress, report_not_deliberated, 409)        \
    X(congress, document_unknown, 404)              \
    X(congress, document_already_laid, 409)         \
    X(congress, document_empty, 422)                \
    X(congress, body_unknown, 404)                  \
    X(congress, body_named_twice, 422)              \
    X(congress, body_already_filled, 409)           \
    X(congress, list_not_adopted, 409)              \
    X(congress, list_already_adopted, 409)          \
    X(congress, scrutineers_not_elected, 409)       \
    X(congress, scrutineer_is_candidate, 422)       \
    X(congress, ballots_not_authorised, 409)        \
    X(congress, result_not_due, 409)                \
    X(congress, result_does_not_add_up, 422)        \
    X(congress, result_not_declared, 409)           \
    X(congress, result_refused, 409)                \
    X(congress, nobody_elected, 409)                \
    X(congress, seats_open, 409)                    \
    X(congress, ballots_under_way, 409)             \
    X(congress, reduction_not_foreseen, 409)        \
    X(congress, reduction_not_to_elected, 422)      \
    X(congress, reduction_too_small, 422)           \
    X(congress, body_not_nominated, 422)            \
    X(congress, nomination_numbers_impossible, 422) \
    X(congress, body_not_elected, 409)              \
    X(congress, body_elected_elsewhere, 409)        \
    X(congress, not_a_member, 403)                  \
    X(congress, assembly_adjourned, 409)            \
    X(congress, candidate_not_a_member, 422)        \
    X(congress, candidate_holds_office, 422)        \
    X(congress, plenary_already_held, 409)          \
    X(congress, plenary_not_held, 409)              \
    X(congress, plenary_already_announced, 409)     \
    X(congress, plenary_not_announced, 409)         \
    X(congress, womens_head_not_agreed, 422)        \
    X(congress, items_open, 409)                    \
    X(congress, already_closed, 409)                \
    X(congress, person_missing, 422)
PLENUM_REFUSALS(PLENUM_CONGRESS_REFUSALS)

}  // namespace plenum::congress

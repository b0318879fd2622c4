// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/refusals.h"

namespace plenum::evote {

// Facts that say where: `event` (height in the chain), `ballot` (number in the record, from 1); the field of the place
// is the path inside the data, "answers[0].choices[2].alpha".
#define PLENUM_EVOTE_REFUSALS(X)                \
    /* texts */                                 \
    X(evote, text_not_canonical, 422)           \
    X(evote, scalar_malformed, 422)             \
    X(evote, number_out_of_range, 422)          \
    X(evote, element_malformed, 422)            \
    X(evote, element_not_in_group, 422)         \
    X(evote, element_is_identity, 422)          \
    /* the archive */                           \
    X(evote, archive_empty, 422)                \
    X(evote, archive_cut, 422)                  \
    X(evote, archive_header_wrong, 422)         \
    X(evote, archive_padding_not_zero, 422)     \
    X(evote, archive_first_member_wrong, 422)   \
    X(evote, member_name_wrong, 422)            \
    X(evote, member_hash_wrong, 422)            \
    X(evote, member_too_large, 422)             \
    X(evote, several_archives, 422)             \
    X(evote, no_archive, 422)                   \
    X(evote, not_a_continuation, 422)           \
    /* the chain */                             \
    X(evote, event_malformed, 422)              \
    X(evote, event_type_unknown, 422)           \
    X(evote, event_parent_wrong, 422)           \
    X(evote, event_height_wrong, 422)           \
    X(evote, event_payload_wrong, 422)          \
    X(evote, event_records_wrong, 422)          \
    X(evote, event_out_of_order, 422)           \
    X(evote, setup_repeated, 422)               \
    X(evote, ballot_after_close, 422)           \
    X(evote, close_repeated, 422)               \
    X(evote, close_missing, 422)                \
    X(evote, tally_missing, 422)                \
    X(evote, tally_repeated, 422)               \
    X(evote, result_repeated, 422)              \
    X(evote, record_without_event, 422)         \
    X(evote, record_incomplete, 422)            \
    X(evote, record_goes_on, 409)               \
    /* the setup */                             \
    X(evote, version_unsupported, 422)          \
    X(evote, group_unknown, 422)                \
    X(evote, uuid_malformed, 422)               \
    X(evote, question_malformed, 422)           \
    X(evote, question_not_supported, 422)       \
    X(evote, group_unsuitable, 422)             \
    X(evote, answers_too_many, 422)             \
    X(evote, weights_with_rankings, 422)        \
    X(evote, election_key_wrong, 422)           \
    X(evote, trustee_malformed, 422)            \
    X(evote, no_trustees, 422)                  \
    X(evote, trustee_proof_fails, 422)          \
    X(evote, trustee_key_repeated, 422)         \
    X(evote, threshold_out_of_range, 422)       \
    X(evote, threshold_shape_wrong, 422)        \
    X(evote, threshold_context_wrong, 422)      \
    X(evote, threshold_signature_fails, 422)    \
    X(evote, verification_key_wrong, 422)       \
    X(evote, credential_repeated, 422)          \
    X(evote, credentials_not_sorted, 422)       \
    X(evote, weight_malformed, 422)             \
    X(evote, credentials_issued_wrong, 422)     \
    /* ballots */                               \
    X(evote, ballot_of_other_election, 422)     \
    X(evote, ballot_repeated, 422)              \
    X(evote, credential_unknown, 422)           \
    X(evote, credential_voted_twice, 422)       \
    X(evote, proof_fails, 422)                  \
    X(evote, signature_hash_wrong, 422)         \
    X(evote, signature_fails, 422)              \
    X(evote, private_credential_malformed, 422) \
    X(evote, private_credential_mistyped, 422)  \
    X(evote, vote_not_allowed, 422)             \
    X(evote, ballot_not_as_opened, 422)         \
    X(evote, answers_not_embedded, 422)         \
    /* shuffles */                              \
    X(evote, nothing_to_shuffle, 422)           \
    X(evote, shuffle_owner_unknown, 422)        \
    X(evote, shuffle_owner_repeated, 422)       \
    X(evote, shuffles_missing, 422)             \
    X(evote, shuffles_not_closed, 422)          \
    /* tally, decryption, result */             \
    X(evote, tally_wrong, 422)                  \
    X(evote, tallied_number_wrong, 422)         \
    X(evote, shuffle_lists_wrong, 422)          \
    X(evote, shuffle_length_wrong, 422)         \
    X(evote, shuffle_proof_fails, 422)          \
    X(evote, owner_out_of_range, 422)           \
    X(evote, owner_repeated, 422)               \
    X(evote, decryption_shape_wrong, 422)       \
    X(evote, decryption_proof_fails, 422)       \
    X(evote, decryptions_missing, 422)          \
    X(evote, result_shape_wrong, 422)           \
    X(evote, result_wrong, 422)                 \
    X(evote, result_ballot_wrong, 422)          \
    X(evote, count_not_found, 422)              \
    X(evote, private_key_wrong, 422)            \
    X(evote, message_malformed, 422)            \
    X(evote, message_not_opened, 422)           \
    X(evote, message_of_other, 422)             \
    X(evote, share_wrong, 422)                  \
    X(evote, simulation_impossible, 422)
PLENUM_REFUSALS(PLENUM_EVOTE_REFUSALS)

}  // namespace plenum::evote

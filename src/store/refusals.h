// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/result.h"

namespace plenum::store {

/// Four groups: opening a database, appending to the journal, erasing, and what `verify` can find wrong.
#define PLENUM_STORE_REFUSALS(X)      \
    X(store, cannot_open, 500)        \
    X(store, not_a_database, 409)     \
    X(store, foreign_database, 409)   \
    X(store, schema_newer, 409)       \
    X(store, schema_older, 409)       \
    X(store, schema_changed, 409)     \
    X(store, schema_gap, 409)         \
    X(store, object_missing, 409)     \
    X(store, object_altered, 409)     \
    X(store, object_unrecorded, 409)  \
    X(store, object_foreign, 409)     \
    X(store, owned_elsewhere, 409)    \
    X(store, busy, 503)               \
    X(store, key_malformed, 400)      \
    X(store, key_reused, 409)         \
    X(store, clock_behind, 409)       \
    X(store, event_too_large, 413)    \
    X(store, event_unknown, 404)      \
    X(store, nothing_personal, 409)   \
    X(store, already_erased, 409)     \
    X(store, journal_absent, 409)     \
    X(store, database_damaged, 409)   \
    X(store, format_unknown, 409)     \
    X(store, header_wrong, 409)       \
    X(store, line_too_long, 409)      \
    X(store, line_not_canonical, 409) \
    X(store, column_missing, 409)     \
    X(store, column_unknown, 409)     \
    X(store, value_wrong, 409)        \
    X(store, genesis_wrong, 409)      \
    X(store, seq_wrong, 409)          \
    X(store, prev_wrong, 409)         \
    X(store, hash_wrong, 409)         \
    X(store, digest_wrong, 409)       \
    X(store, time_backwards, 409)     \
    X(store, act_torn, 409)           \
    X(store, personal_missing, 409)   \
    X(store, erasure_unfounded, 409)  \
    X(store, closing_missing, 409)    \
    X(store, closing_wrong, 409)      \
    X(store, bytes_after_end, 409)    \
    X(store, head_absent, 409)
PLENUM_REFUSALS(PLENUM_STORE_REFUSALS)

}  // namespace plenum::store

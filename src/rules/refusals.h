// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/result.h"

namespace plenum::rules {

#define PLENUM_RULES_REFUSALS(X)        \
    X(rules, text_too_large, 413)       \
    X(rules, text_too_deep, 400)        \
    X(rules, toml_malformed, 400)       \
    X(rules, field_unknown, 400)        \
    X(rules, field_missing, 400)        \
    X(rules, wrong_type, 400)           \
    X(rules, word_unknown, 400)         \
    X(rules, number_out_of_range, 400)  \
    X(rules, fraction_impossible, 400)  \
    X(rules, range_impossible, 400)     \
    X(rules, table_overlaps, 400)       \
    X(rules, source_of_nothing, 400)    \
    X(rules, pack_contradicts, 400)     \
    X(rules, pack_unknown, 404)         \
    X(rules, pack_twice, 409)           \
    X(rules, parent_unknown, 400)       \
    X(rules, inheritance_cycle, 400)    \
    X(rules, schema_unknown, 400)       \
    X(rules, measure_field_fixed, 409)  \
    X(rules, measure_loosens, 409)      \
    X(rules, measure_incomparable, 409) \
    X(rules, measure_unsets, 409)       \
    X(rules, measure_empty, 400)        \
    X(rules, effective_malformed, 400)  \
    X(rules, undecided, 409)            \
    X(rules, number_missing, 400)       \
    X(rules, numbers_contradict, 400)   \
    X(rules, votes_exceed, 400)         \
    X(rules, outside_table, 409)        \
    X(rules, body_unknown, 400)         \
    X(rules, role_unknown, 400)         \
    X(rules, region_unknown, 404)       \
    X(rules, term_not_allowed, 409)     \
    X(rules, folder_unreadable, 400)
PLENUM_REFUSALS(PLENUM_RULES_REFUSALS)

}  // namespace plenum::rules

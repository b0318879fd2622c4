// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/result.h"

namespace plenum::registry {

/// Three groups: reading CSV, reading a roster, and acts on the register.
#define PLENUM_REGISTRY_REFUSALS(X)         \
    X(registry, csv_too_large, 413)         \
    X(registry, csv_empty, 400)             \
    X(registry, csv_not_utf8, 400)          \
    X(registry, csv_control_character, 400) \
    X(registry, csv_quote_open, 400)        \
    X(registry, csv_quote_inside, 400)      \
    X(registry, csv_after_quote, 400)       \
    X(registry, csv_bare_return, 400)       \
    X(registry, csv_cell_too_long, 400)     \
    X(registry, csv_too_many_rows, 413)     \
    X(registry, csv_too_many_columns, 400)  \
    X(registry, csv_row_uneven, 400)        \
    X(registry, column_missing, 400)        \
    X(registry, column_unknown, 400)        \
    X(registry, column_repeated, 400)       \
    X(registry, roster_empty, 400)          \
    X(registry, roster_has_problems, 400)   \
    X(registry, cell_empty, 400)            \
    X(registry, cell_has_break, 400)        \
    X(registry, cell_has_invisible, 400)    \
    X(registry, number_malformed, 400)      \
    X(registry, number_repeated, 400)       \
    X(registry, name_unreadable, 400)       \
    X(registry, name_has_sign, 400)         \
    X(registry, name_has_space, 400)        \
    X(registry, sex_unknown, 400)           \
    X(registry, birth_malformed, 400)       \
    X(registry, birth_impossible, 400)      \
    X(registry, birth_ambiguous, 400)       \
    X(registry, birth_in_future, 400)       \
    X(registry, phone_wrong, 400)           \
    X(registry, phone_synthetic, 400)       \
    X(registry, person_repeated, 400)       \
    X(registry, second_head, 400)
PLENUM_REFUSALS(PLENUM_REGISTRY_REFUSALS)

}  // namespace plenum::registry

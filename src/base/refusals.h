// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/result.h"

namespace plenum::base {

#define PLENUM_BASE_REFUSALS(X)       \
    X(base, json_malformed, 400)      \
    X(base, json_duplicate_key, 400)  \
    X(base, json_too_deep, 400)       \
    X(base, json_not_integer, 400)    \
    X(base, text_not_utf8, 400)       \
    X(base, text_has_control, 400)    \
    X(base, text_has_invisible, 400)  \
    X(base, text_blank, 400)          \
    X(base, text_too_long, 400)       \
    X(base, text_over_length, 400)    \
    X(base, text_empty, 400)          \
    X(base, id_malformed, 400)        \
    X(base, birth_impossible, 400)    \
    X(base, number_out_of_range, 400) \
    X(base, field_missing, 400)       \
    X(base, field_unknown, 400)       \
    X(base, field_wrong_type, 400)    \
    X(base, field_wrong_value, 400)   \
    X(base, kind_unknown, 400)        \
    X(base, time_impossible, 400)     \
    X(base, date_impossible, 400)     \
    X(base, year_out_of_range, 400)   \
    X(base, base64_malformed, 400)    \
    X(base, language_unknown, 400)    \
    X(base, file_missing, 404)        \
    X(base, file_is_folder, 400)      \
    X(base, file_unreadable, 400)     \
    X(base, file_too_large, 413)      \
    X(base, file_not_written, 500)    \
    X(base, file_exists, 409)
PLENUM_REFUSALS(PLENUM_BASE_REFUSALS)

}  // namespace plenum::base

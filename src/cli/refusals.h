// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/result.h"

namespace plenum::cli {

#define PLENUM_CLI_REFUSALS(X)           \
    X(cli, scenario_malformed, 422)      \
    X(cli, scenario_act_unknown, 422)    \
    X(cli, scenario_went_otherwise, 422) \
    X(cli, scenario_unit_unknown, 422)   \
    X(cli, data_exists, 409)             \
    X(cli, pages_missing, 404)           \
    X(cli, cases_failed, 422)            \
    X(cli, record_busy, 409)             \
    X(cli, record_half_written, 422)     \
    X(cli, record_whole, 409)            \
    X(cli, record_not_repaired, 422)     \
    X(cli, file_being_made, 409)         \
    X(cli, lines_too_many, 413)          \
    X(cli, line_too_long, 413)           \
    X(cli, owner_line_malformed, 422)    \
    X(cli, owner_line_of_other, 422)     \
    X(cli, choices_lists_wrong, 422)     \
    X(cli, choices_length_wrong, 422)    \
    X(cli, choices_sum_wrong, 422)       \
    X(cli, choices_beside_blank, 422)    \
    X(cli, texts_wanted, 422)            \
    X(cli, voter_malformed, 422)         \
    X(cli, voter_repeated, 422)          \
    X(cli, weights_malformed, 422)       \
    X(cli, choices_malformed, 422)       \
    X(cli, sealed_malformed, 422)        \
    X(cli, other_credential_sealed, 422) \
    X(cli, code_differs, 422)            \
    X(cli, code_not_in_record, 422)      \
    X(cli, other_tally_decrypted, 409)   \
    X(cli, folder_not_empty, 409)
PLENUM_REFUSALS(PLENUM_CLI_REFUSALS)

}  // namespace plenum::cli

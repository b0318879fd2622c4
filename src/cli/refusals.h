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
    X(cli, cases_failed, 422)
PLENUM_REFUSALS(PLENUM_CLI_REFUSALS)

}  // namespace plenum::cli

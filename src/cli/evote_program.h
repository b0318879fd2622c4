// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/result.h"

namespace plenum::cli {

struct CommandLine;

/// Adds `plenum verify` and `plenum evote …` to the program.
void add_evote_commands(CommandLine& line);

/// True of refusals that say that a file or record could not be read at all; these commands then end with status 2.
bool is_unreadable(const Refusal& why);

}  // namespace plenum::cli

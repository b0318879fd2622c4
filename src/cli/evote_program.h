// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>

#include "base/texts.h"

namespace CLI {
class App;
}

namespace plenum::cli {

/// Takes a command and what it does once it is chosen.
using Choose = std::function<void(CLI::App*, std::function<Result<Done>()>)>;

/// Adds `plenum verify` and `plenum evote …` to the program.
/// language  asked when a command runs
void add_evote_commands(CLI::App& program, const Choose& choose, const std::function<Language()>& language);

/// True of refusals that say that a file or record could not be read at all; these commands then end with status 2.
bool is_unreadable(const Refusal& why);

}  // namespace plenum::cli

// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>

#include "base/texts.h"

namespace CLI {
class App;
}

namespace plenum::cli {

/// Adds `count`, `count methods` and `apportion` to the program. What a command is to do is handed to `decide`, which
/// runs it once the arguments are read.
void add_count_commands(CLI::App& program, std::function<void(std::function<Result<Done>()>)> decide,
                        std::function<Language()> language);

}  // namespace plenum::cli

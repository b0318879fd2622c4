// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace plenum::cli {

struct CommandLine;

/// Adds `count`, `count methods` and `apportion` to the program.
void add_count_commands(CommandLine& line);

}  // namespace plenum::cli

// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace plenum::cli {

/// The program: reads its arguments, does one thing, and gives the exit status: 0 done, 1 refused (one sentence on
/// standard error), 2 wrong usage or, with `verify` and `evote`, nothing that can be read, 3 the machine failed.
int run_program(int argc, char** argv);

}  // namespace plenum::cli
